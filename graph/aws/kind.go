package aws

import (
	"slices"
	"strings"
	"sync"
)

// Kind is a sort of resource, whatever a language calls its type: what a person calls it. The empty Kind is that of
// types which nothing here asks about.
type Kind string

// The kinds of what makes a network. Most have nodes of their own.
const (
	VPC                   Kind = "VPC"
	Subnet                Kind = "subnet"
	RouteTable            Kind = "route table"
	InternetGateway       Kind = "internet gateway"
	VPNGateway            Kind = "virtual private gateway"
	EgressOnlyGateway     Kind = "egress-only internet gateway"
	NATGateway            Kind = "NAT gateway"
	ElasticIP             Kind = "Elastic IP address"
	Instance              Kind = "instance"
	NetworkInterface      Kind = "network interface"
	PeeringConnection     Kind = "VPC peering connection"
	TransitGateway        Kind = "transit gateway"
	VPCEndpoint           Kind = "VPC endpoint"
	PrefixList            Kind = "prefix list"
	SecurityGroup         Kind = "security group"
	NetworkACL            Kind = "network ACL"
	DHCPOptions           Kind = "DHCP options"
	Function              Kind = "function"
	CapacityProvider      Kind = "capacity provider"
	Role                  Kind = "role"
	GroupMembership       Kind = "membership of a group"
	HostedZone            Kind = "hosted zone"
	HostedZoneAssociation Kind = "hosted zone association"
	ProfileAssociation    Kind = "Route 53 Profile association"
	PrivateNamespace      Kind = "private namespace"
	RecordSet             Kind = "record set"
	CloudMapService       Kind = "Cloud Map service"
	CloudMapInstance      Kind = "Cloud Map instance"
	Listener              Kind = "listener"
	ListenerRule          Kind = "rule of a listener"
	TargetGroup           Kind = "target group"
	TargetAttachment      Kind = "attachment of a target"
	ECSService            Kind = "ECS service"
)

// The kinds of data stores.
const (
	RDSInstance                 Kind = "RDS instance"
	RDSCluster                  Kind = "RDS cluster"
	RDSProxy                    Kind = "RDS proxy"
	DocumentDBCluster           Kind = "DocumentDB cluster"
	NeptuneCluster              Kind = "Neptune cluster"
	RedshiftCluster             Kind = "Redshift cluster"
	RedshiftServerlessWorkgroup Kind = "Redshift Serverless workgroup"
	DAXCluster                  Kind = "DAX cluster"
	CacheCluster                Kind = "ElastiCache cluster"
	ReplicationGroup            Kind = "ElastiCache replication group"
	ServerlessCache             Kind = "ElastiCache serverless cache"
	MemoryDBCluster             Kind = "MemoryDB cluster"
	OpenSearchDomain            Kind = "OpenSearch domain"
	ElasticsearchDomain         Kind = "Elasticsearch domain"
	MSKCluster                  Kind = "MSK cluster"
	MSKServerlessCluster        Kind = "MSK serverless cluster"
	MQBroker                    Kind = "Amazon MQ broker"
	KafkaCluster                Kind = "Kafka cluster" // outside of AWS
	RDSProxyEndpoint            Kind = "RDS proxy endpoint"
	ElasticDocumentDBCluster    Kind = "elastic DocumentDB cluster"
	InfluxDBInstance            Kind = "InfluxDB instance"
	LoadBalancer                Kind = "internal load balancer" // one with a public address has no node of its own
	FileSystem                  Kind = "EFS file system"
	FileSystemAccessPoint       Kind = "EFS access point"
	S3FileSystem                Kind = "S3 Files file system"
	S3FileSystemAccessPoint     Kind = "S3 Files access point"
	S3FileSystemPolicy          Kind = "S3 Files file system policy"
)

// IsProxy says whether the kind is that of an address at which an RDS proxy takes connections.
func (k Kind) IsProxy() bool { return k == RDSProxy || k == RDSProxyEndpoint }

