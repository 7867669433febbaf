package terraform

import (
	"cmp"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
)

// types are the resource types in the words of CloudFormation, besides those that are a kind of their own in
// graph/aws. A type that is in neither is kept as a plain resource.
var types = map[string]string{
	"aws_vpc_ipv4_cidr_block_association": "AWS::EC2::VPCCidrBlock",
	"aws_vpc_ipv6_cidr_block_association": "AWS::EC2::VPCCidrBlock",

	"aws_vpc_dhcp_options_association": "AWS::EC2::VPCDHCPOptionsAssociation",

	"aws_route":                         "AWS::EC2::Route",
	"aws_route_table_association":       "AWS::EC2::SubnetRouteTableAssociation",
	"aws_vpn_gateway_route_propagation": "AWS::EC2::VPNGatewayRoutePropagation",
	"aws_vpc_route_server_propagation":  "AWS::EC2::RouteServerPropagation",

	"aws_internet_gateway_attachment": "AWS::EC2::VPCGatewayAttachment",
	"aws_vpn_gateway_attachment":      "AWS::EC2::VPCGatewayAttachment",
	"aws_eip_association":             "AWS::EC2::EIPAssociation",

	"aws_ec2_transit_gateway_vpc_attachment": "AWS::EC2::TransitGatewayVpcAttachment",

	"aws_network_acl_rule":                   "AWS::EC2::NetworkAclEntry",
	"aws_network_acl_association":            "AWS::EC2::SubnetNetworkAclAssociation",
	"aws_vpc_security_group_egress_rule":     "AWS::EC2::SecurityGroupEgress",
	"aws_vpc_security_group_ingress_rule":    "AWS::EC2::SecurityGroupIngress",
	"aws_vpc_security_group_vpc_association": "AWS::EC2::SecurityGroupVpcAssociation",
	"aws_vpc_block_public_access_options":    "AWS::EC2::VPCBlockPublicAccessOptions",
	"aws_vpc_block_public_access_exclusion":  "AWS::EC2::VPCBlockPublicAccessExclusion",

	"aws_network_interface_attachment": "AWS::EC2::NetworkInterfaceAttachment",

	"aws_lambda_event_source_mapping": "AWS::Lambda::EventSourceMapping",

	"aws_iam_user":                              "AWS::IAM::User",
	"aws_iam_role_policy":                       "AWS::IAM::RolePolicy",
	"aws_iam_policy":                            "AWS::IAM::ManagedPolicy",
	"aws_iam_user_policy":                       "AWS::IAM::UserPolicy",
	"aws_iam_group_policy":                      "AWS::IAM::GroupPolicy",
	"aws_organizations_policy":                  "AWS::Organizations::Policy",
	"aws_ssoadmin_permission_set_inline_policy": "AWS::SSO::PermissionSet",
	"aws_iam_role_policy_attachment":            lower.PolicyAttachment,
	"aws_iam_user_policy_attachment":            lower.PolicyAttachment,
	"aws_iam_policy_attachment":                 lower.PolicyAttachment,
	"aws_iam_role_policy_attachments_exclusive": lower.PolicyAttachment,

	"aws_db_proxy_target": "AWS::RDS::DBProxyTargetGroup",

	"aws_efs_mount_target":     "AWS::EFS::MountTarget",
	"aws_s3files_mount_target": "AWS::S3Files::MountTarget",
	"aws_eks_cluster":          "AWS::EKS::Cluster",
}

