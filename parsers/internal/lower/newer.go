package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"
	"github.com/awslabs/goformation/v7/cloudformation/iam"
	"github.com/awslabs/goformation/v7/cloudformation/lambda"
	"github.com/awslabs/goformation/v7/cloudformation/timestream"
)

// Types and properties that are newer than goformation's structs, or that Terraform alone has in this place. A field
// has the name of its property.

type vpcConfig struct{ SubnetIds, SecurityGroupIds []string }

// function may publish its versions itself in Terraform.
type function struct {
	lambda.Function
	Publish                *bool
	CapacityProviderConfig *struct {
		LambdaManagedInstancesCapacityProviderConfig *struct{ CapacityProviderArn *string }
	}
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
type eventSourceMapping struct {
	lambda.EventSourceMapping
	ProvisionedPollerConfig *struct{ MinimumPollers, MaximumPollers *int }
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-capacityprovider.html
type capacityProvider struct {
	VpcConfig         *vpcConfig
	PermissionsConfig *struct{ CapacityProviderOperatorRoleArn *string }
}

// vpc may be adopted in Terraform, where an account has it from the beginning.
type vpc struct {
	ec2.VPC
	IsDefault *bool
}

// natGateway has the properties of regional NAT gateways too:
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
type natGateway struct {
	ec2.NatGateway
	VpcId, AvailabilityMode *string
}

// elasticIP may be on an interface from the beginning in Terraform.
type elasticIP struct {
	ec2.EIP
	NetworkInterfaceId *string
}

type addressAssociation struct {
	ec2.EIPAssociation
	EIP *string
}

type route struct {
	ec2.Route
	OdbNetworkArn *string
}

type routeServerPropagation struct{ RouteTableId, RouteServerId *string }

// instance says in Terraform what CloudFormation says of an interface.
type instance struct {
	ec2.Instance
	AssociatePublicIpAddress *bool
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3files-filesystem.html
type s3FileSystem struct{ Bucket, Prefix, RoleArn, KmsKeyId *string }

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3files-mounttarget.html
type s3MountTarget struct {
	FileSystemId, SubnetId                  *string
	SecurityGroups                          []string
	IpAddressType, Ipv4Address, Ipv6Address *string
}

// endpoint may be for a service in another Region.
type endpoint struct {
	ec2.VPCEndpoint
	ServiceRegion *string
}

// securityGroup may take the rules of others away in Terraform, where it has any of its own of that direction.
type securityGroup struct {
	ec2.SecurityGroup
	ExclusiveEgress, ExclusiveIngress *bool
}

type groupVPCAssociation struct{ GroupId, VpcId *string }

type blockPublicAccess struct{ InternetGatewayBlockMode *string }

type blockPublicAccessExclusion struct{ VpcId, SubnetId, InternetGatewayExclusionMode *string }

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-timestream-influxdbinstance.html
type influxDBInstance struct {
	timestream.InfluxDBInstance
	Port *int
}

// policyResource is a policy of any type.
type policyResource struct {
	iam.ManagedPolicy
	RoleName, UserName *string
	// Content is the document of a policy of an organization, InlinePolicy that of a permission set.
	Content, InlinePolicy any
}

// PolicyAttachment is a managed policy that roles get, as a resource of its own. CloudFormation writes that on the
// role, or on the policy.
const PolicyAttachment = "attachment of a managed policy"

type policyAttachment struct {
	PolicyArn *string
	Roles     []string
	Users     []string
}
