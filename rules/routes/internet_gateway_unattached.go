package routes

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// InternetGatewayUnattached flags internet gateways that routes use although they are attached to no VPC.
var InternetGatewayUnattached = &rules.Rule{
	Name:     "internet_gateway_unattached",
	Severity: rules.Error,
	Doc:      doc("internet_gateway_unattached"),
	URL:      "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
	Owns:     keysOf(trace.Unattached, trace.RoleGateway),
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.InternetGateways, func(p *rules.Pass, g *graph.InternetGateway) {
			used, route, affected := routeTo(p, g)
			unattached := graph.Existing(p.View, g.Attachments).Empty()
			finding := rules.Finding{
				Resource: g.Address,
				Span:     g.Span,
				Affects:  affected,
				Message:  fmt.Sprintf("internet gateway %q is attached to no VPC, so the routes to it lead nowhere", g.Address),
				Remedy:   "attach it to the VPC",
			}
			if route != nil {
				finding.Trace = []trace.Hop{{Address: route.Address, Span: route.Span, Role: trace.RoleRoute, Message: fmt.Sprintf("route %q sends packets to it", route.Address)}}
			}
			p.Report(fact.And(used, unattached), finding)
		})
	},
}

// routeTo says whether some route leads to the gateway, and names the first and the functions behind all of them.
func routeTo(p *rules.Pass, g *graph.InternetGateway) (used fact.Verdict, first *graph.Route, affected []string) {
	vs := []fact.Verdict{fact.No()}
	for r := range p.Routes.All() {
		v := fact.And(p.Exists(r), targets(p, r, func(t graph.Target) fact.Verdict { return fact.Of(t.ID == g.Address) }))
		if v.IsTrue() {
			affected = append(affected, functionsBehind(p, r.Table)...)
			if first == nil {
				first = r
			}
		}
		vs = append(vs, v)
	}
	return fact.Or(vs...), first, affected
}

// keysOf are the keys of one cause and role for every class, family and compute.
func keysOf(cause trace.Cause, role trace.Role) []trace.Key {
	var keys []trace.Key
	for _, class := range []trace.Class{trace.ClassInternet, trace.ClassService, trace.ClassAddress, trace.ClassNode} {
		for _, family := range []trace.Family{4, 6} {
			for _, compute := range []trace.Compute{trace.Hyperplane, trace.EC2} {
				keys = append(keys, trace.Key{Cause: cause, Class: class, Family: family, Compute: compute, Role: role})
			}
		}
	}
	return keys
}
