package resilience

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATCrossZone flags subnets that leave through the NAT gateway of another zone although their own zone has one.
var NATCrossZone = &rules.Rule{
	Name:     "nat_cross_zone",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			p.Count(s.Address)
			ways, _ := natPaths(p, s)
			for _, way := range ways {
				own, here := served(p, way.Subnet, way.gateway)
				if own == nil {
					continue
				}
				v := fact.And(here, p.SameZone(way.in, way.Subnet).Not())
				p.Ask(v, way.Subnet.Address, "", func() rules.Finding {
					return rules.Finding{
						Span: way.Subnet.Span, Affects: p.Guests(s), Trace: s.Evidence(way.Result),
						Message: fmt.Sprintf("subnet %q leaves through NAT gateway %q in another Availability Zone, "+
							"although its own has %q: either zone's failure cuts it off, and each byte between "+
							"zones is paid for", way.Subnet.Address, way.gateway.Address, own.Address),
						Remedy: fmt.Sprintf("route the subnet to NAT gateway %q", own.Address),
					}
				})
			}
		})
	},
}
