package cdkgo

import (
	"go/ast"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func addGatewayEndpoint(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	m := f.make(on, args[0], "awsec2.GatewayVpcEndpoint", f.span(c))
	f.gatewayEndpointIn(m, on, args[1])
	return m.thing(m.span)
}

func addInterfaceEndpoint(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	m := f.make(on, args[0], "awsec2.InterfaceVpcEndpoint", f.span(c))
	f.interfaceEndpoint(m, on, args[1])
	return m.thing(m.span)
}

func selectSubnets(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	selection := nothing
	if len(args) > 0 {
		selection = args[0]
	}
	span := f.span(c)
	subnets := f.chosen(on, selection, span)
	return &thing{kind: structure, span: span, fields: []field{{"Subnets", span, subnets}, {"SubnetIds", span, subnets}}}
}

func ofType(typ string) func(*frame, *ast.CallExpr, *thing, []*thing) *thing {
	return func(f *frame, c *ast.CallExpr, on *thing, _ []*thing) *thing {
		n := networkOf(on)
		if n == nil || !n.isKnown() {
			return f.chosen(on, nothing, f.span(c))
		}
		return subnetList(n.ofType(typ), f.span(c))
	}
}

// vpnGateway attaches a gateway that adds routes by itself; to which tables is not followed.
func vpnGateway(f *frame, c *ast.CallExpr, on *thing, _ []*thing) *thing {
	at := f.span(c)
	m := &made{program: f.program, address: f.free("VpnGateway", nil), span: at, typ: "AWS::EC2::VPNGateway", when: f.when, props: maps(at)}
	f.add(m)
	m.under("VPCVPNGW", "AWS::EC2::VPCGatewayAttachment", at, maps(at, entry("VpcId", on.value()), entry("VpnGatewayId", m.ref("", at))))
	any := value.Value{Kind: value.Unknown, Span: at, Missing: []fact.Missing{{Kind: fact.Expression, Name: "the route tables of the VPN gateway", Span: at}}}
	m.under("RoutePropagation", "AWS::EC2::VPNGatewayRoutePropagation", at, maps(at, entry("VpnGatewayId", m.ref("", at)), entry("RouteTableIds", any)))
	return nothing
}

// tableOf is the route table of the subnet that t stands for.
func tableOf(t *thing) value.Value {
	if t.kind == construct && t.made.subnet != nil {
		return t.made.subnet.table.ref("", t.span)
	}
	return notKnown(t.span, unknownOf(t).missing)
}

func defaultRoute(target, to string) func(*frame, *ast.CallExpr, *thing, []*thing) *thing {
	destination := "DestinationCidrBlock"
	if strings.Contains(to, ":") {
		destination = "DestinationIpv6CidrBlock"
	}
	return func(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
		at := f.span(c)
		m := f.make(on, &thing{kind: text, text: "DefaultRoute"}, "awsec2.CfnRoute", at)
		m.typ = "AWS::EC2::Route"
		m.props = maps(at, entry("RouteTableId", tableOf(on)), entry(destination, known(to, at)), entry(target, args[0].value()))
		f.add(m)
		return nothing
	}
}

// routers has the property of a route for each RouterType.
var routers = map[string]string{
	"GATEWAY": "GatewayId", "NAT_GATEWAY": "NatGatewayId", "EGRESS_ONLY_INTERNET_GATEWAY": "EgressOnlyInternetGatewayId",
	"INSTANCE": "InstanceId", "NETWORK_INTERFACE": "NetworkInterfaceId", "TRANSIT_GATEWAY": "TransitGatewayId",
	"VPC_PEERING_CONNECTION": "VpcPeeringConnectionId", "VPC_ENDPOINT": "VpcEndpointId", "CARRIER_GATEWAY": "CarrierGatewayId",
	"LOCAL_GATEWAY": "LocalGatewayId",
}

// addRoute is AddRoute(id, options) of a subnet.
func addRoute(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	at := f.span(c)
	options := args[1]
	m := f.make(on, args[0], "awsec2.CfnRoute", at)
	m.typ = "AWS::EC2::Route"
	router := routers[options.get("RouterType").text]
	m.props = maps(at, entry("RouteTableId", tableOf(on)),
		entry("DestinationCidrBlock", options.get("DestinationCidrBlock").value()),
		entry("DestinationIpv6CidrBlock", options.get("DestinationIpv6CidrBlock").value()))
	if len(m.props.Fields) == 1 {
		m.props.Fields = append(m.props.Fields, entry("DestinationCidrBlock", known("0.0.0.0/0", at)))
	}
	if router == "" {
		m.props.Fields = append(m.props.Fields, entry("GatewayId", notKnown(at, unknownOf(options).missing)))
	} else {
		m.props.Fields = append(m.props.Fields, entry(router, options.get("RouterId").value()))
	}
	f.add(m)
	return nothing
}

func addNATGateway(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	at := f.span(c)
	m := f.make(on, &thing{kind: text, text: "NATGateway"}, "awsec2.CfnNatGateway", at)
	m.typ = "AWS::EC2::NatGateway"
	allocation := nothing.value()
	if len(args) > 0 {
		allocation = args[0].value()
	}
	if allocation.Kind == value.Absent {
		eip := m.under("EIP", "AWS::EC2::EIP", at, maps(at, entry("Domain", known("vpc", at))))
		allocation = eip.ref("AllocationId", at)
	}
	m.props = maps(at, entry("SubnetId", on.value()), entry("AllocationId", allocation))
	f.add(m)
	return m.thing(at)
}

// associateACL gives a subnet another network ACL; what that says is not followed.
func associateACL(f *frame, c *ast.CallExpr, on *thing, args []*thing) *thing {
	at := f.span(c)
	m := f.make(on, args[0], "awsec2.CfnSubnetNetworkAclAssociation", at)
	m.typ = "AWS::EC2::SubnetNetworkAclAssociation"
	m.props = maps(at, entry("SubnetId", on.value()), entry("NetworkAclId", notKnown(at, unknownOf(args[1]).missing)))
	f.add(m)
	return nothing
}
