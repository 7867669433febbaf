package resilience

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATSingleZone flags NAT gateways through which alone functions in several zones leave. Where another zone has a NAT
// gateway of its own, nat_cross_zone tells of the route instead.
var NATSingleZone = &rules.Rule{
	Name:     "nat_single_zone",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			p.Count(s.Address)
			ways, whole := natPaths(p, s)
			if !whole || len(ways) < 2 {
				return
			}
			n := ways[0].gateway
			several, alone := fact.No(), fact.Yes()
			for _, way := range ways {
				several = fact.Or(several, p.SameZone(ways[0].Subnet, way.Subnet).Not())
				alone = fact.And(alone, fact.Of(way.gateway == n), onlyOne(p, way))
			}
			p.Ask(fact.And(alone, several), n.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: n.Span, Affects: p.Guests(s), Trace: s.Evidence(ways[0].Result),
					Message: fmt.Sprintf("functions in several Availability Zones lose the internet when one fails: "+
						"NAT gateway %q, in subnet %q, serves them all", n.Address, ways[0].in.Address),
					Remedy: "make a NAT gateway in each zone, with a route table of its own, or a regional one",
				}
			})
		})
	},
}

// onlyOne says whether the zone of the way's subnet has no other NAT gateway.
func onlyOne(p *rules.Pass, way natPath) fact.Verdict {
	other, here := served(p, way.Subnet, way.gateway)
	return fact.Or(fact.Of(other == nil), here.Not())
}
