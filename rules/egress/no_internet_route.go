package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NoInternetRoute tells that a function is isolated, where nothing says that it needs more.
var NoInternetRoute = &rules.Rule{
	Name:     "no_internet_route",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, attached, func(p *rules.Pass, f *graph.Function) {
			v4, v6 := look(p, f, trace.Internet(4)), look(p, f, trace.Internet(6))
			isolated := v4.every(func(path rules.SubnetPath) fact.Verdict {
				return fact.And(rules.StoppedBy(path, rules.AtTable), hasNAT(p, path.Subnet).Not())
			})
			if !isolated.IsFalse() {
				isolated = fact.And(isolated, v6.some(reachable).Not(), meantForIPv6(p, f, v4).Not(),
					nothingNeeded(p, f), declaredIsolated(p, f, v4).Not())
			}
			p.Ask(isolated, f.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:    f.At("VpcConfig.SubnetIds"),
					Affects: []string{f.Address},
					Trace:   v4.evidence(f),
					Message: fmt.Sprintf("function %q is isolated: none of its subnets has a way to the internet, "+
						"and its VPC has no NAT gateway", f.Address),
					Remedy: "nothing, if that is meant; else add a NAT gateway, or VPC endpoints for the services " +
						"it calls",
				}
			})
		})
	},
}

// meantForIPv6 says whether the function or its subnets are made for a way out over IPv6: then the rules about IPv6 say
// what it lacks.
func meantForIPv6(p *rules.Pass, f *graph.Function, s survey) fact.Verdict {
	asked := f.IPv6.Is(p.World, func(on bool) bool { return on })
	return fact.Or(asked, s.some(func(path rules.SubnetPath) fact.Verdict {
		table, _, known := p.RouteTable(path.Subnet)
		if table == nil {
			return known
		}
		_, route := p.Trace.InternetRoute(table, 6)
		return fact.And(route, p.IPv6(path.Subnet))
	}))
}

// nothingNeeded says whether there is no sign that the function calls a service or the internet.
func nothingNeeded(p *rules.Pass, f *graph.Function) fact.Verdict {
	needs := p.Needs(f)
	if len(needs.Services)+len(needs.Internet) > 0 {
		return fact.No()
	}
	return needs.Complete()
}
