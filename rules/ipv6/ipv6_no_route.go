package ipv6

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var noRoute = ofFunctions.Stops(trace.NoRoute, trace.RoleRouteTable)

// IPv6NoRoute flags route tables without a way to the IPv6 internet for a function that asks for IPv6.
var IPv6NoRoute = &rules.Rule{
	Name:     "ipv6_no_route",
	Severity: rules.Warning,
	Owns:     noRoute,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			paths, open := p.Paths(from, trace.Flow{To: trace.Internet(6)})
			asked := flag(p, from)
			reportUnseen(p, from, fact.And(asked, fact.Doubt(open)), flagPath)
			for _, path := range paths {
				resource, at, found := firstStop(path, noRoute)
				p.Ask(fact.And(asked, p.IPv6(path.Subnet), blocked(path.Result, found), p.Isolated(from).Not(),
					p.IsolatedSubnet(path.Subnet).Not()), resource, "", func() rules.Finding {
					return rules.Finding{
						Span: at, Severity: severity(p, from, path.Subnet), Affects: from.Affected(),
						Trace: from.Evidence(path.Result),
						Message: fmt.Sprintf("functions in subnet %q cannot reach the IPv6 internet, because no "+
							"route covers ::/0", path.Subnet.Address),
						Remedy: "route ::/0 to an egress-only internet gateway",
					}
				})
			}
		})
	},
}
