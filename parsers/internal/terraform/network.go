package terraform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

var routeShape = lower.Shape("AWS::EC2::Route")

// routeTable gives the table, and the routes and propagations that are written on it.
func (x *expansion) routeTable(r *resource) []*lower.Resource {
	var out []*lower.Resource
	routes := x.list(r.get("route"))
	r.stated.Parts = map[string]fact.List[*lower.Resource]{"Routes": {Open: routes.Open}}
	seen := map[string]bool{}
	for i, it := range routes.Items {
		if key, ok := sameBlock(it); ok {
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		route := x.inside(it.Value, routeShape, "aws_route_table.route")
		set(&route, "RouteTableId", self(r))
		stated := part(r, "route["+strconv.Itoa(i)+"]", it.When, it.Span, "AWS::EC2::Route", route)
		out = append(out, x.toTargets(stated))
	}
	for i, it := range x.list(r.get("propagating_vgws")).Items {
		propagation := made(it.Span, "RouteTableIds", value.One(r.Address, it.Span), "VpnGatewayId", it.Value)
		path := "propagating_vgws[" + strconv.Itoa(i) + "]"
		out = append(out, part(r, path, it.When, it.Span, "AWS::EC2::VPNGatewayRoutePropagation", propagation))
	}
	return append(out, r.stated)
}

// sameBlock is equal for blocks that are one: the routes of a table are a set, in which a second one with the same
// arguments is none. ok is false where that is not certain.
func sameBlock(block fact.Item[value.Value]) (key string, ok bool) {
	var arguments []string
	for _, f := range block.Value.Fields {
		switch f.Value.Kind {
		case value.Absent:
		case value.Text:
			if f.Value.Text != "" {
				arguments = append(arguments, fmt.Sprintf("%s=%q", f.Name, f.Value.Text))
			}
		default:
			return "", false
		}
	}
	slices.Sort(arguments)
	return strings.Join(arguments, " "), block.Value.Kind == value.Map && block.When.IsAlways()
}

// defaultRouteTable expands aws_default_route_table, which adopts the table that a VPC was created with and takes all
// its routes away: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_route_table
func (x *expansion) defaultRouteTable(r *resource) []*lower.Resource {
	set(&r.stated.Properties, "VpcId", x.ownerOf(r.get("default_route_table_id")))
	return x.routeTable(r)
}

// ownerOf is the VPC whose default_… attribute v is. That of a default defined elsewhere is not known.
func (x *expansion) ownerOf(v value.Value) value.Value {
	return x.mapText(v, func(v value.Value) value.Value {
		s, ok := x.symbols.Only(v.Text)
		_, isDefault := defaultOf(s.Address, s.Attribute)
		if ok && isDefault && aws.KindOf(x.typeOf(s.Address)) == aws.VPC {
			return value.One(s.Address, v.Span)
		}
		missing := x.network.Missing(x.nodes.Elsewhere(v.Text))
		return value.Computed(v.Span, missing)
	})
}

func (x *expansion) route(r *resource) []*lower.Resource {
	return []*lower.Resource{x.toTargets(r.stated)}
}

// toTargets corrects what an argument says by what it names: EC2 takes NAT gateways and egress-only gateways as
// GatewayId too, and the primary interface of an instance stands for the instance.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
func (x *expansion) toTargets(route *lower.Resource) *lower.Resource {
	route.Before = map[string]value.Value{"GatewayId": route.Get("GatewayId")}
	x.move(&route.Properties, "GatewayId", "NatGatewayId", aws.NATGateway, false)
	x.move(&route.Properties, "GatewayId", "EgressOnlyInternetGatewayId", aws.EgressOnlyGateway, false)
	x.move(&route.Properties, "NetworkInterfaceId", "InstanceId", aws.Instance, false)
	return route
}

// internetGateway expands aws_internet_gateway, which vpc_id attaches.
func (x *expansion) internetGateway(r *resource) []*lower.Resource {
	return x.attachedGateway(r, "InternetGatewayId")
}

func (x *expansion) vpnGateway(r *resource) []*lower.Resource {
	return x.attachedGateway(r, "VpnGatewayId")
}

func (x *expansion) attachedGateway(r *resource, property string) []*lower.Resource {
	vpc := r.get("vpc_id")
	if vpc.Kind == value.Absent {
		return []*lower.Resource{r.stated}
	}
	attachment := made(vpc.Span, "VpcId", x.written(vpc), property, self(r))
	return []*lower.Resource{
		r.stated, part(r, "vpc_id", fact.Always(), vpc.Span, "AWS::EC2::VPCGatewayAttachment", attachment),
	}
}

// addressed is an Elastic IP or what ties one to something. The primary interface of an instance stands for the
// instance.
func (x *expansion) addressed(r *resource) []*lower.Resource {
	x.move(&r.stated.Properties, "NetworkInterfaceId", "InstanceId", aws.Instance, true)
	return []*lower.Resource{r.stated}
}

// peering is accepted at once with auto_accept, which only works within one account and Region, or by an accepter.
// Without either, someone else may accept one to another account, Region or program.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection
func (x *expansion) peering(r *resource) {
	x.network.Peerings.Get(graph.ID[graph.Peering](r.Address)).Accepted = x.acceptedByItself(r)
}

// acceptedByItself says whether the connection is active without an accepter. One within an account and Region, to a
// VPC of this program, waits for ever if it says nothing about that.
func (x *expansion) acceptedByItself(r *resource) fact.Value[bool] {
	peer, ok := x.symbols.Only(r.get("peer_vpc_id").Text)
	here := ok && aws.VPC.IsIdentity(x.typeOf(peer.Address), peer.Attribute)
	if here && r.get("peer_owner_id").Kind == value.Absent && r.get("peer_region").Kind == value.Absent {
		return accepted(x, r, r.Address, fact.Known(false, r.Span))
	}
	return accepted(x, r, r.Address, acceptedElsewhere(r, r.Address))
}

// accepted is true where r accepts the connection at address, silent where it says nothing, and else not known.
func accepted(x *expansion, r *resource, address string, silent fact.Value[bool]) fact.Value[bool] {
	said := fact.Map(x.bool(r.get("auto_accept")), func(yes bool, span source.Span) fact.Value[bool] {
		if yes {
			return fact.Known(true, span)
		}
		return acceptedElsewhere(r, address)
	})
	return fact.Otherwise(said, silent)
}

func acceptedElsewhere(r *resource, address string) fact.Value[bool] {
	missing := fact.Missing{Kind: fact.Resource, Name: "acceptance of " + address, Span: r.Span}
	return fact.NotKnown[bool](r.Span, missing)
}

// endpoint reads the subnets of subnet_configuration blocks as those that subnet_ids would have.
func (x *expansion) endpoint(r *resource) []*lower.Resource {
	configured := x.opened(r.get("subnet_configuration"))
	if configured.Kind != value.Absent && !read.Flatten(x.symbols, r.stated.Get("SubnetIds")).IsSet {
		ids := mapItems(configured, func(v value.Value) value.Value { return x.written(v.Get("subnet_id")) })
		set(&r.stated.Properties, "SubnetIds", ids)
	}
	return []*lower.Resource{r.stated}
}
