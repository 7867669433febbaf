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
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			subnets := p.SubnetsOf(f)
			var last *trace.Result
			onlyIPv6 := subnets.All(func(s *graph.Subnet) fact.Verdict {
				needed := fact.And(p.IPv6(s), native(p, s).Not(), internet4(p, f, s).Not())
				if needed.IsFalse() {
					return needed
				}
				last = internet(p, f, s)
				return fact.And(needed, last.Reachable)
			})
			p.Ask(fact.And(subnets.Empty().Not(), flag(p, f).Not(), onlyIPv6, p.IsolatedFunction(f).Not()), f.Address,
				"", func() rules.Finding {
					var evidence []trace.Hop
					if last != nil {
						evidence = rules.Evidence(f, last)
					}
					return rules.Finding{
						Span: place(&f.Header, flagPath, "VpcConfig"), Affects: []string{f.Address},
						Trace: evidence,
						Message: fmt.Sprintf("function %q cannot reach the internet, because the only way out of its "+
							"subnets is IPv6, which it does not ask for", f.Address),
						Remedy: "set " + p.Word("Ipv6AllowedForDualStack") + " to true",
					}
				})
		})
	},
}
