// Package graph is the network of one deployment as typed nodes: what the files state, and, after Builder.Link, what
// AWS adds to it without being asked. It knows no file format and no rule.
package graph

import (
	"iter"
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// ID is the identity of a node of type T. For a node of this deployment it is the node's address; for one defined
// elsewhere it is a literal id ("subnet-0a1b") or a symbol ("${SubnetId}"). Equal IDs are the same node.
type ID[T any] string

// Ref is a property that holds the identity of a T.
type Ref[T any] = fact.Value[ID[T]]

// Node is anything with a Header.
type Node interface{ Head() *Header }

// Header is what all nodes have.
type Header struct {
	// Address is unique in the deployment: the logical id, nested stacks as Parent.Child, or a Terraform address.
	Address string
	// Type is the resource type as written, such as AWS::EC2::Subnet. Implicit nodes have the type they would have.
	Type string
	// Span is the place that names the resource; an implicit node takes the place of what implies it.
	Span source.Span
	// Props are the places of single properties by path, such as "VpcConfig.SubnetIds[0]".
	Props map[string]source.Span
	// When is the condition under which the resource exists.
	When fact.Cond
	// Depends lists the addresses of all direct dependencies, stated and implied by references.
	Depends []string
	// Exported is set when the resource's identity leaves the deployment, so that others may add to it.
	Exported *fact.Missing
	// Implicit is set on nodes that AWS creates unasked: a main route table, a default group, a generated role.
	Implicit bool
	// Tags holds the tags whose key and value are known, and what CDK writes into Metadata as aws:cdk:path.
	Tags map[string]string
}

// Head returns h itself, which makes every node that embeds a Header a Node.
func (h *Header) Head() *Header { return h }

// At is the place of the property path, or of the node when the property is not written.
func (h *Header) At(path string) source.Span {
	if s, ok := h.Props[path]; ok {
		return s
	}
	return h.Span
}

// Table holds the nodes of one type in the order of the files.
type Table[T any] struct {
	order []*T
	byID  map[ID[T]]*T
}

// Add puts node in the table under id. A later node with the same id replaces the earlier.
func (t *Table[T]) Add(id ID[T], node *T) {
	if t.byID == nil {
		t.byID = map[ID[T]]*T{}
	}
	if old, ok := t.byID[id]; ok {
		*old = *node
		return
	}
	t.byID[id] = node
	t.order = append(t.order, node)
}

// Get returns the node of this deployment with that id, or nil for one defined elsewhere.
func (t *Table[T]) Get(id ID[T]) *T { return t.byID[id] }

// All yields the nodes in order.
func (t *Table[T]) All() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, n := range t.order {
			if !yield(n) {
				return
			}
		}
	}
}

// Len is the number of nodes.
func (t *Table[T]) Len() int { return len(t.order) }

