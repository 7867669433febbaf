package graph

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

// InternetGateway is an AWS::EC2::InternetGateway.
type InternetGateway struct {
	Header
	Attachments fact.List[*GatewayAttachment] // linked
	// Works is set where somebody says that packets reach the internet through it.
	Works bool
}

// VPNGateway is an AWS::EC2::VPNGateway.
type VPNGateway struct{ Header }

// GatewayAttachment is an AWS::EC2::VPCGatewayAttachment; one of the two gateways is set.
type GatewayAttachment struct {
	Header
	VPC             Ref[VPC]
	InternetGateway Ref[InternetGateway]
	VPNGateway      Ref[VPNGateway]
}

// EgressOnlyGateway is an AWS::EC2::EgressOnlyInternetGateway.
type EgressOnlyGateway struct {
	Header
	VPC Ref[VPC]
}

// NATGateway is an AWS::EC2::NatGateway, zonal (in a subnet) or regional (in a VPC).
type NATGateway struct {
	Header
	Subnet       Ref[Subnet]
	VPC          Ref[VPC]
	Connectivity fact.Value[fact.Text] // "public" unless set
	Availability fact.Value[fact.Text] // "zonal" unless set
	Allocation   fact.Value[Allocation]
	// Works is set where somebody says that packets reach the internet through it.
	Works bool
}

// Allocation is what a NAT gateway is given as AllocationId: an attribute of an Elastic IP. Attribute is
// "AllocationId" when right, and "PublicIp" when the address was given instead (Ref of an AWS::EC2::EIP).
type Allocation struct {
	Address   ID[ElasticIP]
	Attribute string
}

// ElasticIP is an AWS::EC2::EIP.
type ElasticIP struct {
	Header
	Instance         Ref[Instance]
	NetworkInterface Ref[NetworkInterface]
}

// Instance is an AWS::EC2::Instance, which may serve as a NAT instance. ElasticIPs is linked.
type Instance struct {
	Header
	Subnet          Ref[Subnet]
	Groups          fact.List[Ref[SecurityGroup]]
	SourceDestCheck fact.Value[bool]
	PublicIP        fact.Value[bool] // AssociatePublicIpAddress
	Interfaces      fact.List[Ref[NetworkInterface]]
	ElasticIPs      fact.List[*ElasticIP]
}

// NetworkInterface is an AWS::EC2::NetworkInterface. Attachments and ElasticIPs are linked.
type NetworkInterface struct {
	Header
	Subnet          Ref[Subnet]
	Groups          fact.List[Ref[SecurityGroup]]
	SourceDestCheck fact.Value[bool]
	Attachments     fact.List[Ref[Instance]]
	ElasticIPs      fact.List[*ElasticIP]
}

// InterfaceAttachment attaches a network interface to an instance, or an address to either of them.
type InterfaceAttachment struct {
	Header
	NetworkInterface Ref[NetworkInterface]
	Instance         Ref[Instance]
	ElasticIP        Ref[ElasticIP]
}

// Peering is an AWS::EC2::VPCPeeringConnection.
type Peering struct {
	Header
	VPC, PeerVPC Ref[VPC]
	// Accepted is Unknown for another account or region, and for what the files do not decide.
	Accepted fact.Value[bool]
}

// TransitGateway is an AWS::EC2::TransitGateway.
type TransitGateway struct {
	Header
	Attachments fact.List[*TransitGatewayAttachment] // linked
}

// TransitGatewayAttachment attaches a VPC to a transit gateway.
type TransitGatewayAttachment struct {
	Header
	TransitGateway Ref[TransitGateway]
	VPC            Ref[VPC]
	Subnets        fact.List[Ref[Subnet]]
}

// VPCEndpoint is an AWS::EC2::VPCEndpoint. Service is the whole name, such as com.amazonaws.${AWS::Region}.s3.
type VPCEndpoint struct {
	Header
	VPC     Ref[VPC]
	Service fact.Value[fact.Text]
	// ServiceRegion is the Region of the service where the property says so; else it is the endpoint's own.
	ServiceRegion fact.Value[fact.Text]
	Kind          fact.Value[fact.Text] // "Gateway" unless set
	Subnets       fact.List[Ref[Subnet]]
	Groups        fact.List[Ref[SecurityGroup]]
	RouteTables   fact.List[Ref[RouteTable]]
	PrivateDNS    fact.Value[bool]
	Policy        fact.Value[*policy.Document] // full access unless set
}
