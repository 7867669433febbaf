package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PeeringDefaultRoute flags routes that send a function's internet traffic into a peering connection, which never
// carries it on.
var PeeringDefaultRoute = &rules.Rule{
	Name:     "peering_default_route",
	Severity: rules.Warning,
	Owns:     ofFunctions.Stops(trace.PeeringNotTransit, trace.RolePeering),
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			for _, path := range look(p, from, trace.Internet(4)).paths {
				route := lastHop(path, trace.RolePeering)
				if route == nil {
					passes(p, from, path)
					continue
				}
				p.Ask(fact.And(p.Stopped(path), p.Isolated(from).Not()), route.Address, "",
					func() rules.Finding {
						severity := rules.Warning
						if missed(p, from) == need.Strong {
							severity = rules.Error
						}
						return rules.Finding{
							Span:     route.Span,
							Severity: severity,
							Affects:  from.Affected(),
							Trace:    from.Evidence(path.Result),
							Message: fmt.Sprintf("route %q sends internet traffic into a peering connection, and a "+
								"peered VPC never passes it on to its own gateways", route.Address),
							Remedy: "point the default route at a NAT gateway of this VPC, or at a transit gateway",
						}
					})
			}
		})
	},
}