// irregularArguments are the arguments that are not their property in small letters. All others are, whatever the
// capitals.
var irregularArguments = map[string]string{
	"aws_eks_cluster.vpc_config":    "ResourcesVpcConfig",
	"aws_eip.instance":              "InstanceId",
	"aws_eip.network_interface":     "NetworkInterfaceId",
	"aws_eip_association.public_ip": "EIP",

	"aws_ec2_managed_prefix_list.entry": "Entries",
	"aws_vpc_endpoint.policy":           "PolicyDocument",

	"aws_route.egress_only_gateway_id":                 "EgressOnlyInternetGatewayId",
	"aws_route_table.route.egress_only_gateway_id":     "EgressOnlyInternetGatewayId",
	"aws_route_table.route.cidr_block":                 "DestinationCidrBlock",
	"aws_route_table.route.ipv6_cidr_block":            "DestinationIpv6CidrBlock",
	"aws_vpn_gateway_route_propagation.route_table_id": "RouteTableIds",

	"aws_network_acl.entry.rule_no": "RuleNumber",
	"aws_network_acl.entry.action":  "RuleAction",

	"aws_vpc_security_group_egress_rule.security_group_id":             "GroupId",
	"aws_vpc_security_group_egress_rule.cidr_ipv4":                     "CidrIp",
	"aws_vpc_security_group_egress_rule.cidr_ipv6":                     "CidrIpv6",
	"aws_vpc_security_group_egress_rule.prefix_list_id":                "DestinationPrefixListId",
	"aws_vpc_security_group_egress_rule.referenced_security_group_id":  "DestinationSecurityGroupId",
	"aws_vpc_security_group_ingress_rule.security_group_id":            "GroupId",
	"aws_vpc_security_group_ingress_rule.cidr_ipv4":                    "CidrIp",
	"aws_vpc_security_group_ingress_rule.cidr_ipv6":                    "CidrIpv6",
	"aws_vpc_security_group_ingress_rule.prefix_list_id":               "SourcePrefixListId",
	"aws_vpc_security_group_ingress_rule.referenced_security_group_id": "SourceSecurityGroupId",
	"aws_vpc_security_group_vpc_association.security_group_id":         "GroupId",

	"aws_instance.vpc_security_group_ids":   "SecurityGroupIds",
	"aws_instance.network_interface":        "NetworkInterfaces",
	"aws_network_interface.security_groups": "GroupSet",

	"aws_lambda_function.file_system_config": "FileSystemConfigs",

	"aws_lambda_event_source_mapping.source_access_configuration": "SourceAccessConfigurations",

	"aws_iam_role.name":               "RoleName",
	"aws_iam_role.assume_role_policy": "AssumeRolePolicyDocument",
	"aws_iam_role.inline_policy":      "Policies",
	"aws_iam_role_policy.name":        "PolicyName",
	"aws_iam_role_policy.role":        "RoleName",
	"aws_iam_role_policy.policy":      "PolicyDocument",
	"aws_iam_policy.name":             "ManagedPolicyName",
	"aws_iam_policy.policy":           "PolicyDocument",
	"aws_iam_user.name":               "UserName",
	"aws_iam_user_policy.name":        "PolicyName",
	"aws_iam_user_policy.user":        "UserName",
	"aws_iam_user_policy.policy":      "PolicyDocument",
	"aws_iam_group_policy.policy":     "PolicyDocument",

	"aws_lb.load_balancer_type":  "Type",
	"aws_lb.subnet_mapping":      "SubnetMappings",
	"aws_alb.load_balancer_type": "Type",
	"aws_alb.subnet_mapping":     "SubnetMappings",

	"aws_ecs_service.load_balancer": "LoadBalancers",

	"aws_db_instance.vpc_security_group_ids":                   "VPCSecurityGroups",
	"aws_neptune_cluster.neptune_subnet_group_name":            "DBSubnetGroupName",
	"aws_neptune_cluster.port":                                 "DBPort",
	"aws_elasticache_cluster.subnet_group_name":                "CacheSubnetGroupName",
	"aws_elasticache_cluster.security_group_ids":               "VpcSecurityGroupIds",
	"aws_elasticache_replication_group.subnet_group_name":      "CacheSubnetGroupName",
	"aws_msk_serverless_cluster.vpc_config":                    "VpcConfigs",
	"aws_msk_serverless_cluster.vpc_config.security_group_ids": "SecurityGroups",
}

