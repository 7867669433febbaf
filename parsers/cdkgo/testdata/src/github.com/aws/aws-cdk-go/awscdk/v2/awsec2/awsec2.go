// Package awsec2 mirrors what the tests use of github.com/aws/aws-cdk-go/awscdk/v2/awsec2 v2.200.0.
package awsec2

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
)

type (
	SubnetType             string
	IpProtocol             string
	DefaultInstanceTenancy string
	RouterType             string
)

const (
	SubnetType_PRIVATE_ISOLATED    SubnetType = "PRIVATE_ISOLATED"
	SubnetType_PRIVATE_WITH_EGRESS SubnetType = "PRIVATE_WITH_EGRESS"
	SubnetType_PRIVATE_WITH_NAT    SubnetType = "PRIVATE_WITH_NAT"
	SubnetType_PUBLIC              SubnetType = "PUBLIC"

	IpProtocol_DUAL_STACK            IpProtocol             = "DUAL_STACK"
	DefaultInstanceTenancy_DEDICATED DefaultInstanceTenancy = "DEDICATED"
	RouterType_NAT_GATEWAY           RouterType             = "NAT_GATEWAY"
)

type (
	IVpc interface {
		constructs.Construct
		VpcId() *string
		PublicSubnets() *[]ISubnet
		PrivateSubnets() *[]ISubnet
		IsolatedSubnets() *[]ISubnet
		SelectSubnets(selection *SubnetSelection) *SelectedSubnets
		AddGatewayEndpoint(id *string, options *GatewayVpcEndpointOptions) GatewayVpcEndpoint
		AddInterfaceEndpoint(id *string, options *InterfaceVpcEndpointOptions) InterfaceVpcEndpoint
	}
	Vpc interface {
		IVpc
		VpcDefaultSecurityGroup() *string
	}
	ISubnet interface {
		constructs.Construct
		SubnetId() *string
	}
	PublicSubnet interface {
		ISubnet
		AddNatGateway(eipAllocationId *string) CfnNatGateway
	}
	PrivateSubnet interface {
		ISubnet
		AddRoute(id *string, options *AddRouteOptions)
	}
	IConnectable   interface{ Connections() Connections }
	ISecurityGroup interface {
		IConnectable
		SecurityGroupId() *string
		AddEgressRule(peer IPeer, connection Port, description *string, remoteRule *bool)
		AddIngressRule(peer IPeer, connection Port, description *string, remoteRule *bool)
	}
	SecurityGroup interface{ ISecurityGroup }
	IPeer         interface{}
	Port          interface{}
	Connections   interface {
		AllowTo(other IConnectable, portRange Port, description *string)
		AllowFrom(other IConnectable, portRange Port, description *string)
		AddSecurityGroup(securityGroups ...ISecurityGroup)
	}
	GatewayVpcEndpoint             interface{}
	InterfaceVpcEndpoint           interface{ IConnectable }
	IGatewayVpcEndpointService     interface{}
	IInterfaceVpcEndpointService   interface{}
	GatewayVpcEndpointAwsService   interface{}
	InterfaceVpcEndpointAwsService interface{}
	NatProvider                    interface{}
	IIpAddresses                   interface{}
	CfnNatGateway                  interface {
		awscdk.CfnResource
		Ref() *string
	}
	CfnVPC interface {
		awscdk.CfnResource
		Ref() *string
		AttrDefaultSecurityGroup() *string
	}
	CfnSubnet interface {
		awscdk.CfnResource
		Ref() *string
		AttrSubnetId() *string
	}
	CfnRouteTable interface {
		awscdk.CfnResource
		Ref() *string
	}
	CfnRoute           interface{ awscdk.CfnResource }
	CfnInternetGateway interface {
		awscdk.CfnResource
		Ref() *string
	}
	CfnEIP interface {
		awscdk.CfnResource
		AttrAllocationId() *string
	}
	CfnSecurityGroup interface {
		awscdk.CfnResource
		AttrGroupId() *string
		Ref() *string
	}
	CfnResource interface{ awscdk.CfnResource }
)

