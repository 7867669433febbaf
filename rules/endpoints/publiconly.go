package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reportPublicOnly reports the gateway endpoints that leave out the subnet of a tenant, and list none but tables that
// lead to an internet gateway themselves.
func reportPublicOnly(p *rules.Pass, tenant rules.Sender) {
	subnet := tenant.Tenancy()
	p.Count(subnet.Address)
	table, _, _ := p.RouteTable(subnet)
	if table == nil || isPublic(p, table).IsTrue() || !isUsed(p, subnet) {
		return
	}
	for _, service := range aws.GatewayServices() {
		for _, it := range p.EndpointsFor(subnet, "Gateway", service).Items {
			e := it.Value
			p.Ask(fact.And(p.Unlisted(subnet, service), listsPublicOnly(p, e)), e.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: e.At("RouteTableIds"), Severity: rules.Warning,
					Message: fmt.Sprintf("endpoint %q is of no use to %s: it lists only route tables that lead to an "+
						"internet gateway, and not %q", e.Address, tenant.Name(), table.Address),
					Remedy: "list the route tables of the private subnets in " + p.Word("RouteTableIds") +
						" of the endpoint",
				}
			})
		}
	}
}

// isUsed says whether anybody calls services from the subnet, as far as that shows: in a VPC with a NAT gateway, in a
// subnet that is named for code, and where an instance, a service of ECS or an interface endpoint is in it. Else it may
// hold nothing but databases.
func isUsed(p *rules.Pass, subnet *graph.Subnet) bool {
	is := func(ref graph.Ref[graph.Subnet]) fact.Verdict {
		return graph.Names(p.View, &p.Subnets, ref, subnet)
	}
	for i := range p.Instances.All() {
		if fact.And(p.Exists(i), is(i.Subnet)).IsTrue() {
			return true
		}
	}
	for s := range p.Services.All() {
		if fact.And(p.Exists(s), s.Subnets.In(p.World).Any(is)).IsTrue() {
			return true
		}
	}
	for e := range p.Endpoints.All() {
		if fact.And(p.Exists(e), e.Subnets.In(p.World).Any(is)).IsTrue() {
			return true
		}
	}
	return len(p.NATGatewaysBeside(subnet).Items) > 0 || rules.IsForCode(subnet)
}

// listsPublicOnly says whether the endpoint lists route tables, and all of them lead to an internet gateway.
func listsPublicOnly(p *rules.Pass, e *graph.VPCEndpoint) fact.Verdict {
	tables := graph.Resolve(p.View, &p.RouteTables, e.RouteTables)
	return fact.And(tables.Empty().Not(), tables.All(func(t *graph.RouteTable) fact.Verdict { return isPublic(p, t) }))
}

// isPublic says whether the table leads to an internet gateway.
func isPublic(p *rules.Pass, t *graph.RouteTable) fact.Verdict {
	routes, out := p.Trace.InternetRoute(t, 4)
	return fact.And(out, fact.Some(routes, func(r *graph.Route) fact.Verdict {
		return p.LeadsTo(r, func(to graph.Target) fact.Verdict { return fact.Of(to.Kind == graph.ToGateway) })
	}))
}
