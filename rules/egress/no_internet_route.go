package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NoInternetRoute tells that a function is isolated, where nothing says that it needs more.
var NoInternetRoute = &rules.Rule{
	Name:     "no_internet_route",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			v4, v6 := look(p, from, trace.Internet(4)), look(p, from, trace.Internet(6))
			isolated := v4.every(func(path rules.SubnetPath) fact.Verdict {
				return fact.And(rules.StoppedBy(path, rules.AtTable), hasNAT(p, path.Subnet).Not())
			})
			if !isolated.IsFalse() {
				isolated = fact.And(isolated, v6.some(reachable).Not(), meantForIPv6(p, from, v4).Not(),
					nothingNeeded(p, from), declaredIsolated(p, from, v4).Not())
			}
			p.Ask(isolated, from.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:    from.At("VpcConfig.SubnetIds"),
					Affects: from.Affected(),
					Trace:   v4.evidence(from),
					Message: fmt.Sprintf("%s is isolated: none of its subnets has a way to the internet, "+
						"and its VPC has no NAT gateway", from.Name()),
					Remedy: "nothing, if that is meant; else add a NAT gateway, or VPC endpoints for the services " +
						"it calls",
				}
			})
		})
	},
}

// meantForIPv6 says whether the function or its subnets are made for a way out over IPv6: then the rules about IPv6 say
// what it lacks.
func meantForIPv6(p *rules.Pass, from rules.Sender, s survey) fact.Verdict {
	asked := fact.IsOn(from.DualStack, p.World)
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
func nothingNeeded(p *rules.Pass, from rules.Sender) fact.Verdict {
	needs := p.NeedsOf(from)
	if len(needs.Services)+len(needs.Internet) > 0 {
		return fact.No()
	}
	return needs.Complete()
}