// IsPolledInside says whether Lambda polls an event source of the kind through interfaces in the source's own subnets.
// https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html
// https://docs.aws.amazon.com/lambda/latest/dg/process-messages-with-lambda.html
// https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
func (k Kind) IsPolledInside() bool {
	switch k {
	case MSKCluster, MSKServerlessCluster, MQBroker, DocumentDBCluster, KafkaCluster:
		return true
	}
	return false
}

// The kinds of resources that tell what a function needs.
const (
	Queue             Kind = "queue"
	Topic             Kind = "topic"
	Table             Kind = "table"
	Bucket            Kind = "bucket"
	Secret            Kind = "secret"
	SecretAttachment  Kind = "secret attachment"
	Parameter         Kind = "parameter"
	StateMachine      Kind = "state machine"
	Stream            Kind = "stream"
	DeliveryStream    Kind = "delivery stream"
	EventBus          Kind = "event bus"
	FunctionAlias     Kind = "function alias"
	FunctionURL       Kind = "function URL"
	EventInvokeConfig Kind = "event invoke configuration"
	CustomResource    Kind = "custom resource"
	Invocation        Kind = "invocation"
	Subscription      Kind = "subscription"
	RotationSchedule  Kind = "rotation schedule"
	HTTPAPI           Kind = "HTTP API"
	HTTPAPIStage      Kind = "stage of an HTTP API"
	RESTAPIStage      Kind = "stage of a REST API"
	UserPool          Kind = "user pool"
	JobQueue          Kind = "job queue"
	CodeBuildProject  Kind = "CodeBuild project"
	SageMakerEndpoint Kind = "SageMaker endpoint"
)

// The kinds of resources that name a function and call it from time to time, or do not call it.
const (
	EventRule          Kind = "rule of EventBridge"
	EventTarget        Kind = "target of EventBridge"
	Schedule           Kind = "schedule of EventBridge"
	FunctionPermission Kind = "permission on a function"
	LogGroup           Kind = "log group"
	Alarm              Kind = "CloudWatch alarm"
)

