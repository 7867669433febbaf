// Package routes holds the rules about route tables themselves, whoever uses them.
package routes

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("routes", files,
	BlackholeRoute,
	InternetGatewayUnattached,
	GatewayAttachmentRace,
	UnassociatedRouteTable,
	ImplicitMainTable,
	DuplicateRoute,
	UnclearRouteTarget,
	TwoRouteTables,
	RouteDestinationFamily,
	ShadowedRoute,
)

// destination names where a route goes, as a person writes it.
func destination(p *rules.Pass, r *graph.Route) string {
	if prefix, ok := r.Destination.Get(p.World); ok.IsTrue() {
		return prefix.String()
	}
	if list, ok := r.PrefixList.Get(p.World); ok.IsTrue() {
		return "prefix list " + string(list)
	}
	return "its destination"
}

// behind lists the senders and functions with a subnet that uses the table the route is in.
func behind(p *rules.Pass, ref graph.Ref[graph.RouteTable]) []string {
	table, _ := graph.Lookup(p.View, &p.RouteTables, ref)
	if table == nil {
		return nil
	}
	return p.Inside(func(s *graph.Subnet) bool {
		used, _, _ := p.RouteTable(s)
		return used == table
	})
}
