package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// UnassociatedRouteTable flags route tables with a way out that no subnet uses, while subnets of the same VPC do
// without one or share the table of another zone.
var UnassociatedRouteTable = &rules.Rule{
	Name:     "unassociated_route_table",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.RouteTables, func(p *rules.Pass, t *graph.RouteTable) {
			if t.Main || t.Implicit {
				return
			}
			routes, out := p.Trace.InternetRoute(t, 4)
			astray, who, alone := strays(p, t, routes)
			p.Ask(fact.And(out, unused(p, t, who), astray), t.Address, "", func() rules.Finding {
				var fix rules.Fix
				if alone && who != nil {
					fix = associate(p, t, routes, who)
				}
				return rules.Finding{
					Span: t.Span, Fix: fix,
					Affects: p.SendersIn(who),
					Message: fmt.Sprintf("route table %q has a way out but no subnet uses it, while subnet %q %s",
						t.Address, name(who), without(p, who)),
					Remedy: "associate the subnet that it was made for with it",
				}
			})
		})
	},
}

func name(s *graph.Subnet) string {
	if s == nil {
		return "elsewhere"
	}
	return s.Address
}

func without(p *rules.Pass, s *graph.Subnet) string {
	if s != nil {
		if _, explicit, _ := p.RouteTable(s); explicit != nil {
			return "shares the route table of another Availability Zone"
		}
	}
	return "is associated with none and falls to the main route table"
}
