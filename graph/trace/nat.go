package trace

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// natGateway forwards IPv4 from its own subnet, or, when it is regional, from the VPC's internet gateway at once.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
func (w *walker) natGateway(t turn, g *graph.NATGateway) leg {
	if g == nil {
		return w.unseen(t)
	}
	var l leg
	l.via = "NAT gateway"
	h := at(&g.Header, RoleNAT, "NAT gateway %s", quote(g.Address))
	if t.kind == fromNAT || t.kind == fromPrivateNAT || slices.Contains(t.before, g.Address) {
		return w.secondNAT(t, g)
	}
	l.pass(h)
	if w.flow.To.Family == 6 {
		// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html speaks of that range alone.
		l.doubt(
			t.want.set,
			fact.Missing{Kind: fact.Semantics, Name: "whether a NAT gateway carries IPv6 other than to 64:ff9b::/96"},
		)
		return l
	}
	if g.Works && t.want.public {
		return l
	}
	switch regional := w.v.IsRegional(g); regional.Truth {
	case fact.True:
		l.then(w.regionalNAT(t, g, h))
	case fact.False:
		l.then(w.zonalNAT(t, g, h))
	default:
		l.doubt(t.want.set, regional.Missing...)
	}
	return l
}

// secondNAT is a NAT gateway whose packets come from another one, which no documented design does. The gateway to move
// is the one before, t.head. A private one sends like any interface of its subnet, and people who have few addresses
// put it before a public one: that it fails is not documented either.
func (w *walker) secondNAT(t turn, g *graph.NATGateway) leg {
	var l leg
	c, h := NATToNAT, at(
		t.head, RoleNAT, "NAT gateway %s sends its packets to NAT gateway %s instead of an internet gateway",
		quote(t.head.Address), quote(g.Address),
	)
	if w.comesBack(g, t.before, t.want) {
		c, h.Message = NATLoop, fmt.Sprintf("the packets of NAT gateway %s come back to it", quote(t.head.Address))
	} else if t.kind == fromPrivateNAT {
		name := fmt.Sprintf("whether NAT gateway %s takes the packets of a private one", quote(g.Address))
		l.doubt(t.want.set, fact.Missing{Kind: fact.Semantics, Name: name, Span: t.head.Span})
		return l
	}
	l.stop(t.want.set, w.because(h, c))
	return l
}

// comesBack says whether the routes lead from g through NAT gateways alone to one that forwarded the packet before.
func (w *walker) comesBack(g *graph.NATGateway, before []string, want wanted) bool {
	for range longest {
		if g == nil || slices.Contains(before, g.Address) {
			return g != nil
		}
		g = w.onward(g, want)
	}
	return false
}

// onward is the NAT gateway to which the subnet of g sends most of the addresses, or nil.
func (w *walker) onward(g *graph.NATGateway, want wanted) *graph.NATGateway {
	subnet, _ := graph.Lookup(w.v, &w.v.Subnets, g.Subnet)
	if subnet == nil {
		return nil
	}
	table, _, _ := w.v.RouteTable(subnet)
	if table == nil {
		return nil
	}
	p := w.e.choose(table, want)[0]
	if p.route == nil || len(p.rivals)+len(p.open)+len(p.propagated) > 0 {
		return nil
	}
	if t, ok := w.e.target(p.route); ok.IsTrue() && t.Kind == graph.ToNATGateway {
		return w.v.NATGateways.At(t.ID)
	}
	return nil
}

// regionalNAT needs no subnet and no route: AWS gives it a route table of its own. Its VPC needs an internet gateway.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
func (w *walker) regionalNAT(t turn, g *graph.NATGateway, h Hop) leg {
	var l leg
	l.then(w.inVPC(t, g))
	vpc, known := graph.Lookup(w.v, &w.v.VPCs, g.VPC)
	if vpc == nil {
		l.doubt(t.want.set, orResource(known.Missing, "VPC of "+g.Address)...)
	} else {
		h.Message = fmt.Sprintf("regional NAT gateway %s finds no internet gateway attached to its VPC",
			quote(g.Address))
		l.need(t.want.set, w.v.HasInternetGateway(vpc), w.because(h, Unattached))
	}
	l.then(w.publicAccess(t, false, RoleNAT))
	return l
}

// zonalNAT goes through the ACL of its subnet and by the routes of that subnet.
func (w *walker) zonalNAT(t turn, g *graph.NATGateway, h Hop) leg {
	var l leg
	subnet, known := graph.Lookup(w.v, &w.v.Subnets, g.Subnet)
	if subnet == nil {
		l.doubt(t.want.set, orResource(known.Missing, "subnet of "+g.Address)...)
		return l
	}
	private := w.v.IsPrivate(g)
	kind := fromNAT
	switch private.Truth {
	case fact.True:
		kind = fromPrivateNAT
	case fact.False:
		l.then(w.allocated(t, g, h))
	default:
		l.doubt(t.want.set, private.Missing...)
	}
	l.then(w.inVPC(t, g))
	l.then(w.through(t.carrier, subnet, RoleNATSubnet, gatewayPorts, t.want.set))
	next := t.carrier.next(kind, &g.Header, subnet, RoleNATSubnet, gatewayPorts, fact.Yes())
	onward := w.forward(next, t.want, t.deliver)
	if kind == fromPrivateNAT {
		onward = w.privateEnd(onward, g)
	}
	onward.via = ""
	l.then(onward)
	return l
}

// privateEnd says of a private NAT gateway without a route that the gateway's kind is the cause: it is no way out.
func (w *walker) privateEnd(l leg, g *graph.NATGateway) leg {
	for i, s := range l.steps {
		if s.Cause == NoRoute {
			h := at(
				&g.Header, RoleNAT, "NAT gateway %s is private and its subnet has no route to %s", quote(g.Address),
				w.destination(),
			)
			l.steps[i].Hop = w.because(h, NATIsPrivate)
		}
	}
	return l
}

// allocated checks that a public zonal gateway is given an Elastic IP.
func (w *walker) allocated(t turn, g *graph.NATGateway, h Hop) leg {
	var l leg
	h.Message = fmt.Sprintf("NAT gateway %s has no Elastic IP address", quote(g.Address))
	l.need(t.want.set, w.v.Allocated(g), w.because(h, NATNoAddress))
	if a, ok := g.Allocation.Get(w.v.World); ok.IsTrue() && a.Attribute == "PublicIp" {
		h.Message = fmt.Sprintf("NAT gateway %s is given an address instead of an allocation id", quote(g.Address))
		l.stop(t.want.set, w.because(h, NATNoAddress))
	}
	return l
}

// through is what the ACL of a forwarder's subnet does to the flow: in from the carrier, out to the destination. Inside
// one subnet no ACL looks.
func (w *walker) through(c carrier, subnet *graph.Subnet, role Role, answers ports, about set) leg {
	var l leg
	if subnet != c.subnet {
		from := subnetRanges(w.v, c.subnet, w.flow.To.Family)
		l.then(w.aclsFor(crossing{subnet, role, false, c.answers}, from, about))
	}
	l.then(w.acls(crossing{subnet, role, true, answers}, about))
	return l
}