// VPC is an AWS::EC2::VPC. CIDRs holds IPv4 and IPv6 ranges, those of separate CIDR block resources included.
type VPC struct {
	Header
	CIDRs                    fact.List[fact.Value[netip.Prefix]]
	HasIPv6                  fact.List[struct{}] // an element for each IPv6 range, known or not
	Tenancy                  fact.Value[fact.Text]
	DNSSupport, DNSHostnames fact.Value[bool]

	// Linked.
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

// RouteTable is an AWS::EC2::RouteTable or an implicit main table.
type RouteTable struct {
	Header
	VPC Ref[VPC]

	// Linked.
	Routes       fact.List[*Route] // the local routes of the VPC included
	Associations fact.List[*RouteTableAssociation]
	Propagations fact.List[*Propagation]
	Main         bool // the main table of its VPC
}

// RouteTableAssociation ties a subnet, or a gateway as its edge table, to a route table.
type RouteTableAssociation struct {
	Header
	Table   Ref[RouteTable]
	Subnet  Ref[Subnet]
	Gateway fact.Value[fact.Text]
}

// Propagation lets a virtual private gateway or route server add routes to a table.
type Propagation struct {
	Header
	Tables fact.List[Ref[RouteTable]]
	From   fact.Value[fact.Text]
}

// Route is an AWS::EC2::Route, or an inline route of a table. At most one target holds in any world.
type Route struct {
	Header
	Table       Ref[RouteTable]
	Destination fact.Value[netip.Prefix]
	PrefixList  Ref[PrefixList]
	Targets     fact.List[fact.Value[Target]]
}

// TargetKind is what a route points at.
type TargetKind string

// The kinds of route targets.
const (
	ToLocal            TargetKind = "local"
	ToGateway          TargetKind = "gateway" // GatewayId: an internet gateway or a virtual private gateway
	ToNATGateway       TargetKind = "NAT gateway"
	ToEgressOnly       TargetKind = "egress-only internet gateway"
	ToInstance         TargetKind = "instance"
	ToNetworkInterface TargetKind = "network interface"
	ToPeering          TargetKind = "VPC peering connection"
	ToTransitGateway   TargetKind = "transit gateway"
	ToEndpoint         TargetKind = "VPC endpoint" // Gateway Load Balancer or Network Firewall; gateway endpoints when implicit
	ToCarrier          TargetKind = "carrier gateway"
	ToLocalGateway     TargetKind = "local gateway"
	ToCoreNetwork      TargetKind = "Cloud WAN core network"
	ToODB              TargetKind = "ODB network"
)

// Target is where a route sends packets; ID is the identity of a node of the type that Kind implies.
type Target struct {
	Kind TargetKind
	ID   string
}

// InternetGateway is an AWS::EC2::InternetGateway.
type InternetGateway struct {
	Header
	Attachments fact.List[*GatewayAttachment] // linked
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
	// ZoneAddresses is set on a regional gateway in manual mode.
	ZoneAddresses fact.List[fact.Value[fact.Text]]
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
type TransitGateway struct{ Header }

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
	VPC         Ref[VPC]
	Service     fact.Value[fact.Text]
	Kind        fact.Value[fact.Text] // "Gateway" unless set
	Subnets     fact.List[Ref[Subnet]]
	Groups      fact.List[Ref[SecurityGroup]]
	RouteTables fact.List[Ref[RouteTable]]
	PrivateDNS  fact.Value[bool]
	Policy      fact.Value[*policy.Document] // full access unless set
}

// PrefixList is a customer prefix list, or one that AWS manages for a service.
type PrefixList struct {
	Header
	Entries fact.List[fact.Value[netip.Prefix]]
	// Service is set on an AWS managed list: "s3" or "dynamodb".
	Service string
}

// NetworkACL is an AWS::EC2::NetworkAcl or the implicit default ACL.
type NetworkACL struct {
	Header
	VPC Ref[VPC]
	// AllowAll is set on a default ACL that nobody touched.
	AllowAll bool

	Entries fact.List[*ACLEntry] // linked
}

// ACLAssociation ties a subnet to an ACL.
type ACLAssociation struct {
	Header
	ACL    Ref[NetworkACL]
	Subnet Ref[Subnet]
}

// ACLEntry is one numbered rule. Protocol is the IANA number or -1. An IPv4 or an IPv6 range, not both.
type ACLEntry struct {
	Header
	ACL      Ref[NetworkACL]
	Number   fact.Value[int]
	Egress   fact.Value[bool]
	Allow    fact.Value[bool]
	Protocol fact.Value[int]
	Ports    PortRange
	CIDR     fact.Value[netip.Prefix]
}

// PortRange is inclusive; both unset means every port.
type PortRange struct{ From, To fact.Value[int] }

// SecurityGroup is an AWS::EC2::SecurityGroup or the implicit default group of a VPC.
type SecurityGroup struct {
	Header
	VPC Ref[VPC] // unset: the default VPC
	// DefaultEgress says that a group without egress rules keeps AWS's allow-all rule: CloudFormation yes, Terraform no.
	DefaultEgress bool
	// EgressList and IngressList say what was written inline, even if empty.
	InlineEgress, InlineIngress fact.List[*SecurityGroupRule]

	// Linked: inline, standalone and default rules in force.
	Egress, Ingress fact.List[*SecurityGroupRule]
	// OtherVPCs is set by SecurityGroupVpcAssociation resources.
	OtherVPCs fact.List[Ref[VPC]]
}

// SecurityGroupRule is an inline or standalone rule. Protocol is the IANA number or -1. One peer is set: a range, a
// prefix list or a group.
type SecurityGroupRule struct {
	Header
	Group      Ref[SecurityGroup]
	Egress     bool
	Protocol   fact.Value[int]
	Ports      PortRange
	CIDR       fact.Value[netip.Prefix]
	PrefixList Ref[PrefixList]
	Peer       Ref[SecurityGroup]
	// Doubtful is set on an inline allow-all that a standalone egress rule may have stripped.
	Doubtful *fact.Missing
}

// GroupVPCAssociation is an AWS::EC2::SecurityGroupVpcAssociation.
type GroupVPCAssociation struct {
	Header
	Group Ref[SecurityGroup]
	VPC   Ref[VPC]
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
