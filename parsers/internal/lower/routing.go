package lower

import (
	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) routeTable(r *Resource, d *decode.Decoded[ec2.RouteTable]) {
	n := &graph.RouteTable{Header: l.header(r), VPC: Ref(l, d.At(&d.P.VpcId), VPCs)}
	n.Routes.Open = r.Parts["Routes"].Open
	add(l, &l.network.RouteTables, n)
}

func (l *Deployment) association(r *Resource, d *decode.Decoded[ec2.SubnetRouteTableAssociation]) {
	add(l, &l.network.RouteTableAssociations, &graph.RouteTableAssociation{
		Header: l.header(r),
		Table:  Owner(l, d.At(&d.P.RouteTableId), RouteTables),
		Subnet: Owner(l, d.At(&d.P.SubnetId), Subnets),
	})
}

func (l *Deployment) vpnPropagation(r *Resource, d *decode.Decoded[ec2.VPNGatewayRoutePropagation]) {
	add(l, &l.network.Propagations, &graph.Propagation{
		Header: l.header(r),
		Tables: owners(l, d.At(&d.P.RouteTableIds), RouteTables),
		From:   d.Text(&d.P.VpnGatewayId),
	})
}

func (l *Deployment) routeServerPropagation(r *Resource, d *decode.Decoded[routeServerPropagation]) {
	add(l, &l.network.Propagations, &graph.Propagation{
		Header: l.header(r),
		Tables: owners(l, d.At(&d.P.RouteTableId), RouteTables),
		From:   d.Text(&d.P.RouteServerId),
	})
}

func (l *Deployment) prefixList(r *Resource, d *decode.Decoded[ec2.PrefixList]) {
	n := &graph.PrefixList{Header: l.header(r)}
	n.Entries = read.Each(decode.Items(d, &d.P.Entries), func(e *decode.Decoded[ec2.PrefixList_Entry]) cidr {
		return l.prefix(e.At(&e.P.Cidr))
	})
	add(l, &l.network.PrefixLists, n)
}

func (l *Deployment) route(r *Resource, d *decode.Decoded[route]) {
	p := d.P
	v4, v6 := d.At(&p.DestinationCidrBlock), d.At(&p.DestinationIpv6CidrBlock)
	n := &graph.Route{
		Header:      l.header(r),
		Table:       Owner(l, d.At(&p.RouteTableId), RouteTables),
		Destination: l.prefix(read.OrElse(v4, v6)),
		PrefixList:  Ref(l, d.At(&p.DestinationPrefixListId), PrefixLists),
	}
	switch {
	case v6.Kind == value.Absent && v4.Kind != value.Absent:
		n.Family = 4
	case v4.Kind == value.Absent && v6.Kind != value.Absent:
		n.Family = 6
	}
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html
	for _, t := range []struct {
		property value.Value
		kind     graph.TargetKind
		kinds    []aws.Kind
	}{
		{d.At(&p.GatewayId), graph.ToGateway, []aws.Kind{aws.InternetGateway, aws.VPNGateway}},
		{d.At(&p.NatGatewayId), graph.ToNATGateway, []aws.Kind{aws.NATGateway}},
		{d.At(&p.EgressOnlyInternetGatewayId), graph.ToEgressOnly, []aws.Kind{aws.EgressOnlyGateway}},
		{d.At(&p.InstanceId), graph.ToInstance, []aws.Kind{aws.Instance}},
		{d.At(&p.NetworkInterfaceId), graph.ToNetworkInterface, []aws.Kind{aws.NetworkInterface}},
		{d.At(&p.VpcPeeringConnectionId), graph.ToPeering, []aws.Kind{aws.PeeringConnection}},
		{d.At(&p.TransitGatewayId), graph.ToTransitGateway, []aws.Kind{aws.TransitGateway}},
		{d.At(&p.VpcEndpointId), graph.ToEndpoint, []aws.Kind{aws.VPCEndpoint}},
		{d.At(&p.CarrierGatewayId), graph.ToCarrier, nil},
		{d.At(&p.LocalGatewayId), graph.ToLocalGateway, nil},
		{d.At(&p.CoreNetworkArn), graph.ToCoreNetwork, nil},
		{d.At(&p.OdbNetworkArn), graph.ToODB, nil},
	} {
		l.addTarget(&n.Targets, t.property, t.kind, t.kinds)
	}
	add(l, &l.network.Routes, n)
}

// addTarget adds what one property of a route points at, under the conditions in which it is written. Nothing follows
// from several values in place of one: Terraform 0.11 made one list of nested ones and took an element of it.
func (l *Deployment) addTarget(
	out *fact.List[fact.Value[graph.Target]], v value.Value, to graph.TargetKind, kinds []aws.Kind,
) {
	if l.isSeveral(v) {
		out.Miss(fact.Always(), fact.Missing{Kind: fact.Intrinsic, Name: "a list in place of one target", Span: v.Span})
		return
	}
	flat := read.Cases(l.symbols, v)
	for _, gap := range flat.Open {
		out.Miss(gap.When, gap.Missing...)
	}
	for _, it := range flat.Items {
		if it.Value.Kind == value.Text && it.Value.Text == "" {
			continue // as good as not written
		}
		target := read.FromText(l.symbols, it.Value, func(text string, span source.Span) fact.Value[graph.Target] {
			if to == graph.ToGateway && text == "local" {
				return fact.Known(graph.Target{Kind: graph.ToLocal}, span)
			}
			return fact.Known(graph.Target{Kind: to, ID: l.identity(text, kinds...)}, span)
		})
		out.AppendIf(it.When, target, it.Span)
	}
}

// isSeveral says whether v may be a list of more than one element.
func (l *Deployment) isSeveral(v value.Value) bool {
	v = read.Expand(l.symbols, v)
	if v.Kind == value.Choice {
		return l.isSeveral(*v.Then) || l.isSeveral(*v.Else)
	}
	return v.Kind == value.List && (len(v.Items) > 1 || len(v.Items) == 1 && l.isSeveral(v.Items[0]))
}
