package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// DuplicateRoute flags a route whose destination another route of the same table already has.
var DuplicateRoute = &rules.Rule{
	Name:     "duplicate_route",
	Severity: rules.Error,
	Tries:    true,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			if r.Implicit {
				return
			}
			for e := range p.Routes.All() {
				if e == r {
					break
				}
				if e.Implicit || never(e) {
					continue
				}
				same := fact.And(p.Exists(e), sameTable(p, e, r), sameDestination(p, e, r))
				p.Ask(same, r.Address, "", func() rules.Finding {
					return rules.Finding{
						Span:    r.Span,
						Affects: behind(p, r.Table),
						Trace: []trace.Hop{{Address: e.Address, Span: e.Span, Role: trace.RoleRoute,
							Message: fmt.Sprintf("route %q has the same destination", e.Address)}},
						Message: fmt.Sprintf("route %q will not deploy: its table already has a route to %s, %q",
							r.Address, destination(p, r), e.Address),
						Remedy: "remove one of the two routes, or change its destination",
					}
				})
			}
		})
	},
}

func sameTable(p *rules.Pass, a, b *graph.Route) fact.Verdict {
	same := graph.Same(p.View, &p.RouteTables, a.Table, b.Table)
	id, _ := b.Table.Get(p.World)
	if table := p.RouteTables.Get(id); table != nil && same.IsTrue() {
		return graph.MeanOne(table, a, b)
	}
	return same
}

// never says that the route exists in no world.
func never(r *graph.Route) bool { return (*fact.World)(nil).Holds(r.When).IsFalse() }

// sameDestination compares prefixes without their host bits, as EC2 does, and prefix lists by identity.
func sameDestination(p *rules.Pass, a, b *graph.Route) fact.Verdict {
	x, okx := a.Destination.Get(p.World)
	y, oky := b.Destination.Get(p.World)
	cidr := fact.And(okx, oky)
	if cidr.IsTrue() {
		cidr = fact.Of(x.Masked() == y.Masked())
	}
	lists := fact.And(a.PrefixList.IsSet(p.World), b.PrefixList.IsSet(p.World))
	if lists.IsFalse() {
		return cidr
	}
	return fact.Or(cidr, fact.And(lists, graph.Same(p.View, &p.PrefixLists, a.PrefixList, b.PrefixList)))
}