type (
	VpcProps struct {
		AvailabilityZones      *[]*string
		Cidr                   *string
		CreateInternetGateway  *bool
		DefaultInstanceTenancy DefaultInstanceTenancy
		EnableDnsHostnames     *bool
		EnableDnsSupport       *bool
		GatewayEndpoints       *map[string]*GatewayVpcEndpointOptions
		IpAddresses            IIpAddresses
		IpProtocol             IpProtocol
		MaxAzs                 *float64
		NatGatewayProvider     NatProvider
		NatGateways            *float64
		NatGatewaySubnets      *SubnetSelection
		SubnetConfiguration    *[]*SubnetConfiguration
	}
	VpcLookupOptions struct {
		IsDefault *bool
		VpcId     *string
	}
	VpcAttributes struct {
		VpcId                               *string
		AvailabilityZones, PrivateSubnetIds *[]*string
	}
	SubnetConfiguration struct {
		Name       *string
		SubnetType SubnetType
		CidrMask   *float64
		Reserved   *bool
	}
	SubnetSelection struct {
		AvailabilityZones *[]*string
		OnePerAz          *bool
		SubnetGroupName   *string
		Subnets           *[]ISubnet
		SubnetType        SubnetType
	}
	SelectedSubnets struct {
		Subnets   *[]ISubnet
		SubnetIds *[]*string
	}
	SecurityGroupProps struct {
		Vpc                  IVpc
		AllowAllIpv6Outbound *bool
		AllowAllOutbound     *bool
	}
	GatewayVpcEndpointOptions struct {
		Service IGatewayVpcEndpointService
		Subnets *[]*SubnetSelection
	}
	InterfaceVpcEndpointOptions struct {
		Service           IInterfaceVpcEndpointService
		Open              *bool
		PrivateDnsEnabled *bool
		SecurityGroups    *[]ISecurityGroup
		Subnets           *SubnetSelection
	}
	AddRouteOptions struct {
		DestinationCidrBlock *string
		RouterId             *string
		RouterType           RouterType
	}
	CfnVPCProps struct {
		CidrBlock, InstanceTenancy           *string
		EnableDnsSupport, EnableDnsHostnames interface{}
	}
	CfnSubnetProps struct {
		VpcId, CidrBlock, AvailabilityZone, Ipv6CidrBlock *string
		MapPublicIpOnLaunch                               interface{}
	}
	CfnRouteTableProps                  struct{ VpcId *string }
	CfnSubnetRouteTableAssociationProps struct{ SubnetId, RouteTableId *string }
	CfnRouteProps                       struct{ RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock, GatewayId, NatGatewayId, VpcPeeringConnectionId *string }
	CfnInternetGatewayProps             struct{}
	CfnVPCGatewayAttachmentProps        struct{ VpcId, InternetGatewayId *string }
	CfnNatGatewayProps                  struct{ SubnetId, AllocationId, ConnectivityType *string }
	CfnEIPProps                         struct{ Domain *string }
	CfnSecurityGroupProps               struct {
		GroupDescription, VpcId *string
		SecurityGroupEgress     interface{}
	}
	CfnSecurityGroup_EgressProperty struct {
		IpProtocol, CidrIp *string
		FromPort, ToPort   *float64
	}
)

func NewVpc(scope constructs.Construct, id *string, props *VpcProps) Vpc { return nil }
func Vpc_FromLookup(scope constructs.Construct, id *string, options *VpcLookupOptions) IVpc {
	return nil
}
func Vpc_FromVpcAttributes(scope constructs.Construct, id *string, attrs *VpcAttributes) IVpc {
	return nil
}
func NewSecurityGroup(scope constructs.Construct, id *string, props *SecurityGroupProps) SecurityGroup {
	return nil
}
func NewCfnVPC(scope constructs.Construct, id *string, props *CfnVPCProps) CfnVPC { return nil }
func NewCfnSubnet(scope constructs.Construct, id *string, props *CfnSubnetProps) CfnSubnet {
	return nil
}
func NewCfnRouteTable(scope constructs.Construct, id *string, props *CfnRouteTableProps) CfnRouteTable {
	return nil
}
func NewCfnSubnetRouteTableAssociation(scope constructs.Construct, id *string, props *CfnSubnetRouteTableAssociationProps) CfnResource {
	return nil
}
func NewCfnRoute(scope constructs.Construct, id *string, props *CfnRouteProps) CfnRoute { return nil }
func NewCfnInternetGateway(scope constructs.Construct, id *string, props *CfnInternetGatewayProps) CfnInternetGateway {
	return nil
}
func NewCfnVPCGatewayAttachment(scope constructs.Construct, id *string, props *CfnVPCGatewayAttachmentProps) CfnResource {
	return nil
}
func NewCfnNatGateway(scope constructs.Construct, id *string, props *CfnNatGatewayProps) CfnNatGateway {
	return nil
}
func NewCfnEIP(scope constructs.Construct, id *string, props *CfnEIPProps) CfnEIP { return nil }
func NewCfnSecurityGroup(scope constructs.Construct, id *string, props *CfnSecurityGroupProps) CfnSecurityGroup {
	return nil
}

func IpAddresses_Cidr(cidrBlock *string) IIpAddresses                                { return nil }
func GatewayVpcEndpointAwsService_S3() GatewayVpcEndpointAwsService                  { return nil }
func InterfaceVpcEndpointAwsService_SQS() InterfaceVpcEndpointAwsService             { return nil }
func InterfaceVpcEndpointAwsService_SECRETS_MANAGER() InterfaceVpcEndpointAwsService { return nil }
func Peer_AnyIpv4() IPeer                                                            { return nil }
func Peer_Ipv4(cidrIp *string) IPeer                                                 { return nil }
func Port_Tcp(port *float64) Port                                                    { return nil }
func Port_HTTPS() Port                                                               { return nil }
func SecurityGroup_FromSecurityGroupId(scope constructs.Construct, id *string, securityGroupId *string) ISecurityGroup {
	return nil
}
