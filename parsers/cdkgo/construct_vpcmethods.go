package cdkgo

import (
	"go/ast"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func addGatewayEndpoint(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	c := f.newConstruct(on, args[0], "awsec2.GatewayVpcEndpoint", f.span(call))
	f.gatewayEndpointIn(c, on, args[1])
	return c.val(c.span)
}

func addInterfaceEndpoint(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	c := f.newConstruct(on, args[0], "awsec2.InterfaceVpcEndpoint", f.span(call))
	f.interfaceEndpoint(c, on, args[1])
	return c.val(c.span)
}

func selectSubnets(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	selection := nothing
	if len(args) > 0 {
		selection = args[0]
	}
	span := f.span(call)
	subnets := f.selectedSubnets(on, selection, span)
	return &val{kind: structure, span: span, fields: []field{{"Subnets", span, subnets}, {"SubnetIds", span, subnets}}}
}

func ofType(typ string) func(*frame, *ast.CallExpr, *val, []*val) *val {
	return func(f *frame, call *ast.CallExpr, on *val, _ []*val) *val {
		n := networkOf(on)
		if n == nil || !n.isKnown() {
			return f.selectedSubnets(on, nothing, f.span(call))
		}
		return subnetList(n.ofType(typ), f.span(call))
	}
}

// vpnGateway attaches a gateway that adds routes by itself; to which tables is not followed.
func vpnGateway(f *frame, call *ast.CallExpr, on *val, _ []*val) *val {
	at := f.span(call)
	c := &construct{program: f.program, address: f.freeAddress("VpnGateway", nil), span: at, typ: "AWS::EC2::VPNGateway", when: f.when, props: mapOf(at)}
	f.add(c)
	c.addChild("VPCVPNGW", "AWS::EC2::VPCGatewayAttachment", at, mapOf(at, property("VpcId", on.property()), property("VpnGatewayId", c.ref("", at))))
	any := value.Value{Kind: value.Unknown, Span: at, Missing: []fact.Missing{{Kind: fact.Expression, Name: "the route tables of the VPN gateway", Span: at}}}
	c.addChild("RoutePropagation", "AWS::EC2::VPNGatewayRoutePropagation", at, mapOf(at, property("VpnGatewayId", c.ref("", at)), property("RouteTableIds", any)))
	return nothing
}

// tableOf is the route table of the subnet that t stands for.
func routeTableOf(v *val) value.Value {
	if v.kind == owned && v.construct.subnet != nil {
		return v.construct.subnet.table.ref("", v.span)
	}
	return notKnown(v.span, unknownOf(v).missing)
}

func defaultRoute(target, to string) func(*frame, *ast.CallExpr, *val, []*val) *val {
	destination := "DestinationCidrBlock"
	if strings.Contains(to, ":") {
		destination = "DestinationIpv6CidrBlock"
	}
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		at := f.span(call)
		c := f.newConstruct(on, &val{kind: text, text: "DefaultRoute"}, "awsec2.CfnRoute", at)
		c.typ = "AWS::EC2::Route"
		c.props = mapOf(at, property("RouteTableId", routeTableOf(on)), property(destination, known(to, at)), property(target, args[0].property()))
		f.add(c)
		return nothing
	}
}

// routers has the property of a route for each RouterType.
var routeTargets = map[string]string{
	"GATEWAY": "GatewayId", "NAT_GATEWAY": "NatGatewayId", "EGRESS_ONLY_INTERNET_GATEWAY": "EgressOnlyInternetGatewayId",
	"INSTANCE": "InstanceId", "NETWORK_INTERFACE": "NetworkInterfaceId", "TRANSIT_GATEWAY": "TransitGatewayId",
	"VPC_PEERING_CONNECTION": "VpcPeeringConnectionId", "VPC_ENDPOINT": "VpcEndpointId", "CARRIER_GATEWAY": "CarrierGatewayId",
	"LOCAL_GATEWAY": "LocalGatewayId",
}

// addRoute is AddRoute(id, options) of a subnet.
func addRoute(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	at := f.span(call)
	options := args[1]
	c := f.newConstruct(on, args[0], "awsec2.CfnRoute", at)
	c.typ = "AWS::EC2::Route"
	router := routeTargets[options.get("RouterType").text]
	c.props = mapOf(at, property("RouteTableId", routeTableOf(on)),
		property("DestinationCidrBlock", options.get("DestinationCidrBlock").property()),
		property("DestinationIpv6CidrBlock", options.get("DestinationIpv6CidrBlock").property()))
	if len(c.props.Fields) == 1 {
		c.props.Fields = append(c.props.Fields, property("DestinationCidrBlock", known("0.0.0.0/0", at)))
	}
	if router == "" {
		c.props.Fields = append(c.props.Fields, property("GatewayId", notKnown(at, unknownOf(options).missing)))
	} else {
		c.props.Fields = append(c.props.Fields, property(router, options.get("RouterId").property()))
	}
	f.add(c)
	return nothing
}

func addNATGateway(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	at := f.span(call)
	c := f.newConstruct(on, &val{kind: text, text: "NATGateway"}, "awsec2.CfnNatGateway", at)
	c.typ = "AWS::EC2::NatGateway"
	allocation := nothing.property()
	if len(args) > 0 {
		allocation = args[0].property()
	}
	if allocation.Kind == value.Absent {
		eip := c.addChild("EIP", "AWS::EC2::EIP", at, mapOf(at, property("Domain", known("vpc", at))))
		allocation = eip.ref("AllocationId", at)
	}
	c.props = mapOf(at, property("SubnetId", on.property()), property("AllocationId", allocation))
	f.add(c)
	return c.val(at)
}

// associateACL gives a subnet another network ACL; what that says is not followed.
func associateACL(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	at := f.span(call)
	c := f.newConstruct(on, args[0], "awsec2.CfnSubnetNetworkAclAssociation", at)
	c.typ = "AWS::EC2::SubnetNetworkAclAssociation"
	c.props = mapOf(at, property("SubnetId", on.property()), property("NetworkAclId", notKnown(at, unknownOf(args[1]).missing)))
	f.add(c)
	return nothing
}
