package ipv6

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IPv6NotUsed notes functions that pay a NAT gateway for what could go over IPv6: their subnets have that
// way already, and they do not ask for it.
var IPv6NotUsed = &rules.Rule{
	Name:     "ipv6_not_used",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			subnets := p.SubnetsOf(from)
			var last *trace.Result
			ready := subnets.All(func(s *graph.Subnet) fact.Verdict {
				dual := fact.And(p.IPv6(s), native(p, s).Not())
				if dual.IsFalse() {
					return dual
				}
				four := p.Path(from, s, trace.Flow{To: trace.Internet(4)})
				last = internet(p, from, s)
				return fact.And(dual, four.Reachable, fact.Of(four.Via == "NAT gateway"), last.Reachable)
			})
			p.Ask(fact.And(subnets.Empty().Not(), flag(p, from).Not(), ready, p.Isolated(from).Not()), from.Address, "",
				func() rules.Finding {
					return rules.Finding{
						Span: place(from.Header, flagPath, "VpcConfig"), Affects: from.Affected(),
						Trace: from.Evidence(last),
						Message: fmt.Sprintf("%s sends all of its traffic through a NAT gateway, although its "+
							"subnets have a way out over IPv6, for which no gateway charges", from.Name()),
						Remedy: "set " + p.Word("Ipv6AllowedForDualStack") + " to true, and " +
							"AWS_USE_DUALSTACK_ENDPOINT in the environment; keep the NAT gateway for hosts " +
							"without IPv6",
					}
				})
		})
	},
}
