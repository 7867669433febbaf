package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// TwoRouteTables flags associations of a subnet that is associated with another route table already.
var TwoRouteTables = &rules.Rule{
	Name:     "two_route_tables",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Subnets, func(p *rules.Pass, s *graph.Subnet) {
			all := s.RouteTables.Items
			for i, second := range all {
				for _, first := range all[:i] {
					both := fact.And(isThere(p, first), isThere(p, second))
					p.Await(both)
					if both.IsTrue() {
						reportSecond(p, s, first.Value, second.Value)
					}
				}
			}
		})
	},
}

// isThere says whether the association exists and is one of the subnet.
func isThere(p *rules.Pass, it fact.Item[*graph.RouteTableAssociation]) fact.Verdict {
	return fact.And(p.World.Holds(it.When), p.Exists(it.Value))
}

// reportSecond reports the second association, unless it repeats the first.
func reportSecond(p *rules.Pass, s *graph.Subnet, first, second *graph.RouteTableAssociation) {
	other := fact.And(graph.Same(p.View, &p.RouteTables, first.Table, second.Table).Not(),
		graph.MeanOne(s, first, second))
	p.Ask(other, second.Address, "", func() rules.Finding {
		return rules.Finding{
			Span:    second.Span,
			Affects: p.SendersIn(s),
			Trace: []trace.Hop{{Address: first.Address, Span: first.Span, Role: trace.RoleSubnet,
				Message: fmt.Sprintf("%q associates the subnet with a route table", first.Address)}},
			Message: fmt.Sprintf("%q cannot be deployed, because %q associates subnet %q "+
				"with another route table already", second.Address, first.Address, s.Address),
			Remedy: "remove one of the two associations",
		}
	})
}
