package terraform

import (
	"net/netip"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

var routeShape = lower.Shape("AWS::EC2::Route")

// routeTable gives the table, and the routes and propagations that are written on it.
func (x *expansion) routeTable(r *resource) []*lower.Resource {
	var out []*lower.Resource
	routes := x.list(r.get("route"))
	r.stated.Parts = map[string]fact.List[*lower.Resource]{"Routes": {Open: routes.Open}}
	for i, it := range routes.Items {
		route := x.inside(it.Value, routeShape, "aws_route_table.route")
		set(&route, "RouteTableId", self(r))
		out = append(out, x.toTargets(part(r, "route["+strconv.Itoa(i)+"]", it.When, it.Span, "AWS::EC2::Route", route)))
	}
	for i, it := range x.list(r.get("propagating_vgws")).Items {
		propagation := made(it.Span, "RouteTableIds", address(r.Address, it.Span), "VpnGatewayId", it.Value)
		path := "propagating_vgws[" + strconv.Itoa(i) + "]"
		out = append(out, part(r, path, it.When, it.Span, "AWS::EC2::VPNGatewayRoutePropagation", propagation))
	}
	return append(out, r.stated)
}

// defaultRouteTable expands aws_default_route_table, which adopts the table that a VPC was created with and takes all its
// routes away: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_route_table
func (x *expansion) defaultRouteTable(r *resource) []*lower.Resource {
	set(&r.stated.Properties, "VpcId", x.ownerOf(r.get("default_route_table_id")))
	return x.routeTable(r)
}

// ownerOf is the VPC whose default_… attribute v is. That of a default defined elsewhere is not known.
func (x *expansion) ownerOf(v value.Value) value.Value {
	return x.mapText(v, func(v value.Value) value.Value {
		s, ok := x.symbols.Only(v.Text)
		if _, isDefault := defaultOf(s.Address, s.Attribute); ok && isDefault && aws.KindOf(x.typeOf(s.Address)) == aws.VPC {
			return address(s.Address, v.Span)
		}
		missing := x.network.Missing(x.nodes.Elsewhere(v.Text))
		return value.Value{Kind: value.Unknown, Set: true, Span: v.Span, Missing: []fact.Missing{missing}}
	})
}

func (x *expansion) route(r *resource) []*lower.Resource {
	return []*lower.Resource{x.toTargets(r.stated)}
}

// toTargets corrects what an argument says by what it names: EC2 takes NAT gateways and egress-only gateways as GatewayId
// too, and the primary interface of an instance stands for the instance.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
func (x *expansion) toTargets(route *lower.Resource) *lower.Resource {
	x.move(&route.Properties, "GatewayId", "NatGatewayId", aws.NATGateway, false)
	x.move(&route.Properties, "GatewayId", "EgressOnlyInternetGatewayId", aws.EgressOnlyGateway, false)
	x.move(&route.Properties, "NetworkInterfaceId", "InstanceId", aws.Instance, false)
	return route
}

func (x *expansion) prefixListEntry(r *resource) {
	entry := lower.Prefix(x.nodes, r.get("cidr"))
	into(&x.network.PrefixLists, ref(x, r.get("prefix_list_id"), lower.PrefixLists), r,
		func(p *graph.PrefixList) *fact.List[fact.Value[netip.Prefix]] { return &p.Entries }, entry)
}
