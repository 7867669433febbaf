package picture

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// box makes a node with a box of its own.
func (b *builder) box(h *graph.Header, kind, detail string) *Node {
	n := b.node(h, kind, detail)
	b.nodes[n.ID] = &n
	return &n
}

// addNATs puts NAT gateways into their subnets, and regional ones to the border of their VPC.
func (b *builder) addNATs() {
	for n := range b.v.NATGateways.All() {
		if b.absent(n) {
			continue
		}
		s, _ := graph.Lookup(b.v, &b.v.Subnets, n.Subnet)
		private := n.Connectivity.Is(b.v.World, func(t fact.Text) bool { return t.String() == "private" })
		switch {
		case s != nil && b.subnets[s.Address] != nil:
			detail := ""
			if private.IsTrue() {
				detail = "private"
			}
			at := b.subnets[s.Address]
			at.NATs = append(at.NATs, b.box(&n.Header, "NAT gateway", detail))
		case n.VPC.IsSet(b.v.World).IsTrue():
			vpc := b.vpcOf(n.VPC)
			vpc.Exits = append(vpc.Exits, b.box(&n.Header, "NAT gateway", "regional"))
		}
	}
}

// addInstances puts instances and interfaces into their subnets that some route leads to.
func (b *builder) addInstances() {
	for r := range b.v.Routes.All() {
		if b.absent(r) {
			continue
		}
		for t := range fact.Certain(r.Targets, b.v.World) {
			switch n, _ := b.v.Target(t); n := n.(type) {
			case *graph.Instance:
				b.instance(n.Subnet, &n.Header, "NAT instance")
			case *graph.NetworkInterface:
				b.instance(n.Subnet, &n.Header, "network interface")
			}
		}
	}
}

func (b *builder) instance(in graph.Ref[graph.Subnet], h *graph.Header, kind string) {
	s, _ := graph.Lookup(b.v, &b.v.Subnets, in)
	if s != nil && b.subnets[s.Address] != nil {
		add(&b.subnets[s.Address].NATs, b.box(h, kind, ""))
	}
}

// addBorders puts gateways to the borders of the VPCs that they are attached to.
func (b *builder) addBorders() {
	v := b.v
	for a := range v.GatewayAttachments.All() {
		if b.absent(a) {
			continue
		}
		if g, _ := graph.Lookup(v, &v.InternetGateways, a.InternetGateway); g != nil {
			b.exit(a.VPC, b.box(&g.Header, "internet gateway", ""))
		}
		if g, _ := graph.Lookup(v, &v.VPNGateways, a.VPNGateway); g != nil {
			b.link(a.VPC, b.box(&g.Header, "VPN gateway", ""))
		}
	}
	for g := range v.EgressOnlyGateways.All() {
		if !b.absent(g) {
			b.exit(g.VPC, b.box(&g.Header, "egress-only internet gateway", ""))
		}
	}
	for p := range v.Peerings.All() {
		if !b.absent(p) {
			b.link(p.VPC, b.box(&p.Header, "VPC peering connection", "to "+b.vpcOf(p.PeerVPC).Label))
			b.link(p.PeerVPC, b.box(&p.Header, "VPC peering connection", "to "+b.vpcOf(p.VPC).Label))
		}
	}
	for a := range v.TransitAttachments.All() {
		if b.absent(a) {
			continue
		}
		if g, _ := graph.Lookup(v, &v.TransitGateways, a.TransitGateway); g != nil {
			b.link(a.VPC, b.box(&g.Header, "transit gateway", ""))
		} else {
			b.link(a.VPC, b.box(&a.Header, "transit gateway attachment", ""))
		}
	}
}

// exit adds a gateway to the internet.
func (b *builder) exit(at graph.Ref[graph.VPC], n *Node) { add(&b.vpcOf(at).Exits, n) }

// link adds a gateway to another network.
func (b *builder) link(at graph.Ref[graph.VPC], n *Node) { add(&b.vpcOf(at).Links, n) }

// add adds a node that is not there.
func add(nodes *[]*Node, n *Node) {
	if !slices.ContainsFunc(*nodes, func(old *Node) bool { return old.ID == n.ID }) {
		*nodes = append(*nodes, n)
	}
}

func (b *builder) addEndpoints() {
	for e := range b.v.Endpoints.All() {
		if b.absent(e) {
			continue
		}
		kind := "Gateway"
		if given, ok := e.Kind.Get(b.v.World); ok.IsTrue() {
			kind = given.String()
		}
		n := b.box(&e.Header, "VPC endpoint", strings.ToLower(kind))
		n.Label = cmp.Or(b.service(e), n.Label)
		vpc := b.vpcOf(e.VPC)
		vpc.Endpoints = append(vpc.Endpoints, n)
	}
}

// service is the id of the endpoint's service, or "".
func (b *builder) service(e *graph.VPCEndpoint) string {
	name, _ := e.Service.Get(b.v.World)
	id, ok := trace.ServiceID(name)
	if !ok.IsTrue() {
		return ""
	}
	return report.Line(id)
}

// addStores puts data stores into each of their subnets.
func (b *builder) addStores() {
	for d := range b.v.DataStores.All() {
		if b.absent(d) {
			continue
		}
		n := b.box(&d.Header, report.Line(d.Kind), "")
		placed := false
		for _, it := range graph.Resolve(b.v, &b.v.Subnets, d.Subnets).Items {
			if s := b.subnets[it.Value.Address]; s != nil {
				add(&s.Stores, n)
				placed = true
			}
		}
		if !placed {
			b.out.Unplaced = append(b.out.Unplaced, n)
		}
	}
}
