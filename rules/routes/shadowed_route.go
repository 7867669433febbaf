package routes

import (
	"fmt"
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ShadowedRoute flags routes that take a part of the internet away from the default route and lose it.
var ShadowedRoute = &rules.Rule{
	Name:     "shadowed_route",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, from rules.Sender) {
			p.Count(from.Address)
			for _, it := range p.SubnetsOf(from).Items {
				table, _, _ := p.RouteTable(it.Value)
				if table == nil {
					continue
				}
				for _, r := range graph.Existing(p.View, table.Routes).Items {
					for _, to := range ranges(p, r.Value) {
						if wide := shadowed(p, table, to); wide != nil {
							reportShadow(p, from, it.Value, r.Value, to, wide)
						}
					}
				}
			}
		})
	},
}

func reportShadow(
	p *rules.Pass, from rules.Sender, subnet *graph.Subnet, r *graph.Route, to netip.Prefix, wide *graph.Route,
) {
	family := trace.Family(4)
	asked := fact.Yes()
	if to.Addr().Is6() {
		family, asked = 6, fact.IsOn(from.DualStack, p.World)
	}
	part := p.Path(from, subnet, trace.Flow{To: trace.Destination{Class: trace.ClassAddress, Prefix: to}})
	lost := rules.StoppedBy(part, atTarget)
	if !lost.IsTrue() { // what lies behind a transit gateway is no question of this rule
		p.Await(lost)
		return
	}
	rest := p.Path(from, subnet, trace.Flow{To: trace.Internet(family)}) // if all of it is lost, other rules speak
	p.Ask(fact.And(asked, lost, fact.Of(!rest.Reachable.IsFalse())), r.Address, "", func() rules.Finding {
		return rules.Finding{
			Span: r.Span, Affects: from.Affected(), Trace: from.Evidence(part.Result),
			Message: fmt.Sprintf("%s cannot reach %s: route %q takes these addresses from the default route %q, and "+
				"loses them", from.Name(), to, r.Address, wide.Address),
			Remedy: fmt.Sprintf("remove route %q, or give it a target that carries packets of functions", r.Address),
		}
	})
}

// atTarget is a stop behind the route, that no rule about its target tells whoever uses it.
func atTarget(h *trace.Hop) bool {
	switch h.Cause {
	case trace.NoPublicAddress, trace.NATIsPrivate, trace.NATToNAT, trace.NATLoop:
		return true
	case trace.NoRoute:
		return h.Role != trace.RoleRouteTable
	}
	return false
}
