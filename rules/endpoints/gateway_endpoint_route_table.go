package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// GatewayEndpointRouteTable flags gateway endpoints that leave out the route table of a function that needs their
// service. A function with a NAT gateway reaches the service all the same, and pays for each gigabyte.
var GatewayEndpointRouteTable = &rules.Rule{
	Name:     "gateway_endpoint_route_table",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			needs := p.NeedsOf(s)
			p.Count(s.Address)
			for _, service := range aws.GatewayServices() {
				n := needs.Service(service)
				if n.Strength == need.None {
					continue
				}
				paths, _ := p.Paths(s, trace.Flow{To: trace.Service(service)})
				for _, path := range paths {
					reportUnlisted(p, s, n, needs, path)
				}
			}
		})
		rules.EachTenant(p, reportPublicOnly)
	},
}

func reportUnlisted(p *rules.Pass, s rules.Sender, n need.Need, needs need.Needs, path rules.SubnetPath) {
	table, _, _ := p.RouteTable(path.Subnet)
	lost := rules.StoppedBy(path, rules.AtSubnet)
	paid := table != nil && path.Reachable.IsTrue() && path.Via == "NAT gateway" &&
		n.Evidence != needs.Answer.Evidence // which is a few bytes
	if paid {
		lost = fact.Yes()
	}
	resource, key, at := path.Subnet.Address, n.Name, path.Subnet.Span
	var fix rules.Fix
	if in := p.EndpointsFor(path.Subnet, "Gateway", n.Name); table != nil && len(in.Items) > 0 {
		e := in.Items[0].Value
		resource, key, at = e.Address, table.Address, e.At("RouteTableIds")
		fix = rules.Append.Refer(e.Head(), "RouteTableIds", table.Head(), "")
	}
	lost = fact.And(p.Unlisted(path.Subnet, n.Name), lost, needs.Direct(n.Strength))
	p.Ask(lost, resource, key, func() rules.Finding {
		finding := rules.Finding{
			Span: at, Affects: s.Affected(), Trace: append(s.Evidence(path.Result), rules.Because(s.Header, n)),
			Remedy: "add the route table to " + p.Word("RouteTableIds") + " of the endpoint", Fix: fix,
		}
		switch {
		case paid:
			finding.Severity = rules.Note
			finding.Message = fmt.Sprintf("%s pays its NAT gateway for the traffic to %s: the endpoint for it does "+
				"not list route table %q of subnet %q", s.Name(), n.Name, table.Address, path.Subnet.Address)
		case resource != path.Subnet.Address:
			finding.Message = fmt.Sprintf("%s cannot reach %s from subnet %q: endpoint %q does not list the "+
				"subnet's route table %q", s.Name(), n.Name, path.Subnet.Address, resource, table.Address)
		}
		return finding
	})
}
