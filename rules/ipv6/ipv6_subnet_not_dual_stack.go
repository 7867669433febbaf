package ipv6

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IPv6SubnetNotDualStack flags subnets without an IPv6 range that a function with Ipv6AllowedForDualStack is in.
var IPv6SubnetNotDualStack = &rules.Rule{
	Name:     "ipv6_subnet_not_dual_stack",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			subnets := p.SubnetsOf(from)
			asked := flag(p, from)
			reportUnseen(p, from, fact.And(asked, fact.Doubt(subnets.Open)), flagPath)
			for _, it := range subnets.Items {
				s := it.Value
				p.Ask(fact.And(asked, native(p, s).Not(), p.IPv6(s).Not()), s.Address, "", func() rules.Finding {
					return rules.Finding{
						Span: s.Span, Affects: from.Affected(),
						Message: fmt.Sprintf("functions that ask for IPv6 cannot be deployed to subnet %q, "+
							"because it has no IPv6 range", s.Address),
						Remedy: firstVPC(p, s) + fmt.Sprintf("give subnet %q an %s, or remove %s from the functions",
							s.Address, p.Word("Ipv6CidrBlock"), p.Word("Ipv6AllowedForDualStack")),
					}
				})
			}
		})
	},
}

// firstVPC is the first step of the remedy if the subnet's VPC has no IPv6 range either.
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html
func firstVPC(p *rules.Pass, s *graph.Subnet) string {
	vpc, _ := p.VPC(s.VPC)
	if vpc == nil || !vpc.HasIPv6.In(p.World).Empty().IsTrue() {
		return ""
	}
	return fmt.Sprintf("assign an IPv6 range to VPC %q, and from it ", vpc.Address)
}
