package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NATUnused tells of NAT gateways that no route leads to. Where a table leads to one but serves no subnet, or a
// function's subnet lacks the route, unassociated_route_table and nat_route_missing say so instead.
var NATUnused = &rules.Rule{
	Name:     "nat_unused",
	Severity: rules.Note,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.NATGateways, func(p *rules.Pass, n *graph.NATGateway) {
			p.Report(fact.And(used(p, n).Not(), leavesSubnetCut(p, n).Not()), rules.Finding{
				Resource: n.Address,
				Span:     n.Span,
				Message:  fmt.Sprintf("NAT gateway %q is paid for by the hour, but no route leads to it", n.Address),
				Remedy:   "add a default route through it to the private subnets' route tables, or remove it",
			})
		})
	},
}

// used says whether some route leads to the NAT gateway. One whose identity leaves the deployment, or that stands in a
// VPC from elsewhere, may be used elsewhere.
func used(p *rules.Pass, n *graph.NATGateway) fact.Verdict {
	vs := []fact.Verdict{fact.No()}
	for r := range p.Routes.All() {
		vs = append(vs, leadsTo(p, r, n))
	}
	if n.Exported != nil {
		vs = append(vs, fact.Wants(*n.Exported))
	}
	if _, home := graph.Lookup(p.View, &p.VPCs, p.HomeOf(n)); home.IsUnknown() {
		vs = append(vs, home)
	}
	return fact.Or(append(vs, fact.Doubt(p.Open))...)
}

// leadsTo says whether the route exists and its target is the NAT gateway. A NAT gateway that an expression without a
// known value names may be any.
func leadsTo(p *rules.Pass, r *graph.Route, n *graph.NATGateway) fact.Verdict {
	return fact.And(p.Exists(r), p.LeadsTo(r, func(t graph.Target) fact.Verdict {
		if open, isOpen := p.Foreign[t.ID]; isOpen && t.Kind == graph.ToNATGateway {
			return fact.Wants(open)
		}
		return fact.Of(t.ID == n.Address)
	}))
}

// leavesSubnetCut says whether a subnet in the NAT gateway's VPC, a function's or one that is meant for some, has no
// way out, which nat_route_missing or public_subnet_only reports.
func leavesSubnetCut(p *rules.Pass, n *graph.NATGateway) fact.Verdict {
	vs := []fact.Verdict{fact.No()}
	for from := range p.Senders() {
		if from.Compute != trace.Hyperplane {
			continue // nat_route_missing does not speak of it
		}
		for _, path := range look(p, from, trace.Internet(4)).paths {
			vpc, _ := graph.Lookup(p.View, &p.VPCs, path.Subnet.VPC)
			if vpc == nil {
				continue
			}
			for _, it := range graph.Existing(p.View, vpc.NATGateways).Items {
				if it.Value == n {
					vs = append(vs, rules.StoppedBy(path, rules.AtTable))
				}
			}
		}
	}
	for tenant := range p.Tenants(p.HomeOf(n)) {
		path := p.Path(tenant, tenant.Tenancy(), trace.Flow{To: trace.Internet(4)})
		if rules.StoppedBy(path, rules.AtGateway).IsTrue() || cutOff(p, tenant).v.IsTrue() {
			return fact.Yes()
		}
	}
	return fact.Or(vs...)
}
