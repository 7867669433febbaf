package terraform

// lowerings has the function for each type that has a node of its own.
var lowerings = map[string]func(*lowering, *resource){
	"aws_vpc":                             (*lowering).vpc,
	"aws_default_vpc":                     (*lowering).defaultVPC,
	"aws_vpc_ipv4_cidr_block_association": (*lowering).ipv4Block,
	"aws_vpc_ipv6_cidr_block_association": (*lowering).ipv6Block,
	"aws_subnet":                          (*lowering).subnet,
	"aws_default_subnet":                  (*lowering).defaultSubnet,

	"aws_vpc_dhcp_options":             (*lowering).dhcpOptions,
	"aws_default_vpc_dhcp_options":     (*lowering).defaultDHCPOptions,
	"aws_vpc_dhcp_options_association": (*lowering).dhcpAssociation,

	"aws_route_table":                   (*lowering).routeTable,
	"aws_default_route_table":           (*lowering).defaultRouteTable,
	"aws_route":                         (*lowering).route,
	"aws_route_table_association":       (*lowering).tableAssociation,
	"aws_vpn_gateway_route_propagation": (*lowering).vpnPropagation,
	"aws_vpc_route_server_propagation":  (*lowering).routeServerPropagation,
	"aws_ec2_managed_prefix_list":       (*lowering).prefixList,

	"aws_internet_gateway":             (*lowering).internetGateway,
	"aws_internet_gateway_attachment":  (*lowering).gatewayAttachment,
	"aws_vpn_gateway":                  (*lowering).vpnGateway,
	"aws_vpn_gateway_attachment":       (*lowering).gatewayAttachment,
	"aws_egress_only_internet_gateway": (*lowering).egressOnlyGateway,
	"aws_nat_gateway":                  (*lowering).natGateway,
	"aws_eip":                          (*lowering).elasticIP,
	"aws_eip_association":              (*lowering).addressAssociation,

	"aws_vpc_peering_connection":             (*lowering).peering,
	"aws_ec2_transit_gateway":                (*lowering).transitGateway,
	"aws_ec2_transit_gateway_vpc_attachment": (*lowering).transitAttachment,

	"aws_vpc_endpoint": (*lowering).endpoint,

	"aws_network_acl":                        (*lowering).networkACL,
	"aws_default_network_acl":                (*lowering).defaultACL,
	"aws_network_acl_rule":                   (*lowering).aclRule,
	"aws_network_acl_association":            (*lowering).aclAssociation,
	"aws_security_group":                     (*lowering).securityGroup,
	"aws_default_security_group":             (*lowering).securityGroup,
	"aws_security_group_rule":                (*lowering).groupRule,
	"aws_vpc_security_group_egress_rule":     (*lowering).egressRule,
	"aws_vpc_security_group_ingress_rule":    (*lowering).ingressRule,
	"aws_vpc_security_group_vpc_association": (*lowering).groupVPCAssociation,
	"aws_vpc_block_public_access_options":    (*lowering).blockPublicAccess,
	"aws_vpc_block_public_access_exclusion":  (*lowering).blockPublicAccessExclusion,

	"aws_instance":                     (*lowering).instance,
	"aws_network_interface":            (*lowering).networkInterface,
	"aws_network_interface_attachment": (*lowering).interfaceAttachment,

	"aws_lambda_function":             (*lowering).function,
	"aws_lambda_capacity_provider":    (*lowering).capacityProvider,
	"aws_lambda_event_source_mapping": (*lowering).eventSourceMapping,

	"aws_iam_role":                              (*lowering).role,
	"aws_iam_role_policy":                       (*lowering).rolePolicy,
	"aws_iam_policy":                            (*lowering).managedPolicy,
	"aws_iam_role_policy_attachment":            (*lowering).policyAttachment,
	"aws_iam_policy_attachment":                 (*lowering).policyAttachment,
	"aws_iam_role_policy_attachments_exclusive": (*lowering).exclusiveAttachments,

	"aws_db_instance":                   (*lowering).dataStore,
	"aws_rds_cluster":                   (*lowering).dataStore,
	"aws_db_proxy":                      (*lowering).dataStore,
	"aws_docdb_cluster":                 (*lowering).dataStore,
	"aws_neptune_cluster":               (*lowering).dataStore,
	"aws_redshift_cluster":              (*lowering).dataStore,
	"aws_redshiftserverless_workgroup":  (*lowering).dataStore,
	"aws_dax_cluster":                   (*lowering).dataStore,
	"aws_elasticache_cluster":           (*lowering).dataStore,
	"aws_elasticache_replication_group": (*lowering).dataStore,
	"aws_elasticache_serverless_cache":  (*lowering).dataStore,
	"aws_memorydb_cluster":              (*lowering).dataStore,
	"aws_opensearch_domain":             (*lowering).dataStore,
	"aws_elasticsearch_domain":          (*lowering).dataStore,
	"aws_msk_cluster":                   (*lowering).dataStore,
	"aws_msk_serverless_cluster":        (*lowering).dataStore,
	"aws_mq_broker":                     (*lowering).dataStore,
	"aws_efs_file_system":               (*lowering).fileSystem,
	"aws_efs_mount_target":              (*lowering).mountTarget,
}

// joins has the function for each type that only changes nodes of other resources, which therefore must be there.
var joins = map[string]func(*lowering, *resource){
	"aws_main_route_table_association":            (*lowering).mainAssociation,
	"aws_ec2_managed_prefix_list_entry":           (*lowering).prefixListEntry,
	"aws_vpc_peering_connection_accepter":         (*lowering).peeringAccepter,
	"aws_vpc_endpoint_route_table_association":    (*lowering).endpointTable,
	"aws_vpc_endpoint_subnet_association":         (*lowering).endpointSubnet,
	"aws_vpc_endpoint_security_group_association": (*lowering).endpointGroup,
	"aws_vpc_endpoint_policy":                     (*lowering).endpointPolicy,
	"aws_vpc_endpoint_private_dns":                (*lowering).endpointDNS,
	"aws_network_interface_sg_attachment":         (*lowering).groupAttachment,
}