// types are the resource types of the kinds in each language, and the attributes that identify such a resource. They
// are lists with spaces between the elements.
//
// In CloudFormation these are what Fn::GetAtt names, besides Ref, which always does: see "Return values" on each page
// of
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
// In Terraform they come besides id and arn: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
var types = []struct {
	kind                       Kind
	cloudFormation, attributes string
	terraform, arguments       string
}{
	{VPC, "AWS::EC2::VPC", "VpcId", "aws_vpc aws_default_vpc", ""},
	{Subnet, "AWS::EC2::Subnet", "SubnetId", "aws_subnet aws_default_subnet", ""},
	{RouteTable, "AWS::EC2::RouteTable", "RouteTableId", "aws_route_table aws_default_route_table", ""},
	{InternetGateway, "AWS::EC2::InternetGateway", "InternetGatewayId", "aws_internet_gateway", ""},
	{VPNGateway, "AWS::EC2::VPNGateway", "VPNGatewayId", "aws_vpn_gateway", ""},
	{EgressOnlyGateway, "AWS::EC2::EgressOnlyInternetGateway", "Id", "aws_egress_only_internet_gateway", ""},
	{NATGateway, "AWS::EC2::NatGateway", "NatGatewayId", "aws_nat_gateway", ""},
	{ElasticIP, "AWS::EC2::EIP", "AllocationId PublicIp", "aws_eip", "allocation_id public_ip"},
	{Instance, "AWS::EC2::Instance", "InstanceId", "aws_instance", "primary_network_interface_id"},
	{NetworkInterface, "AWS::EC2::NetworkInterface", "Id", "aws_network_interface", ""},
	{PeeringConnection, "AWS::EC2::VPCPeeringConnection", "Id", "aws_vpc_peering_connection", ""},
	{TransitGateway, "AWS::EC2::TransitGateway", "Id", "aws_ec2_transit_gateway", ""},
	{VPCEndpoint, "AWS::EC2::VPCEndpoint", "Id", "aws_vpc_endpoint", ""},
	{PrefixList, "AWS::EC2::PrefixList", "PrefixListId", "aws_ec2_managed_prefix_list", ""},
	{SecurityGroup, "AWS::EC2::SecurityGroup", "GroupId Id", "aws_security_group aws_default_security_group", ""},
	{NetworkACL, "AWS::EC2::NetworkAcl", "Id NetworkAclId", "aws_network_acl aws_default_network_acl", ""},
	{DHCPOptions, "AWS::EC2::DHCPOptions", "DhcpOptionsId", "aws_vpc_dhcp_options aws_default_vpc_dhcp_options", ""},
	{Function, "AWS::Lambda::Function AWS::Serverless::Function", "Arn",
		"aws_lambda_function", "function_name qualified_arn invoke_arn qualified_invoke_arn"},
	{CapacityProvider, "AWS::Lambda::CapacityProvider", "Arn", "aws_lambda_capacity_provider", ""},
	{Role, "AWS::IAM::Role", "Arn", "aws_iam_role", "name"},
	{GroupMembership, "AWS::IAM::UserToGroupAddition", "",
		"aws_iam_group_membership aws_iam_user_group_membership", ""},
	{HostedZone, "AWS::Route53::HostedZone", "Id", "aws_route53_zone", ""},
	{HostedZoneAssociation, "", "", "aws_route53_zone_association", ""},
	{ProfileAssociation, "AWS::Route53Profiles::ProfileAssociation", "", "aws_route53profiles_association", ""},
	{PrivateNamespace, "AWS::ServiceDiscovery::PrivateDnsNamespace", "",
		"aws_service_discovery_private_dns_namespace", ""},
	{RecordSet, "AWS::Route53::RecordSet", "", "aws_route53_record", "name fqdn"},
	{CloudMapService, "AWS::ServiceDiscovery::Service", "Id", "aws_service_discovery_service", ""},
	{CloudMapInstance, "AWS::ServiceDiscovery::Instance", "", "aws_service_discovery_instance", ""},
	{Listener, "AWS::ElasticLoadBalancingV2::Listener", "ListenerArn", "aws_lb_listener aws_alb_listener", ""},
	{ListenerRule, "AWS::ElasticLoadBalancingV2::ListenerRule", "RuleArn",
		"aws_lb_listener_rule aws_alb_listener_rule", ""},
	{TargetGroup, "AWS::ElasticLoadBalancingV2::TargetGroup", "TargetGroupArn",
		"aws_lb_target_group aws_alb_target_group", ""},
	{TargetAttachment, "", "", "aws_lb_target_group_attachment aws_alb_target_group_attachment", ""},
	{ECSService, "AWS::ECS::Service", "Name", "aws_ecs_service", "name"},

	{RDSInstance, "AWS::RDS::DBInstance", "", "aws_db_instance", "identifier"},
	{RDSCluster, "AWS::RDS::DBCluster", "", "aws_rds_cluster", "cluster_identifier"},
	{RDSProxy, "AWS::RDS::DBProxy", "", "aws_db_proxy", "name"},
	{DocumentDBCluster, "AWS::DocDB::DBCluster", "", "aws_docdb_cluster", ""},
	{NeptuneCluster, "AWS::Neptune::DBCluster", "", "aws_neptune_cluster", ""},
	{RedshiftCluster, "AWS::Redshift::Cluster", "", "aws_redshift_cluster", ""},
	{RedshiftServerlessWorkgroup, "AWS::RedshiftServerless::Workgroup", "", "aws_redshiftserverless_workgroup", ""},
	{DAXCluster, "AWS::DAX::Cluster", "", "aws_dax_cluster", ""},
	{CacheCluster, "AWS::ElastiCache::CacheCluster", "", "aws_elasticache_cluster", ""},
	{ReplicationGroup, "AWS::ElastiCache::ReplicationGroup", "", "aws_elasticache_replication_group", ""},
	{ServerlessCache, "AWS::ElastiCache::ServerlessCache", "", "aws_elasticache_serverless_cache", ""},
	{MemoryDBCluster, "AWS::MemoryDB::Cluster", "", "aws_memorydb_cluster", ""},
	{OpenSearchDomain, "AWS::OpenSearchService::Domain", "", "aws_opensearch_domain", ""},
	{ElasticsearchDomain, "AWS::Elasticsearch::Domain", "", "aws_elasticsearch_domain", ""},
	{MSKCluster, "AWS::MSK::Cluster", "", "aws_msk_cluster", ""},
	{MSKServerlessCluster, "AWS::MSK::ServerlessCluster", "", "aws_msk_serverless_cluster", ""},
	{MQBroker, "AWS::AmazonMQ::Broker", "", "aws_mq_broker", ""},
	{RDSProxyEndpoint, "AWS::RDS::DBProxyEndpoint", "", "aws_db_proxy_endpoint", ""},
	{ElasticDocumentDBCluster, "AWS::DocDBElastic::Cluster", "", "aws_docdbelastic_cluster", ""},
	{InfluxDBInstance, "AWS::Timestream::InfluxDBInstance", "", "aws_timestreaminfluxdb_db_instance", ""},
	{LoadBalancer, "AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancerArn", "aws_lb aws_alb", ""},
	{FileSystem, "AWS::EFS::FileSystem", "FileSystemId Arn", "aws_efs_file_system", ""},
	{FileSystemAccessPoint, "AWS::EFS::AccessPoint", "Arn AccessPointId", "aws_efs_access_point", ""},
	{S3FileSystem, "AWS::S3Files::FileSystem", "FileSystemId FileSystemArn", "aws_s3files_file_system", ""},
	{S3FileSystemAccessPoint, "AWS::S3Files::AccessPoint", "AccessPointArn AccessPointId",
		"aws_s3files_access_point", ""},
	{S3FileSystemPolicy, "AWS::S3Files::FileSystemPolicy", "", "aws_s3files_file_system_policy", ""},

	{Queue, "AWS::SQS::Queue", "", "aws_sqs_queue", ""},
	{Topic, "AWS::SNS::Topic", "", "aws_sns_topic", ""},
	{Table, "AWS::DynamoDB::Table AWS::DynamoDB::GlobalTable AWS::Serverless::SimpleTable", "",
		"aws_dynamodb_table", ""},
	{Bucket, "AWS::S3::Bucket AWS::S3::AccessPoint", "", "aws_s3_bucket aws_s3_access_point", ""},
	{Secret, "AWS::SecretsManager::Secret", "",
		"aws_secretsmanager_secret aws_secretsmanager_secret_version", ""},
	{SecretAttachment, "AWS::SecretsManager::SecretTargetAttachment", "", "", ""},
	{Parameter, "AWS::SSM::Parameter", "", "aws_ssm_parameter", ""},
	{StateMachine, "AWS::StepFunctions::StateMachine AWS::StepFunctions::Activity AWS::Serverless::StateMachine", "",
		"aws_sfn_state_machine aws_sfn_activity", ""},
	{Stream, "AWS::Kinesis::Stream", "", "aws_kinesis_stream", ""},
	{DeliveryStream, "AWS::KinesisFirehose::DeliveryStream", "", "aws_kinesis_firehose_delivery_stream", ""},
	{EventBus, "AWS::Events::EventBus", "", "aws_cloudwatch_event_bus", ""},
	{FunctionAlias, "AWS::Lambda::Alias AWS::Lambda::Version", "", "aws_lambda_alias", ""},
	{FunctionURL, "AWS::Lambda::Url", "", "aws_lambda_function_url", ""},
	{EventInvokeConfig, "AWS::Lambda::EventInvokeConfig", "", "aws_lambda_function_event_invoke_config", ""},
	{CustomResource, "AWS::CloudFormation::CustomResource", "", "", ""},
	{Invocation, "", "", "aws_lambda_invocation", ""},
	{Subscription, "AWS::SNS::Subscription", "", "aws_sns_topic_subscription", ""},
	{RotationSchedule, "AWS::SecretsManager::RotationSchedule", "", "aws_secretsmanager_secret_rotation", ""},
	{HTTPAPI, "AWS::ApiGatewayV2::Api AWS::Serverless::HttpApi", "", "aws_apigatewayv2_api", ""},
	{HTTPAPIStage, "AWS::ApiGatewayV2::Stage", "", "aws_apigatewayv2_stage", ""},
	{RESTAPIStage, "AWS::ApiGateway::Stage AWS::ApiGateway::Deployment", "",
		"aws_api_gateway_stage aws_api_gateway_deployment", ""},
	{UserPool, "AWS::Cognito::UserPool", "", "aws_cognito_user_pool", ""},
	{JobQueue, "AWS::Batch::JobQueue", "", "aws_batch_job_queue", ""},
	{CodeBuildProject, "AWS::CodeBuild::Project", "", "aws_codebuild_project", ""},
	{SageMakerEndpoint, "AWS::SageMaker::Endpoint", "", "aws_sagemaker_endpoint", ""},

	{EventRule, "AWS::Events::Rule", "", "aws_cloudwatch_event_rule", ""},
	{EventTarget, "", "", "aws_cloudwatch_event_target", ""},
	{Schedule, "AWS::Scheduler::Schedule", "", "aws_scheduler_schedule", ""},
	{FunctionPermission, "AWS::Lambda::Permission", "", "aws_lambda_permission", ""},
	{LogGroup, "AWS::Logs::LogGroup", "", "aws_cloudwatch_log_group", ""},
	{Alarm, "AWS::CloudWatch::Alarm", "", "aws_cloudwatch_metric_alarm", ""},
}

