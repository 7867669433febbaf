package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *lowering) routeTable(r *resource) {
	d := decoded[ec2.RouteTable](l, r)
	add(l, &l.network.RouteTables, &graph.RouteTable{Header: l.header(r), VPC: ref(l, d.At(&d.P.VpcId), vpcs)})
}

func (l *lowering) subnetAssociation(r *resource) {
	d := decoded[ec2.SubnetRouteTableAssociation](l, r)
	add(l, &l.network.RouteTableAssociations, &graph.RouteTableAssociation{
		Header: l.header(r),
		Table:  ref(l, d.At(&d.P.RouteTableId), routeTables),
		Subnet: ref(l, d.At(&d.P.SubnetId), subnets),
	})
}

func (l *lowering) gatewayAssociation(r *resource) {
	d := decoded[ec2.GatewayRouteTableAssociation](l, r)
	add(l, &l.network.RouteTableAssociations, &graph.RouteTableAssociation{
		Header:  l.header(r),
		Table:   ref(l, d.At(&d.P.RouteTableId), routeTables),
		Gateway: d.Text(&d.P.GatewayId),
	})
}

func (l *lowering) vpnPropagation(r *resource) {
	d := decoded[ec2.VPNGatewayRoutePropagation](l, r)
	add(l, &l.network.Propagations, &graph.Propagation{
		Header: l.header(r),
		Tables: refs(l, d.At(&d.P.RouteTableIds), routeTables),
		From:   d.Text(&d.P.VpnGatewayId),
	})
}

// routeServerPropagation reads a type that is newer than the structs.
func (l *lowering) routeServerPropagation(r *resource) {
	add(l, &l.network.Propagations, &graph.Propagation{
		Header: l.header(r),
		Tables: refs(l, r.properties.Get("RouteTableId"), routeTables),
		From:   read.Text(l.symbols, r.properties.Get("RouteServerId")),
	})
}

func (l *lowering) prefixList(r *resource) {
	d := decoded[ec2.PrefixList](l, r)
	n := &graph.PrefixList{Header: l.header(r)}
	n.Entries = read.Each(decode.Items(d, &d.P.Entries), func(e *decode.Decoded[ec2.PrefixList_Entry]) cidr {
		return l.prefix(e.At(&e.P.Cidr))
	})
	add(l, &l.network.PrefixLists, n)
}

func (l *lowering) route(r *resource) {
	d := decoded[ec2.Route](l, r)
	p := d.P
	n := &graph.Route{
		Header:      l.header(r),
		Table:       ref(l, d.At(&p.RouteTableId), routeTables),
		Destination: l.prefix(read.OrElse(d.At(&p.DestinationCidrBlock), d.At(&p.DestinationIpv6CidrBlock))),
		PrefixList:  ref(l, d.At(&p.DestinationPrefixListId), prefixLists),
	}
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html
	for _, t := range []struct {
		property eval.Value
		kind     graph.TargetKind
		is       func(typ, attribute string) bool
	}{
		{d.At(&p.GatewayId), graph.ToGateway, isGateway},
		{d.At(&p.NatGatewayId), graph.ToNATGateway, natGateways.has},
		{d.At(&p.EgressOnlyInternetGatewayId), graph.ToEgressOnly, egressOnlyGateways.has},
		{d.At(&p.InstanceId), graph.ToInstance, instances.has},
		{d.At(&p.NetworkInterfaceId), graph.ToNetworkInterface, networkInterfaces.has},
		{d.At(&p.VpcPeeringConnectionId), graph.ToPeering, peerings.has},
		{d.At(&p.TransitGatewayId), graph.ToTransitGateway, transitGateways.has},
		{d.At(&p.VpcEndpointId), graph.ToEndpoint, endpoints.has},
		{d.At(&p.CarrierGatewayId), graph.ToCarrier, isNothing},
		{d.At(&p.LocalGatewayId), graph.ToLocalGateway, isNothing},
		{d.At(&p.CoreNetworkArn), graph.ToCoreNetwork, isNothing},
		{d.Extra("OdbNetworkArn"), graph.ToODB, isNothing},
	} {
		l.addTarget(&n.Targets, t.property, t.kind, t.is)
	}
	add(l, &l.network.Routes, n)
}

// addTarget adds what one property of a route points at, under the conditions in which it is written.
func (l *lowering) addTarget(out *fact.List[fact.Value[graph.Target]], v eval.Value, to graph.TargetKind, is func(typ, attribute string) bool) {
	flat := read.Cases(l.symbols, v)
	for _, gap := range flat.Open {
		out.Miss(gap.When, gap.Missing...)
	}
	for _, it := range flat.Items {
		target := read.FromText(l.symbols, it.Value, func(text string, span source.Span) fact.Value[graph.Target] {
			if to == graph.ToGateway && text == "local" {
				return fact.Known(graph.Target{Kind: graph.ToLocal}, span)
			}
			return fact.Known(graph.Target{Kind: to, ID: l.identity(text, is)}, span)
		})
		out.AppendIf(it.When, target, it.Span)
	}
}

func isGateway(typ, attribute string) bool {
	return internetGateways.has(typ, attribute) || vpnGateways.has(typ, attribute)
}

func isNothing(string, string) bool { return false }
