package ipv6

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IPv6FlagOff flags functions that do not ask for IPv6 in dual-stack subnets from where IPv6 is the only way out.
var IPv6FlagOff = &rules.Rule{
	Name:     "ipv6_flag_off",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			subnets := p.SubnetsOf(from)
			var last *trace.Result
			onlyIPv6 := subnets.All(func(s *graph.Subnet) fact.Verdict {
				needed := fact.And(p.IPv6(s), native(p, s).Not(), internet4(p, from, s).Not())
				if needed.IsFalse() {
					return needed
				}
				last = internet(p, from, s)
				return fact.And(needed, last.Reachable)
			})
			p.Ask(fact.And(subnets.Empty().Not(), flag(p, from).Not(), onlyIPv6, p.Isolated(from).Not()), from.Address,
				"", func() rules.Finding {
					return rules.Finding{
						Span: place(from.Header, flagPath, "VpcConfig"), Affects: from.Affected(),
						Trace: from.Evidence(last),
						Message: fmt.Sprintf("%s cannot reach the internet, because the only way out of its "+
							"subnets is IPv6, which it does not ask for", from.Name()),
						Remedy: "set " + p.Word("Ipv6AllowedForDualStack") + " to true",
						Fix:    rules.Set.Property(from.Header, flagPath, rules.Value{Text: "true"}),
					}
				})
		})
	},
}
