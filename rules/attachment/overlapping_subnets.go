package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// OverlappingSubnets flags subnets whose IPv4 range overlaps that of another subnet of the same VPC.
var OverlappingSubnets = &rules.Rule{
	Name:     "overlapping_subnets",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Subnets, func(p *rules.Pass, s *graph.Subnet) {
			for other := range p.Subnets.All() {
				if other == s {
					break
				}
				both := overlap(p, other, s)
				p.Await(both)
				if !both.IsTrue() {
					continue
				}
				same := p.SameVPC(other.VPC, s.VPC)
				p.Ask(same, s.Address, "", func() rules.Finding { return overlapping(p, other, s) })
				if same.IsTrue() {
					break
				}
			}
		})
	},
}

// overlap says whether both subnets exist and have ranges that overlap.
func overlap(p *rules.Pass, a, b *graph.Subnet) fact.Verdict {
	x, okx := a.CIDR.Get(p.World)
	y, oky := b.CIDR.Get(p.World)
	if known := fact.And(okx, oky); !known.IsTrue() {
		return known
	}
	return fact.And(fact.Of(x.Overlaps(y)), p.Exists(a))
}

func overlapping(p *rules.Pass, first, second *graph.Subnet) rules.Finding {
	x, _ := first.CIDR.Get(p.World)
	y, _ := second.CIDR.Get(p.World)
	return rules.Finding{
		Span: second.At("CidrBlock"), Affects: p.SendersIn(second),
		Trace: []trace.Hop{{Address: first.Address, Span: first.At("CidrBlock"), Role: trace.RoleSubnet,
			Message: fmt.Sprintf("subnet %q has the range %s", first.Address, x)}},
		Message: fmt.Sprintf("subnet %q cannot be deployed, because its range %s overlaps that of subnet %q "+
			"in the same VPC", second.Address, y, first.Address),
		Remedy: "take a range that no other subnet of the VPC has",
	}
}
