package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATRouteMissing flags subnets of functions that have no way out although their VPC has a NAT gateway.
var NATRouteMissing = &rules.Rule{
	Name:     "nat_route_missing",
	Severity: rules.Warning,
	URL:      "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
	Owns:     ofFunctions.Over(4).Stops(trace.NoRoute, trace.RoleRouteTable),
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			v4, v6 := look(p, from, trace.Internet(4)), look(p, from, trace.Internet(6))
			noWayOut := fact.And(v4.some(reachable).Not(), v6.some(reachable).Not())
			for _, path := range v4.paths {
				reportMissingRoute(p, from, path, noWayOut)
			}
		})
		rules.EachTenantWhere(p, isCut, reportCut)
	},
}

func reportMissingRoute(p *rules.Pass, from rules.Sender, path rules.SubnetPath, noWayOut fact.Verdict) {
	subnet := path.Subnet
	table, explicit, _ := p.RouteTable(subnet)
	at, resource, severity := subnet.Span, subnet.Address, rules.Warning
	where := mainTable
	if explicit != nil && table != nil {
		at, resource = table.Span, table.Address
		where = ownTable(table)
		if !leaves(p, from, subnet) {
			severity = rules.Note
		}
	}
	answers := fact.Of(p.NeedsOf(from).Answer.Strength != need.None) // then deploy_time_function speaks
	v := fact.And(noWayOut, rules.StoppedBy(path, rules.AtTable), answers.Not())
	if !v.IsFalse() {
		v = fact.And(v, hasNAT(p, subnet), isolatedOnPurpose(p, subnet, table).Not(), p.Isolated(from).Not())
	}
	p.Ask(v, resource, "", func() rules.Finding {
		finding := missingRoute(subnet, at, severity, where)
		finding.Affects, finding.Trace = from.Affected(), from.Evidence(path.Result)
		return finding
	})
}

// missingRoute is the finding about a subnet without a way out; where tells what lacks the route.
func missingRoute(s *graph.Subnet, at source.Span, severity rules.Severity, where string) rules.Finding {
	return rules.Finding{
		Span: at, Severity: severity,
		Message: fmt.Sprintf("subnet %q has no way to the internet although its VPC has a NAT gateway: %s",
			s.Address, where),
		Remedy: "add a route to 0.0.0.0/0 through the NAT gateway to the subnet's route table, or declare or " +
			"name the subnet isolated if that is meant",
	}
}

const mainTable = "it has no route table of its own, and the main route table of its VPC has no default route"

func ownTable(t *graph.RouteTable) string {
	return fmt.Sprintf("route table %q has no default route", t.Address)
}

// hasNAT says whether the subnet's VPC has a NAT gateway.
func hasNAT(p *rules.Pass, s *graph.Subnet) fact.Verdict {
	vpc, known := graph.Lookup(p.View, &p.VPCs, s.VPC)
	if vpc == nil {
		return fact.Wants(known.Missing...)
	}
	return graph.Existing(p.View, vpc.NATGateways).Empty().Not()
}

// leaves says whether something shows that a function in the subnet is meant to get out: what it needs, or NAT gateways
// that serve nobody, unless endpoints bring all that it needs.
func leaves(p *rules.Pass, from rules.Sender, s *graph.Subnet) bool {
	switch missed(p, from) {
	case need.Strong:
		return true
	case need.None:
		if needs := p.NeedsOf(from); len(needs.Services) > 0 || len(needs.Internet) > 0 {
			return false
		}
	}
	return idleNAT(p, s).IsTrue()
}

// idleNAT says whether no route leads to any NAT gateway of the subnet's VPC: they are there for subnets like this one.
func idleNAT(p *rules.Pass, s *graph.Subnet) fact.Verdict {
	vpc, known := graph.Lookup(p.View, &p.VPCs, s.VPC)
	if vpc == nil {
		return fact.Wants(known.Missing...)
	}
	leadsThere := func(n *graph.NATGateway) fact.Verdict { return used(p, n) }
	return graph.Existing(p.View, vpc.NATGateways).Any(leadsThere).Not()
}
