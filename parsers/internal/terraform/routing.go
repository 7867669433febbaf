package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// routeTable reads aws_route_table.
func (l *lowering) routeTable(r *resource) { l.addTable(r, ref(l, r.get("vpc_id"), vpcs)) }

// defaultRouteTable reads aws_default_route_table, which adopts the table that a VPC was created with and takes all its
// routes away: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_route_table
func (l *lowering) defaultRouteTable(r *resource) {
	l.addTable(r, ownerOf(l, r.get("default_route_table_id")))
}

// ownerOf is the VPC whose default_… attribute v is. That of a default defined elsewhere is not known.
func ownerOf(l *lowering, v value.Value) graph.Ref[graph.VPC] {
	return read.Convert(l.symbols, v, func(v value.Value) graph.Ref[graph.VPC] {
		s, ok := l.symbols.Only(v.Text)
		if owner := l.resources[s.Address]; ok && owner != nil && !owner.Data {
			if _, ok := defaultOf(s.Address, s.Attribute); ok && vpcs.has(owner.Type, "id") {
				return fact.Known(graph.ID[graph.VPC](s.Address), v.Span)
			}
		}
		id := l.elsewhere(v.Text)
		return fact.Computed[graph.ID[graph.VPC]](v.Span, l.network.Missing(id))
	})
}

// addTable adds the table with the routes and propagations that are written on it.
func (l *lowering) addTable(r *resource, vpc graph.Ref[graph.VPC]) {
	n := &graph.RouteTable{Header: l.header(r), VPC: vpc}
	self := fact.Known(graph.ID[graph.RouteTable](r.Address), r.Span)
	routes := l.list(r.get("route"))
	n.Routes.Open = routes.Open
	for i, it := range routes.Items {
		h := l.part(r, "route["+strconv.Itoa(i)+"]", it.When, it.Span)
		l.addRoute(h, self, it.Value, "")
	}
	for i, it := range l.list(r.get("propagating_vgws")).Items {
		p := &graph.Propagation{Header: l.part(r, "propagating_vgws["+strconv.Itoa(i)+"]", it.When, it.Span), From: l.text(it.Value)}
		p.Tables.Append(self, it.Span)
		graph.Add(l.builder, &l.network.Propagations, p)
	}
	graph.Add(l.builder, &l.network.RouteTables, n)
}

func (l *lowering) route(r *resource) {
	l.addRoute(l.header(r), ref(l, r.get("route_table_id"), routeTables), r.config, "destination_")
}

// addRoute reads a route, whose ranges have names with a prefix where it is a resource of its own.
func (l *lowering) addRoute(h graph.Header, table graph.Ref[graph.RouteTable], v value.Value, prefix string) {
	n := &graph.Route{
		Header:      h,
		Table:       table,
		Destination: l.prefix(read.OrElse(l.written(v.Get(prefix+"cidr_block")), l.written(v.Get(prefix+"ipv6_cidr_block")))),
		PrefixList:  ref(l, v.Get("destination_prefix_list_id"), prefixLists),
	}
	// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route
	for _, t := range []struct {
		argument string
		kind     graph.TargetKind
		is       func(typ, attribute string) bool
	}{
		{"gateway_id", graph.ToGateway, isGateway},
		{"nat_gateway_id", graph.ToNATGateway, natGateways.has},
		{"egress_only_gateway_id", graph.ToEgressOnly, egressOnlyGateways.has},
		{"instance_id", graph.ToInstance, instances.has},
		{"network_interface_id", graph.ToNetworkInterface, isInterface},
		{"vpc_peering_connection_id", graph.ToPeering, peerings.has},
		{"transit_gateway_id", graph.ToTransitGateway, transitGateways.has},
		{"vpc_endpoint_id", graph.ToEndpoint, endpoints.has},
		{"carrier_gateway_id", graph.ToCarrier, isNothing},
		{"local_gateway_id", graph.ToLocalGateway, isNothing},
		{"core_network_arn", graph.ToCoreNetwork, isNothing},
		{"odb_network_arn", graph.ToODB, isNothing},
	} {
		l.addTarget(&n.Targets, v.Get(t.argument), t.kind, t.is)
	}
	graph.Add(l.builder, &l.network.Routes, n)
}

