package trace

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// peering carries traffic between the ranges of two VPCs and no further: never to the internet behind the peer.
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
func (w *walker) peering(t turn) leg {
	var l leg
	l.via = "VPC peering connection"
	far := at(&t.route.Header, RolePeering,
		"VPC peering connection %s does not lead to %s, only to the ranges of its other VPC",
		quote(t.target.ID), w.destination())
	if t.want.public {
		l.stop(t.want.set, w.because(far, PeeringNotTransit))
		return l
	}
	p := w.v.Peerings.At(t.target.ID)
	if p == nil {
		return w.unseen(t)
	}
	l.pass(at(&p.Header, RolePeering, "VPC peering connection %s", quote(p.Address)))
	other, joins := w.v.Across(p, t.subnet.VPC)
	if !joins.IsTrue() {
		l.need(t.want.set, joins, w.dead(t, "VPC peering connection %s joins two other VPCs", quote(p.Address)))
		return l
	}
	l.need(t.want.set, w.v.IsAccepted(p), w.dead(t, "VPC peering connection %s is not accepted", quote(p.Address)))
	sure, all := vpcRanges(w.v, other, w.flow.To.Family)
	l.stop(minus(t.want.set, all.set), w.because(far, PeeringNotTransit))
	unclear := minus(intersect(t.want.set, all.set), sure)
	l.doubt(unclear, orResource(all.missing, "range of the VPC behind "+p.Address)...)
	if in := intersect(t.want.set, sure); !empty(in) {
		near := subnetRanges(w.v, t.subnet, w.flow.To.Family)
		l.then(t.deliver(w, arrival{other, p.Address, t.subnet, near, t.answers}, in))
	}
	return l
}

// wayBack checks that the destination's subnet routes answers into the peering connection that the flow came by. Inside
// one VPC the local route does.
func (w *walker) wayBack(to *graph.Subnet, a arrival, about set) leg {
	var l leg
	if a.peering == "" {
		return l
	}
	table, _, known := w.v.RouteTable(to)
	if table == nil {
		l.doubt(about, orResource(known.Missing, "route table of "+to.Address)...)
		return l
	}
	back := func(r *graph.Route, s set) leg {
		var l leg
		t, ok := graph.Target{}, fact.No()
		if r != nil {
			t, ok = w.e.target(r)
		}
		if ok.IsTrue() {
			ok = fact.Of(t.Kind == graph.ToPeering && t.ID == a.peering)
		}
		h := at(&table.Header, RoleTarget, "%s has no route back to subnet %s",
			quote(table.Address), quote(w.src.Subnet.Address))
		l.need(s, ok, w.because(h, NoRoute))
		return l
	}
	for _, p := range w.e.choose(table, wanted{set: a.near.set}) {
		l.then(p.join(func(r *graph.Route) leg { return back(r, p.set) }))
	}
	return spread(l, a.near, about)
}
