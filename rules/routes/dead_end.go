package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// deadEnd says whether the target cannot take packets of the route's VPC, and why.
func deadEnd(p *rules.Pass, r *graph.Route, t graph.Target) (fact.Verdict, string) {
	if t.Kind == graph.ToLocal {
		return fact.No(), ""
	}
	node, exists := find(p, t)
	if exists.IsFalse() {
		return fact.Yes(), fmt.Sprintf("%s %q is not created under the condition under which the route is", t.Kind, t.ID)
	}
	table, known := graph.Lookup(p.View, &p.RouteTables, r.Table)
	if node == nil || table == nil {
		return fact.Wants(append(exists.Missing, known.Missing...)...), ""
	}
	switch n := node.(type) {
	case *graph.Peering:
		refused := n.Accepted.Is(p.World, func(yes bool) bool { return !yes })
		return fact.Or(refused, fact.And(elsewhere(p, n.VPC, table), elsewhere(p, n.PeerVPC, table))),
			fmt.Sprintf("peering connection %q is not accepted, or joins other VPCs", n.Address)
	case *graph.InternetGateway:
		at := graph.Existing(p.View, n.Attachments)
		return fact.And(at.Empty().Not(), at.All(func(a *graph.GatewayAttachment) fact.Verdict { return elsewhere(p, a.VPC, table) })),
			fmt.Sprintf("internet gateway %q is attached to another VPC", n.Address)
	case *graph.VPNGateway:
		return fact.And(serves(p, n, table).Not(), fact.Wants(fact.Missing{Kind: fact.Target, Name: "VPN gateway " + n.Address, Span: n.Span})), ""
	case *graph.TransitGateway:
		return attachedTo(p, n, table).Not(), fmt.Sprintf("transit gateway %q has no attachment to this VPC", n.Address)
	}
	return elsewhere(p, homeOf(p, node), table), fmt.Sprintf("%s %q lies in another VPC", t.Kind, t.ID)
}

// elsewhere says whether a target's VPC is another one than the table's.
func elsewhere(p *rules.Pass, vpc graph.Ref[graph.VPC], table *graph.RouteTable) fact.Verdict {
	return graph.Same(p.View, &p.VPCs, vpc, table.VPC).Not()
}

// serves says whether the VPN gateway is attached to the table's VPC here.
func serves(p *rules.Pass, g *graph.VPNGateway, table *graph.RouteTable) fact.Verdict {
	attached := fact.No()
	for a := range p.GatewayAttachments.All() {
		mine := a.VPNGateway.Is(p.World, func(id graph.ID[graph.VPNGateway]) bool { return string(id) == g.Address })
		attached = fact.Or(attached, fact.And(p.Exists(a), mine, elsewhere(p, a.VPC, table).Not()))
	}
	return attached
}

// attachedTo says whether the transit gateway has an attachment to the table's VPC.
func attachedTo(p *rules.Pass, tgw *graph.TransitGateway, table *graph.RouteTable) fact.Verdict {
	vs := []fact.Verdict{fact.No()}
	for a := range p.TransitAttachments.All() {
		mine := a.TransitGateway.Is(p.World, func(id graph.ID[graph.TransitGateway]) bool { return string(id) == tgw.Address })
		vs = append(vs, fact.And(p.Exists(a), mine, elsewhere(p, a.VPC, table).Not()))
	}
	if tgw.Exported != nil {
		vs = append(vs, fact.Wants(*tgw.Exported))
	}
	return fact.Or(append(vs, open(p))...)
}

func open(p *rules.Pass) fact.Verdict {
	if len(p.Open) > 0 {
		return fact.Wants(p.Open...)
	}
	return fact.No()
}