// subnetGroups are the types of the groups of subnets that data stores are in.
var subnetGroups = []string{
	"aws_db_subnet_group", "aws_docdb_subnet_group", "aws_neptune_subnet_group", "aws_redshift_subnet_group",
	"aws_elasticache_subnet_group", "aws_memorydb_subnet_group", "aws_dax_subnet_group",
}

// byName are the properties in which a resource may stand by its name, and the types of those that may.
var byName = map[string][]string{
	"FunctionName": {"aws_lambda_function"}, "DBProxyName": {"aws_db_proxy"},
	"DBSubnetGroupName": subnetGroups, "CacheSubnetGroupName": subnetGroups,
	"ClusterSubnetGroupName": subnetGroups, "SubnetGroupName": subnetGroups,
}

// expansions has the function for each type whose form is Terraform's own: it gives the plain resources that stand for
// one.
var expansions = map[string]func(*expansion, *resource) []*lower.Resource{
	"aws_vpc":                             (*expansion).vpc,
	"aws_default_vpc":                     (*expansion).defaultVPC,
	"aws_default_subnet":                  (*expansion).defaultSubnet,
	"aws_vpc_ipv6_cidr_block_association": (*expansion).ipv6Block,
	"aws_default_vpc_dhcp_options":        (*expansion).defaultDHCPOptions,

	"aws_route_table":         (*expansion).routeTable,
	"aws_default_route_table": (*expansion).defaultRouteTable,
	"aws_route":               (*expansion).route,

	"aws_internet_gateway": (*expansion).internetGateway,
	"aws_vpn_gateway":      (*expansion).vpnGateway,
	"aws_eip":              (*expansion).addressed,
	"aws_eip_association":  (*expansion).addressed,

	"aws_vpc_endpoint": (*expansion).endpoint,

	"aws_network_acl":            (*expansion).networkACL,
	"aws_default_network_acl":    (*expansion).defaultACL,
	"aws_network_acl_rule":       (*expansion).aclRule,
	"aws_security_group":         (*expansion).securityGroup,
	"aws_default_security_group": (*expansion).securityGroup,
	"aws_security_group_rule":    (*expansion).groupRule,

	"aws_instance":          (*expansion).instance,
	"aws_network_interface": (*expansion).networkInterface,

	"aws_lambda_function": (*expansion).function,

	"aws_serverlessapplicationrepository_cloudformation_stack": (*expansion).repositoryStack,

	"aws_iam_role":                              (*expansion).role,
	"aws_iam_role_policy_attachment":            (*expansion).policyAttachment,
	"aws_iam_user_policy_attachment":            (*expansion).policyAttachment,
	"aws_iam_policy_attachment":                 (*expansion).policyAttachment,
	"aws_iam_role_policy_attachments_exclusive": (*expansion).exclusiveAttachments,

	"aws_lb":               (*expansion).loadBalancer,
	"aws_alb":              (*expansion).loadBalancer,
	"aws_ecs_service":      (*expansion).service,
	"aws_db_proxy_target":  (*expansion).proxyTarget,
	"aws_redshift_cluster": (*expansion).redshiftCluster,
	"aws_msk_cluster":      (*expansion).mskCluster,
}

// finishes has the function for each type whose node has what no property of CloudFormation says.
var finishes = map[string]func(*expansion, *resource){
	"aws_vpc_peering_connection": (*expansion).peering,
	"aws_lambda_function":        (*expansion).nameResources,
	"aws_iam_role_policy":        (*expansion).copiedPolicy,
	"aws_iam_policy":             (*expansion).copiedPolicy,
}

// inCloudFormation is the type in the words of CloudFormation, "" for one that has none here.
func inCloudFormation(typ string) string {
	return cmp.Or(types[typ], aws.KindOf(typ).CloudFormationType())
}

// InNetwork says whether resources of the type may have a node of their own in a network, or be a part of one.
func InNetwork(typ string) bool {
	return expansions[typ] != nil || slices.Contains(subnetGroups, typ) || lower.Shape(inCloudFormation(typ)) != nil
}
