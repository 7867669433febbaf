package graph

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// VPC is an AWS::EC2::VPC. CIDRs holds IPv4 and IPv6 ranges, those of separate CIDR block resources included.
type VPC struct {
	Header
	CIDRs                    fact.List[fact.Value[netip.Prefix]]
	HasIPv6                  fact.List[struct{}] // an element for each IPv6 range, known or not
	Tenancy                  fact.Value[fact.Text]
	DNSSupport, DNSHostnames fact.Value[bool]
	// IsDefault is set on the default VPC of the account and Region, which the deployment has adopted.
	IsDefault bool

	// Linked.
	IPv4            fact.List[fact.Value[netip.Prefix]] // those of CIDRs that are no IPv6 ranges, known or not
	MainTable       Ref[RouteTable]
	DefaultACL      Ref[NetworkACL]
	DefaultGroup    Ref[SecurityGroup]
	DHCP            fact.List[*DHCPAssociation]
	Gateways        fact.List[*GatewayAttachment]
	Endpoints       fact.List[*VPCEndpoint]
	NATGateways     fact.List[*NATGateway]
	EgressOnly      fact.List[*EgressOnlyGateway]
	Peerings        fact.List[*Peering]
	TransitGateways fact.List[*TransitGatewayAttachment]
}

// Subnet is an AWS::EC2::Subnet.
type Subnet struct {
	Header
	VPC         Ref[VPC]
	CIDR        fact.Value[netip.Prefix]
	IPv6CIDR    fact.Value[netip.Prefix] // often Computed: a part of the range that AWS gives the VPC
	IPv6Blocks  fact.List[*CIDRBlock]    // linked: separate AWS::EC2::SubnetCidrBlock resources
	IPv6Native  fact.Value[bool]
	AZ          fact.Value[fact.Text] // name or id of the zone
	MapPublicIP fact.Value[bool]
	TagList     fact.List[Variable] // as that of a function

	// Linked. Association lists explicit ones only; see View.RouteTable and View.ACL for what is in force.
	RouteTables fact.List[*RouteTableAssociation]
	ACLs        fact.List[*ACLAssociation]
}

// CIDRBlock is a further range of a VPC or subnet given by a resource of its own.
type CIDRBlock struct {
	Header
	VPC    Ref[VPC]
	Subnet Ref[Subnet]
	CIDR   fact.Value[netip.Prefix]
	IPv6   fact.Value[bool]
}

// DHCPOptions is an AWS::EC2::DHCPOptions. DNSServers are addresses, or "AmazonProvidedDNS".
type DHCPOptions struct {
	Header
	DNSServers fact.List[fact.Value[fact.Text]]
}

// DHCPAssociation gives a VPC its DHCP options; without Options, AWS's own.
type DHCPAssociation struct {
	Header
	VPC     Ref[VPC]
	Options Ref[DHCPOptions]
}

// BlockPublicAccess is an AWS::EC2::VPCBlockPublicAccessOptions.
type BlockPublicAccess struct {
	Header
	Mode fact.Value[fact.Text]
}

// BlockPublicAccessExclusion is an AWS::EC2::VPCBlockPublicAccessExclusion.
type BlockPublicAccessExclusion struct {
	Header
	VPC    Ref[VPC]
	Subnet Ref[Subnet]
	Mode   fact.Value[fact.Text]
}
