package routes

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// routeTo says whether some route leads to the gateway, and names the first and the functions behind all of them.
func routeTo(p *rules.Pass, g *graph.InternetGateway) (used fact.Verdict, first *graph.Route, affected []string) {
	vs := []fact.Verdict{fact.No()}
	for r := range p.Routes.All() {
		v := fact.And(p.Exists(r), p.LeadsTo(r, func(t graph.Target) fact.Verdict {
			return fact.Of(t.ID == g.Address)
		}))
		if v.IsTrue() {
			affected = append(affected, behind(p, r.Table)...)
			if first == nil {
				first = r
			}
		}
		vs = append(vs, v)
	}
	return fact.Or(vs...), first, affected
}

// gatewayMissing says whether the VPC of a NAT gateway has no internet gateway. One that is here, used and unattached
// is reported itself.
func gatewayMissing(p *rules.Pass, n *graph.NATGateway) fact.Verdict {
	vpc, known := graph.Lookup(p.View, &p.VPCs, p.HomeOf(n))
	if vpc == nil {
		return fact.Wants(known.Missing...)
	}
	missing := p.HasInternetGateway(vpc).Not()
	if missing.IsFalse() {
		return missing // no gateway changes that, and an account may have many
	}
	for g := range p.InternetGateways.All() {
		used, _, _ := routeTo(p, g)
		missing = fact.And(missing, fact.And(p.Exists(g), used, graph.Existing(p.View, g.Attachments).Empty()).Not())
	}
	return missing
}
