package resilience

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// sprawl is the number of interfaces from which on the rule speaks: a fifth of the quota for one deployment.
const sprawl = aws.InterfacesPerVPC / 5

// ENISprawl flags VPCs in which functions need so many network interfaces that the quota comes into sight.
var ENISprawl = &rules.Rule{
	Name:     "eni_sprawl",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.VPCs, func(p *rules.Pass, v *graph.VPC) {
			of := fact.Known(graph.ID[graph.VPC](v.Address), v.Span)
			all := interfacesIn(p, func(s *graph.Subnet) bool { return p.SameVPC(s.VPC, of).IsTrue() })
			n := all.count()
			many := fact.Of(n >= sprawl)
			if n+len(all.functions) >= sprawl {
				many = fact.Or(many, fact.Doubt(all.open))
			}
			p.Ask(many, v.Address, "", func() rules.Finding {
				f := rules.Finding{
					Span: v.Span, Affects: all.functions,
					Message: fmt.Sprintf("functions need %d network interfaces in VPC %q, one for each combination "+
						"of subnet and security groups, of %d that the quota allows; with one set of groups for all "+
						"it would be %d", n, v.Address, aws.InterfacesPerVPC, len(all.sets)),
					Remedy: "let functions that may send the same share their security groups",
				}
				if n > aws.InterfacesPerVPC {
					f.Severity = rules.Warning
				}
				return f
			})
		})
	},
}
