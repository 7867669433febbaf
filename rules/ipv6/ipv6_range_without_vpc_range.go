package ipv6

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IPv6RangeWithoutVPCRange flags subnets with an IPv6 range in a VPC that has none.
var IPv6RangeWithoutVPCRange = &rules.Rule{
	Name:     "ipv6_range_without_vpc_range",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Subnets, func(p *rules.Pass, s *graph.Subnet) {
			vpc, _ := p.VPC(s.VPC)
			if vpc == nil || vpc.IsDefault || s.IPv6CIDR.IsUnset() {
				return
			}
			none := vpc.HasIPv6.In(p.World).Empty()
			p.Ask(fact.And(s.IPv6CIDR.IsSet(p.World), none), s.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: s.At("Ipv6CidrBlock"), Affects: p.SendersIn(s),
					Message: fmt.Sprintf("subnet %q cannot be deployed, "+
						"because it takes an IPv6 range of VPC %q, which has none", s.Address, vpc.Address),
					Remedy: fmt.Sprintf("assign an IPv6 range to VPC %q, and have the subnet wait for it", vpc.Address),
				}
			})
		})
	},
}
