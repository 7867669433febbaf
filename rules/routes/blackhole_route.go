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
	Doc:      doc("blackhole_route"),
	URL:      "https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html",
	Owns:     keysOf(trace.BadStateRoute, trace.RoleRoute),
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			if r.Implicit {
				return
			}
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
			p.Ask(dead, r.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:    r.Span,
					Affects: functionsBehind(p, r.Table),
					Message: fmt.Sprintf("route %q to %s is a black hole: %s", r.Address, destination(p, r), why),
					Remedy:  "point the route at a target that exists, is attached, and lies in the route table's VPC",
				}
			})
		})
	},
}
