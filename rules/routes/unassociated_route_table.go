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
	Doc:      doc("unassociated_route_table"),
	URL:      "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.RouteTables, func(p *rules.Pass, t *graph.RouteTable) {
			if t.Main || t.Implicit {
				return
			}
			routes, out := p.Trace.InternetRoute(t, 4)
			astray, who := strays(p, t, routes)
			p.Report(fact.And(out, graph.Existing(p.View, t.Associations).Empty(), astray), rules.Finding{
				Resource: t.Address,
				Span:     t.Span,
				Affects:  functionsIn(p, who),
				Message:  fmt.Sprintf("route table %q has a way out but no subnet uses it, while subnet %q %s", t.Address, name(who), without(p, who)),
				Remedy:   "associate the subnet that it was made for with it",
			})
		})
	},
}

// strays finds a subnet of the table's VPC that falls to the main table, or that shares a table with a subnet of
// another zone whose way out is of the same kind.
func strays(p *rules.Pass, t *graph.RouteTable, routes []*graph.Route) (fact.Verdict, *graph.Subnet) {
	vs := []fact.Verdict{fact.No()}
	firstOf := map[*graph.RouteTable]*graph.Subnet{}
	for s := range p.Subnets.All() {
		same := fact.And(p.Exists(s), graph.Same(p.View, &p.VPCs, s.VPC, t.VPC))
		if same.IsFalse() {
			continue
		}
		used, explicit, known := p.RouteTable(s)
		stray := fact.And(same, fact.Of(explicit == nil))
		if used == nil {
			stray = fact.And(stray, fact.Or(known, known.Not()))
		}
		if explicit != nil && used != nil {
			first, shared := firstOf[used]
			if !shared {
				firstOf[used] = s
			}
			stray = fact.And(same, fact.Of(shared && otherZone(p, first, s) && sameWayOut(p, used, routes)))
		}
		if stray.IsTrue() {
			return stray, s
		}
		vs = append(vs, stray)
	}
	return fact.Or(vs...), nil
}

// otherZone compares zones as they are written: Select 0 and Select 1 of GetAZs are two zones.
func otherZone(p *rules.Pass, a, b *graph.Subnet) bool {
	x, okx := a.AZ.Get(p.World)
	y, oky := b.AZ.Get(p.World)
	return okx.IsTrue() && oky.IsTrue() && x.String() != y.String()
}

func sameWayOut(p *rules.Pass, used *graph.RouteTable, routes []*graph.Route) bool {
	others, _ := p.Trace.InternetRoute(used, 4)
	return len(routes) > 0 && len(others) > 0 && kind(p, routes[0]) == kind(p, others[0])
}

func kind(p *rules.Pass, r *graph.Route) graph.TargetKind {
	for _, v := range r.Targets.In(p.World).Items {
		if t, ok := v.Value.Get(p.World); ok.IsTrue() {
			return t.Kind
		}
	}
	return ""
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

func functionsIn(p *rules.Pass, s *graph.Subnet) []string {
	var out []string
	for f := range p.Functions.All() {
		for _, it := range graph.Resolve(p.View, &p.Subnets, f.Subnets).Items {
			if it.Value == s {
				out = append(out, f.Address)
			}
		}
	}
	return out
}
