package egress

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// serves says whether a route leads to the NAT gateway from a table that subnets use.
func serves(p *rules.Pass, n *graph.NATGateway) fact.Verdict {
	out := fact.No()
	for r := range p.Routes.All() {
		leads := leadsTo(p, r, n)
		if leads.IsFalse() {
			continue
		}
		table, known := graph.Lookup(p.View, &p.RouteTables, r.Table)
		if table != nil && !table.Main {
			known = graph.Existing(p.View, table.Associations).Empty().Not()
		}
		out = fact.Or(out, fact.And(leads, known))
	}
	if n.Exported != nil {
		out = fact.Or(out, fact.Wants(*n.Exported))
	}
	return fact.Or(out, fact.Doubt(p.Open))
}

// idleBeside finds a NAT gateway in the VPC of the subnet that serves nobody.
func idleBeside(p *rules.Pass, s *graph.Subnet) (idle fact.Verdict, which *graph.NATGateway) {
	idle = p.NATGatewaysBeside(s).Any(func(n *graph.NATGateway) fact.Verdict {
		v := serves(p, n).Not()
		if v.IsTrue() && which == nil {
			which = n
		}
		return v
	})
	return idle, which
}

// twin is a tenant of the same VPC whose subnet is named like that of from, but for a letter or a number, and that gets
// out through a NAT gateway.
func twin(p *rules.Pass, from rules.Sender) *graph.Subnet {
	for other := range p.Tenants(from.Tenancy().VPC) {
		s := other.Tenancy()
		if s == from.Tenancy() || series(s) != series(from.Tenancy()) {
			continue
		}
		way := p.Path(other, s, trace.Flow{To: trace.Internet(4)})
		if way.Reachable.IsTrue() && way.Via == "NAT gateway" {
			return s
		}
	}
	return nil
}

// series is what subnets of one purpose in several zones are called alike.
func series(s *graph.Subnet) string {
	words := slices.DeleteFunc(rules.Words(s.Address), func(w string) bool {
		return len(w) == 1 || slices.Contains([]string{"one", "two", "three", "first", "second", "third"}, w)
	})
	return strings.Join(words, " ")
}

// leadsAround reports the subnet of a tenant that leads to an internet gateway although a NAT gateway is there for it.
func leadsAround(p *rules.Pass, from rules.Sender) {
	subnet := from.Tenancy()
	path := p.Path(from, subnet, trace.Flow{To: trace.Internet(4)})
	table, explicit, _ := p.RouteTable(subnet)
	around := rules.StoppedBy(path, rules.AtGateway)
	if !around.IsFalse() {
		around = fact.And(around, p.IsolatedSubnet(subnet).Not())
	}
	idle, which := idleBeside(p, subnet)
	why := "NAT gateway %q serves no subnet"
	switch like := twin(p, from); {
	case around.IsFalse() || table == nil:
		p.Await(path.Reachable)
		p.Count(subnet.Address)
		return
	case which != nil:
		why = fmt.Sprintf(why, which.Address)
	case like != nil:
		idle, why = fact.Yes(), fmt.Sprintf("subnet %q beside it leads to a NAT gateway", like.Address)
	}
	resource, at := subnet.Address, subnet.Span
	switch {
	case explicit != nil && ofTenants(p, table, subnet):
		resource, at = table.Address, table.Span
	case explicit != nil:
		at = explicit.Span
	}
	p.Ask(fact.And(around, idle), resource, "", func() rules.Finding {
		return rules.Finding{
			Span: at, Severity: rules.Warning, Trace: from.Evidence(path.Result),
			Message: fmt.Sprintf("%s cannot reach the internet: the subnet leads to an internet gateway, which drops "+
				"packets of an interface without a public IPv4 address, while %s", from.Name(), why),
			Remedy: "point the default route of the subnet's route table at a NAT gateway, or associate the subnet " +
				"with a table that has one; if it is meant to be public, a name says so",
		}
	})
}

// ofTenants says whether all subnets that are associated with the table are of tenants.
func ofTenants(p *rules.Pass, table *graph.RouteTable, of *graph.Subnet) bool {
	tenancies := map[*graph.Subnet]bool{}
	for t := range p.Tenants(of.VPC) {
		tenancies[t.Tenancy()] = true
	}
	return graph.Existing(p.View, table.Associations).All(func(a *graph.RouteTableAssociation) fact.Verdict {
		s, _ := graph.Lookup(p.View, &p.Subnets, a.Subnet)
		return fact.Of(tenancies[s])
	}).IsTrue()
}
