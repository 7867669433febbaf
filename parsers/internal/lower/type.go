package lower

import (
	"reflect"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"
	"github.com/awslabs/goformation/v7/cloudformation/efs"
	"github.com/awslabs/goformation/v7/cloudformation/eks"
	"github.com/awslabs/goformation/v7/cloudformation/elasticloadbalancingv2"
	"github.com/awslabs/goformation/v7/cloudformation/iam"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
)

// resourceType is a type that means something to a network: the struct that knows its properties, and what makes of
// them a node of its own, or part of another.
type resourceType struct {
	shape reflect.Type
	lower func(*Deployment, *Resource)
}

func of[T any](f func(*Deployment, *Resource, *decode.Decoded[T])) resourceType {
	return resourceType{reflect.TypeFor[T](), func(l *Deployment, r *Resource) { f(l, r, decoded[T](l, r)) }}
}

// raw is of for types whose properties are read by name, if at all: a value of the wrong type is not an error there.
func raw[T any](f func(*Deployment, *Resource)) resourceType {
	return resourceType{reflect.TypeFor[T](), f}
}

// Shape is the struct that knows the properties of a type of CloudFormation, nil of one that has no node of its own.
func Shape(typ string) reflect.Type {
	if s, ok := stores[typ]; ok {
		return s.shape
	}
	return resourceTypes[typ].shape
}

// lowering is what makes the node of r, nil where it has none of its own.
func lowering(r *Resource) func(*Deployment, *Resource) {
	switch _, isStore := stores[r.As]; {
	case r.Data:
		return nil
	case isStore:
		return (*Deployment).dataStore
	}
	return resourceTypes[r.As].lower
}

// resourceTypes are the types that have a node of their own, besides those of the data stores.
var resourceTypes = map[string]resourceType{
	"AWS::EC2::VPC":             of((*Deployment).vpc),
	"AWS::EC2::VPCCidrBlock":    of((*Deployment).vpcCIDRBlock),
	"AWS::EC2::Subnet":          of((*Deployment).subnet),
	"AWS::EC2::SubnetCidrBlock": of((*Deployment).subnetCIDRBlock),

	"AWS::EC2::DHCPOptions":               of((*Deployment).dhcpOptions),
	"AWS::EC2::VPCDHCPOptionsAssociation": of((*Deployment).dhcpAssociation),

	"AWS::EC2::RouteTable":                   of((*Deployment).routeTable),
	"AWS::EC2::SubnetRouteTableAssociation":  of((*Deployment).association),
	"AWS::EC2::GatewayRouteTableAssociation": of((*Deployment).association),
	"AWS::EC2::Route":                        of((*Deployment).route),
	"AWS::EC2::VPNGatewayRoutePropagation":   of((*Deployment).vpnPropagation),
	"AWS::EC2::RouteServerPropagation":       of((*Deployment).routeServerPropagation),
	"AWS::EC2::PrefixList":                   of((*Deployment).prefixList),

	"AWS::EC2::InternetGateway":           raw[ec2.InternetGateway]((*Deployment).internetGateway),
	"AWS::EC2::VPNGateway":                raw[ec2.VPNGateway]((*Deployment).vpnGateway),
	"AWS::EC2::VPCGatewayAttachment":      of((*Deployment).gatewayAttachment),
	"AWS::EC2::EgressOnlyInternetGateway": of((*Deployment).egressOnlyGateway),
	"AWS::EC2::NatGateway":                of((*Deployment).natGateway),
	"AWS::EC2::EIP":                       of((*Deployment).elasticIP),
	"AWS::EC2::EIPAssociation":            of((*Deployment).addressAssociation),

	"AWS::EC2::VPCPeeringConnection":        of((*Deployment).peering),
	"AWS::EC2::TransitGateway":              raw[ec2.TransitGateway]((*Deployment).transitGateway),
	"AWS::EC2::TransitGatewayAttachment":    of((*Deployment).transitAttachment),
	"AWS::EC2::TransitGatewayVpcAttachment": of((*Deployment).transitAttachment),

	"AWS::EC2::VPCEndpoint": of((*Deployment).endpoint),

	"AWS::EC2::NetworkAcl":                    of((*Deployment).networkACL),
	"AWS::EC2::NetworkAclEntry":               of((*Deployment).aclEntry),
	"AWS::EC2::SubnetNetworkAclAssociation":   of((*Deployment).aclAssociation),
	"AWS::EC2::SecurityGroup":                 of((*Deployment).securityGroup),
	"AWS::EC2::SecurityGroupEgress":           raw[ec2.SecurityGroupEgress]((*Deployment).egressRule),
	"AWS::EC2::SecurityGroupIngress":          raw[ec2.SecurityGroupIngress]((*Deployment).ingressRule),
	"AWS::EC2::SecurityGroupVpcAssociation":   of((*Deployment).groupVPCAssociation),
	"AWS::EC2::VPCBlockPublicAccessOptions":   of((*Deployment).blockPublicAccess),
	"AWS::EC2::VPCBlockPublicAccessExclusion": of((*Deployment).blockPublicAccessExclusion),

	"AWS::EC2::Instance":                   of((*Deployment).instance),
	"AWS::EC2::NetworkInterface":           of((*Deployment).networkInterface),
	"AWS::EC2::NetworkInterfaceAttachment": of((*Deployment).interfaceAttachment),

	"AWS::Lambda::Function":           of((*Deployment).function),
	"AWS::Lambda::CapacityProvider":   of((*Deployment).capacityProvider),
	"AWS::Lambda::EventSourceMapping": of((*Deployment).eventSourceMapping),

	"AWS::IAM::Role":          of((*Deployment).role),
	"AWS::IAM::Policy":        of((*Deployment).policy),
	"AWS::IAM::RolePolicy":    of((*Deployment).policy),
	"AWS::IAM::ManagedPolicy": of((*Deployment).policy),
	"AWS::IAM::UserPolicy":    of((*Deployment).policy),
	"AWS::IAM::GroupPolicy":   of((*Deployment).policy),
	"AWS::IAM::User":          of((*Deployment).user),
	"AWS::IAM::Group":         raw[iam.Group]((*Deployment).userGroup),
	PolicyAttachment:          of((*Deployment).policyAttachment),

	"AWS::Organizations::Policy": of((*Deployment).policy),
	"AWS::SSO::PermissionSet":    of((*Deployment).policy),

	"AWS::EKS::Cluster": raw[eks.Cluster]((*Deployment).cluster),
	CustomCluster:       raw[eks.Cluster]((*Deployment).cluster),

	"AWS::RDS::DBProxyTargetGroup": of((*Deployment).proxyTarget),

	"AWS::ElasticLoadBalancingV2::LoadBalancer": of((*Deployment).loadBalancer),
	listener: raw[elasticloadbalancingv2.Listener]((*Deployment).other),

	"AWS::ECS::Service": of((*Deployment).service),

	"AWS::EFS::FileSystem":      raw[efs.FileSystem](fileSystem(aws.FileSystem)),
	"AWS::EFS::MountTarget":     of(mountTarget[efs.MountTarget](FileSystems)),
	"AWS::S3Files::FileSystem":  raw[s3FileSystem](fileSystem(aws.S3FileSystem)),
	"AWS::S3Files::MountTarget": of(mountTarget[s3MountTarget](S3FileSystems)),
}
