package graph

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

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
	Table  Ref[RouteTable]
	Subnet Ref[Subnet]
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
	// Family is 4 or 6: that of the one property in which Destination is written. 0 where there is not just one.
	Family     int
	PrefixList Ref[PrefixList]
	Targets    fact.List[fact.Value[Target]]
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
	ToEndpoint         TargetKind = "VPC endpoint" // for inspection; gateway endpoints when implicit
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
