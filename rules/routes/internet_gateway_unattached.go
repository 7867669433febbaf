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
	Owns:     trace.PacketsTo().Stops(trace.Unattached, trace.RoleGateway, trace.RoleNAT),
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.InternetGateways, func(p *rules.Pass, g *graph.InternetGateway) {
			used, route, affected := routeTo(p, g)
			unattached := fact.And(fact.Of(!g.Works), graph.Existing(p.View, g.Attachments).Empty())
			finding := rules.Finding{
				Resource: g.Address,
				Span:     g.Span,
				Affects:  affected,
				Message: fmt.Sprintf("internet gateway %q is attached to no VPC, so the routes to it lead nowhere",
					g.Address),
				Remedy: "attach it to the VPC",
			}
			if route != nil {
				finding.Trace = []trace.Hop{{Address: route.Address, Span: route.Span, Role: trace.RoleRoute,
					Message: fmt.Sprintf("route %q sends packets to it", route.Address)}}
			}
			p.Report(fact.And(used, unattached), finding)
		})
		rules.Each(p, &p.NATGateways, func(p *rules.Pass, n *graph.NATGateway) {
			p.Report(fact.And(p.IsPublic(n), gatewayMissing(p, n)), rules.Finding{
				Resource: n.Address,
				Span:     n.Span,
				Message: fmt.Sprintf("NAT gateway %q cannot be created: its VPC has no internet gateway attached",
					n.Address),
				Remedy: "attach an internet gateway to the VPC",
			})
		})
	},
}