// known is what is asked of types: the kind of one, and the attributes that identify a resource of it.
type known struct {
	kind       Kind
	attributes []string
}

var byType = sync.OnceValue(func() map[string]known {
	out := map[string]known{}
	for _, row := range types {
		for typ := range strings.FieldsSeq(row.cloudFormation) {
			out[typ] = known{row.kind, append(strings.Fields(row.attributes), "")}
		}
		for typ := range strings.FieldsSeq(row.terraform) {
			out[typ] = known{row.kind, append(strings.Fields(row.arguments), "id", "arn")}
		}
	}
	return out
})

// KindOf is the kind of the resource type, given as CloudFormation, SAM or Terraform writes it. It is empty for types
// that stand in no table here. A type of CloudFormation that begins with Custom:: is one of custom resources.
func KindOf(typ string) Kind {
	if strings.HasPrefix(typ, "Custom::") {
		return CustomResource
	}
	return byType()[typ].kind
}

var cloudFormationTypes = sync.OnceValue(func() map[Kind]string {
	out := map[Kind]string{}
	for _, row := range types {
		out[row.kind], _, _ = strings.Cut(row.cloudFormation, " ")
	}
	return out
})

// CloudFormationType is the resource type that CloudFormation has for the kind, the usual one if it has several. It is
// empty where it has none.
func (k Kind) CloudFormationType() string { return cloudFormationTypes()[k] }

// IsIdentity says whether the attribute of a resource of the type identifies a resource of the kind. In CloudFormation
// the empty attribute is Ref, and others are those of Fn::GetAtt.
func (k Kind) IsIdentity(typ, attribute string) bool {
	t := byType()[typ]
	return k != "" && t.kind == k && slices.Contains(t.attributes, attribute)
}