// written is v, or Absent in the cases in which it is the empty text, which is how a condition leaves an argument out:
// the provider does not send it.
func (l *lowering) written(v value.Value) value.Value {
	v = read.Expand(l.symbols, v)
	switch {
	case v.Kind == value.Text && v.Text == "":
		return value.Value{Span: v.Span}
	case v.Kind == value.Choice:
		return value.Either(v.When, l.written(*v.Then), l.written(*v.Else), v.Span)
	}
	return v
}

// addTarget adds what one argument of a route points at, under the conditions in which it is written.
func (l *lowering) addTarget(out *fact.List[fact.Value[graph.Target]], v value.Value, to graph.TargetKind, is func(typ, attribute string) bool) {
	flat := read.Cases(l.symbols, l.written(v))
	for _, gap := range flat.Open {
		out.Miss(gap.When, gap.Missing...)
	}
	for _, it := range flat.Items {
		target := read.Convert(l.symbols, it.Value, func(v value.Value) fact.Value[graph.Target] {
			switch {
			case v.Kind != value.Text:
				return notText[graph.Target](v)
			case to == graph.ToGateway && v.Text == "local":
				return fact.Known(graph.Target{Kind: graph.ToLocal}, v.Span)
			}
			id := l.identity(v.Text, is)
			return fact.Known(graph.Target{Kind: l.targetKind(to, id), ID: id}, v.Span)
		})
		out.AppendIf(it.When, target, it.Span)
	}
}

// targetKind corrects what an argument says by what it names: EC2 takes NAT gateways and egress-only gateways as
// GatewayId too, and the primary interface of an instance stands for the instance.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
func (l *lowering) targetKind(to graph.TargetKind, id string) graph.TargetKind {
	r := l.resources[id]
	if r == nil {
		return to
	}
	switch r.Type {
	case "aws_nat_gateway":
		return graph.ToNATGateway
	case "aws_egress_only_internet_gateway":
		return graph.ToEgressOnly
	case "aws_instance":
		return graph.ToInstance
	}
	return to
}

func isGateway(typ, attribute string) bool {
	return internetGateways.has(typ, attribute) || vpnGateways.has(typ, attribute) || natGateways.has(typ, attribute) || egressOnlyGateways.has(typ, attribute)
}

func isInterface(typ, attribute string) bool {
	return networkInterfaces.has(typ, attribute) || typ == "aws_instance" && attribute == "primary_network_interface_id"
}

func isNothing(string, string) bool { return false }

func (l *lowering) tableAssociation(r *resource) {
	graph.Add(l.builder, &l.network.RouteTableAssociations, &graph.RouteTableAssociation{
		Header:  l.header(r),
		Table:   ref(l, r.get("route_table_id"), routeTables),
		Subnet:  ref(l, r.get("subnet_id"), subnets),
		Gateway: l.text(r.get("gateway_id")),
	})
}

func (l *lowering) vpnPropagation(r *resource) { l.addPropagation(r, "vpn_gateway_id") }

func (l *lowering) routeServerPropagation(r *resource) { l.addPropagation(r, "route_server_id") }

func (l *lowering) addPropagation(r *resource, from string) {
	graph.Add(l.builder, &l.network.Propagations, &graph.Propagation{
		Header: l.header(r),
		Tables: refs(l, single(r.get("route_table_id")), routeTables),
		From:   l.text(r.get(from)),
	})
}

func (l *lowering) prefixList(r *resource) {
	n := &graph.PrefixList{Header: l.header(r)}
	n.Entries = read.Each(l.list(r.get("entry")), func(v value.Value) cidr { return l.prefix(v.Get("cidr")) })
	graph.Add(l.builder, &l.network.PrefixLists, n)
}

func (l *lowering) prefixListEntry(r *resource) {
	into(&l.network.PrefixLists, ref(l, r.get("prefix_list_id"), prefixLists), r,
		func(p *graph.PrefixList) *fact.List[cidr] { return &p.Entries }, l.prefix(r.get("cidr")))
}
