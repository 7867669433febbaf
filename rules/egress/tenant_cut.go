package egress

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// cut is what a tenant's subnet lacks: an association, or a default route in its table.
type cut struct {
	resource, where string
	at              source.Span
	v               fact.Verdict
}

// cutOff says whether the subnet of a tenant leads nowhere although its VPC has a NAT gateway, and should lead there:
// under another condition it does, or one named alike does. What this deployment gives the subnet under a condition,
// nobody else gives it otherwise.
func cutOff(p *rules.Pass, from rules.Sender) cut {
	subnet := from.Tenancy()
	out := cut{resource: subnet.Address, at: subnet.Span}
	associations := graph.Existing(p.View, subnet.RouteTables)
	var table *graph.RouteTable
	meant := fact.No()
	if len(associations.Items) > 0 {
		table, out.v = graph.Lookup(p.View, &p.RouteTables, associations.Items[0].Value.Table)
		if table != nil {
			out.resource, out.at = table.Address, table.Span
			out.where = ownTable(table)
			meant = fact.Of(hasConditionalRoute(table))
		}
	} else {
		out.where = mainTable
		out.v = ownMissing(&subnet.Header, associations.Open)
		meant = fact.And(
			fact.Of(len(subnet.RouteTables.Items) > 0 || subnet.Exported == nil && twin(p, from) != nil),
			waitsForTable(p, subnet).Not(),
		)
		if vpc, known := p.VPC(subnet.VPC); vpc != nil && !out.v.IsFalse() {
			table, _ = graph.Lookup(p.View, &p.RouteTables, vpc.MainTable)
			out.v = fact.And(out.v, known)
		}
	}
	if table == nil {
		out.v = fact.And(out.v, fact.No())
		return out
	}
	out.v = fact.And(out.v, leadsNowhere(p, table))
	if !out.v.IsFalse() {
		out.v = fact.And(
			out.v, meant, p.NATGatewaysBeside(subnet).Empty().Not(), isolatedOnPurpose(p, subnet, table).Not(),
		)
	}
	return out
}

// ownMissing waits for the facts that do not merely say that others may add to the node.
func ownMissing(h *graph.Header, open []fact.Missing) fact.Verdict {
	return fact.Doubt(h.Own(open)).Not()
}

// hasConditionalRoute reports a table that gets a route in some cases only.
func hasConditionalRoute(t *graph.RouteTable) bool {
	for _, it := range t.Routes.Items {
		if !it.When.IsAlways() && !it.Value.Implicit {
			return true
		}
	}
	return false
}

// waitsForTable says whether a table of the VPC has a way out and no subnet: unassociated_route_table speaks of it.
func waitsForTable(p *rules.Pass, s *graph.Subnet) fact.Verdict {
	out := fact.No()
	for t := range p.RouteTables.All() {
		there := fact.And(p.Exists(t), fact.Of(!t.Main && !t.Implicit), graph.Same(p.View, &p.VPCs, t.VPC, s.VPC))
		if there.IsFalse() {
			continue
		}
		if _, leads := p.Trace.InternetRoute(t, 4); leads.IsTrue() || len(t.Own(leads.Missing)) > 0 {
			out = fact.Or(out, fact.And(there, leads, graph.Existing(p.View, t.Associations).Empty()))
		}
	}
	return out
}

// leadsNowhere says whether the table has no routes but those within its VPC and to gateway endpoints. Others who may
// add routes do not count.
func leadsNowhere(p *rules.Pass, t *graph.RouteTable) fact.Verdict {
	routes := graph.Existing(p.View, t.Routes)
	elsewhere := fact.Of(len(t.Propagations.Items) > 0)
	for _, it := range routes.Items {
		elsewhere = fact.Or(elsewhere, p.LeadsTo(it.Value, func(to graph.Target) fact.Verdict {
			return fact.Of(to.Kind != graph.ToLocal && (to.Kind != graph.ToEndpoint || !it.Value.Implicit))
		}))
	}
	return fact.And(elsewhere.Not(), ownMissing(&t.Header, routes.Open))
}

// isCut says so of the subnet of a tenant. Cases of a condition in which all is well with it do not count.
func isCut(p *rules.Pass, from rules.Sender) fact.Verdict { return cutOff(p, from).v }

// reportCut reports the subnet of a tenant that leads nowhere.
func reportCut(p *rules.Pass, from rules.Sender) {
	c := cutOff(p, from)
	p.Ask(c.v, c.resource, "", func() rules.Finding {
		return missingRoute(from.Tenancy(), c.at, rules.Warning, c.where)
	})
}
