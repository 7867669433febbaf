package ipv6

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IPv6OnlySubnet flags IPv6-native subnets that a function is in, whether it asks for IPv6 or not.
var IPv6OnlySubnet = &rules.Rule{
	Name:     "ipv6_only_subnet",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			subnets := p.SubnetsOf(from)
			reportUnseen(p, from, fact.Doubt(subnets.Open), "VpcConfig.SubnetIds", "VpcConfig")
			for _, it := range subnets.Items {
				s := it.Value
				p.Ask(native(p, s), s.Address, "", func() rules.Finding {
					return rules.Finding{
						Span: s.At("Ipv6Native"), Affects: from.Affected(),
						Message: fmt.Sprintf("Lambda functions cannot use subnet %q, because it has IPv6 addresses "+
							"only", s.Address),
						Remedy: fmt.Sprintf("give subnet %q a %s as well and set %s to false",
							s.Address, p.Word("CidrBlock"), p.Word("Ipv6Native")),
					}
				})
			}
		})
	},
}
