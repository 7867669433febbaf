package routes

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ranges are what the route is for: one range, or those of a customer's prefix list. That of a VPC itself is none.
func ranges(p *rules.Pass, r *graph.Route) (out []netip.Prefix) {
	if r.Implicit {
		return nil
	}
	if to, known := r.Destination.Get(p.World); known.IsTrue() {
		return []netip.Prefix{to.Masked()}
	}
	list, _ := graph.Lookup(p.View, &p.PrefixLists, r.PrefixList)
	if list == nil || list.Service != "" {
		return nil
	}
	for to := range fact.Certain(list.Entries, p.World) {
		out = append(out, to.Masked())
	}
	return out
}

// shadowed is a route of the table to all addresses of the family, in whose place another takes those of the range, or
// nil.
func shadowed(p *rules.Pass, table *graph.RouteTable, to netip.Prefix) *graph.Route {
	if to.Bits() == 0 {
		return nil
	}
	for _, it := range graph.Existing(p.View, table.Routes).Items {
		all, known := it.Value.Destination.Get(p.World)
		if known.IsTrue() && all.Bits() == 0 && all.Addr().Is4() == to.Addr().Is4() {
			return it.Value
		}
	}
	return nil
}
