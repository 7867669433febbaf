package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ImplicitMainTable tells of function subnets that depend on the main route table of a VPC from elsewhere. In a VPC of
// this deployment the main table leads nowhere, and the rules about the way out speak.
var ImplicitMainTable = &rules.Rule{
	Name:     "implicit_main_table",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, from rules.Sender) {
			for _, it := range p.SubnetsOf(from).Items {
				s := it.Value
				id, known := s.VPC.Get(p.World)
				foreign := fact.And(known, fact.Of(p.VPCs.Get(id) == nil))
				p.Ask(fact.And(graph.Existing(p.View, s.RouteTables).Empty(), foreign), s.Address, "",
					func() rules.Finding {
						return rules.Finding{
							Span:    s.Span,
							Affects: from.Affected(),
							Message: fmt.Sprintf("subnet %q is associated with no route table, so where its packets "+
								"go "+
								"depends on the main route table of %q, which these files do not show", s.Address, id),
							Remedy: "associate the subnet with a route table",
						}
					})
			}
		})
	},
}
