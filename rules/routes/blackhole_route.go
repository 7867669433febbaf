package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// BlackholeRoute flags routes whose target cannot take the packets: it lies in another VPC, is not accepted, or does
// not exist where the route does.
var BlackholeRoute = &rules.Rule{
	Name:     "blackhole_route",
	Severity: rules.Error,
	Tries:    true,
	Owns:     trace.PacketsTo().Stops(trace.BadStateRoute, trace.RoleRoute),
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			dead, why := fact.No(), ""
			for _, v := range r.Targets.In(p.World).Items {
				target, ok := v.Value.Get(p.World)
				verdict, reason := ok, ""
				if ok.IsTrue() {
					verdict, reason = deadEnd(p, r, target)
				}
				if verdict.IsTrue() || why == "" {
					why = reason
				}
				dead = fact.Or(dead, verdict)
			}
			if r.Implicit {
				reportEndpointElsewhere(p, r, dead)
				return
			}
			p.Ask(dead, r.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:    r.Span,
					Affects: behind(p, r.Table),
					Message: fmt.Sprintf("route %q to %s is a black hole: %s", r.Address, destination(p, r), why),
					Remedy:  "point the route at a target that exists, is attached, and lies in the route table's VPC",
				}
			})
		})
	},
}

// reportEndpointElsewhere speaks of the route that a gateway endpoint puts into a table it lists. Nobody wrote it, so
// the finding is about the endpoint; local routes are never dead. A table or VPC from elsewhere raises no question:
// who names it by its id has looked it up.
func reportEndpointElsewhere(p *rules.Pass, r *graph.Route, dead fact.Verdict) {
	for endpoint := range fact.Certain(r.Targets, p.World) {
		e := p.Endpoints.At(endpoint.ID)
		if endpoint.Kind != graph.ToEndpoint || e == nil {
			continue
		}
		table, _ := graph.Lookup(p.View, &p.RouteTables, r.Table)
		if vpc, _ := graph.Lookup(p.View, &p.VPCs, e.VPC); table == nil || vpc == nil {
			continue
		}
		p.Ask(dead, e.Address, "", func() rules.Finding {
			return rules.Finding{
				Span:    r.Span,
				Affects: behind(p, r.Table),
				Message: fmt.Sprintf("gateway endpoint %q lists a route table of another VPC, whose packets it "+
					"cannot take", e.Address),
				Remedy: "list route tables of the endpoint's own VPC",
			}
		})
	}
}
