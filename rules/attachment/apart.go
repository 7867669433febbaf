package attachment

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

type subnetList = fact.List[graph.Ref[graph.Subnet]]

// apart says whether the two lists of subnets lie in different VPCs. One subnet in both answers it.
func apart(p *rules.Pass, a, b subnetList) fact.Verdict {
	shared := b.In(p.World).Any(func(y graph.Ref[graph.Subnet]) fact.Verdict {
		return a.In(p.World).Any(func(x graph.Ref[graph.Subnet]) fact.Verdict {
			return fact.Of(graph.Same(p.View, &p.Subnets, x, y).IsTrue())
		})
	})
	v, knownA := first(graph.Resolve(p.View, &p.Subnets, a))
	w, knownB := first(graph.Resolve(p.View, &p.Subnets, b))
	return fact.And(fact.Of(!shared.IsTrue()), knownA, knownB, p.SameVPC(v, w).Not())
}

// joined says whether a peering connection links the VPCs of the two lists of subnets. Transit gateways on both sides
// may or may not.
func joined(p *rules.Pass, a, b subnetList) fact.Verdict {
	v, knownA := p.VPCOf(a)
	w, knownB := p.VPCOf(b)
	if v == nil || w == nil {
		return fact.Wants(append(knownA.Missing, knownB.Missing...)...)
	}
	other := fact.Known(graph.ID[graph.VPC](w.Address), w.Span)
	peered := graph.Existing(p.View, v.Peerings).Any(func(c *graph.Peering) fact.Verdict {
		return fact.Or(p.SameVPC(c.VPC, other), p.SameVPC(c.PeerVPC, other))
	})
	return fact.Or(peered, fact.And(transit(p, v), transit(p, w),
		fact.Wants(fact.Missing{Kind: fact.Target, Name: "transit gateway", Span: v.Span})))
}

func transit(p *rules.Pass, v *graph.VPC) fact.Verdict {
	return graph.Existing(p.View, v.TransitGateways).Empty().Not()
}
