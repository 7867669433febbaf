package cdkgo

import (
	"go/ast"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// routes makes the gateways of the VPC and the default routes to them.
func (l *layout) routes() {
	publics, privates := l.vpc.network.ofType(public), l.vpc.network.ofType(private)
	if !l.spec.NoInternetGateway && len(publics)+len(privates) > 0 {
		igw := l.vpc.addChild("IGW", "AWS::EC2::InternetGateway", l.at, mapOf(l.at))
		attachment := l.vpc.addChild("VPCGW", "AWS::EC2::VPCGatewayAttachment", l.at,
			l.inVPC(property("InternetGatewayId", igw.ref("", l.at))))
		for _, s := range publics {
			l.defaultRoute(s, "GatewayId", igw.ref("", l.at)).depends = []string{attachment.address}
			if l.spec.IPv6 {
				l.defaultRoute6(s, "GatewayId", igw.ref("", l.at))
			}
		}
		l.natRoutes(publics, privates, attachment)
	}
	if l.spec.IPv6 && len(privates) > 0 {
		eigw := l.vpc.addChild("EIGW6", "AWS::EC2::EgressOnlyInternetGateway", l.at, l.inVPC())
		for _, s := range privates {
			l.defaultRoute6(s, "EgressOnlyInternetGatewayId", eigw.ref("", l.at))
		}
	}
}

func (l *layout) defaultRoute(s *subnet, target string, to value.Value) *construct {
	return l.route(s, "DefaultRoute", "DestinationCidrBlock", "0.0.0.0/0", property(target, to))
}

func (l *layout) defaultRoute6(s *subnet, target string, to value.Value) {
	l.route(s, "DefaultRoute6", "DestinationIpv6CidrBlock", "::/0", property(target, to))
}

func (l *layout) route(s *subnet, name, destination, cidr string, target value.Field) *construct {
	return s.construct.addChild(name, "AWS::EC2::Route", l.at, mapOf(l.at,
		property("RouteTableId", s.table.ref("", l.at)), property(destination, value.One(cidr, l.at)), target))
}

// natRoutes puts NAT gateways into the first public subnets. Each private subnet routes to the gateway in its zone. The
// subnets in zones without a gateway share all gateways in turn.
func (l *layout) natRoutes(publics, privates []*subnet, attachment *construct) {
	var gateways []*construct
	byZone := map[int]*construct{}
	for _, s := range publics {
		isFull := len(gateways) == min(l.spec.NAT, l.spec.zoneCount())
		if isFull || l.spec.NATGroup != "" && s.group != l.spec.NATGroup {
			continue
		}
		g := l.natGateway(s, attachment)
		gateways = append(gateways, g)
		byZone[s.zone] = g
	}
	next := 0
	for _, s := range privates {
		switch g := byZone[s.zone]; {
		case len(gateways) == 0:
		case l.spec.OtherNAT:
			provider := fact.Missing{Kind: fact.Expression, Name: "NatGatewayProvider", Span: l.at}
			l.defaultRoute(s, "InstanceId", value.Computed(l.at, provider))
		case g != nil:
			l.defaultRoute(s, "NatGatewayId", g.ref("", l.at))
		default:
			l.defaultRoute(s, "NatGatewayId", gateways[next%len(gateways)].ref("", l.at))
			next++
		}
	}
}

// natGateway puts a NAT gateway into the subnet. Where another provider translates, it makes no resource and returns
// the VPC in its place, so that the zones with NAT are counted.
func (l *layout) natGateway(s *subnet, attachment *construct) *construct {
	if l.spec.OtherNAT {
		return l.vpc
	}
	eip := s.construct.addChild("EIP", "AWS::EC2::EIP", l.at, mapOf(l.at, property("Domain", value.One("vpc", l.at))))
	eip.depends = []string{attachment.address}
	g := s.construct.addChild("NATGateway", "AWS::EC2::NatGateway", l.at, mapOf(l.at,
		property("SubnetId", s.construct.ref("", l.at)), property("AllocationId", eip.ref("AllocationId", l.at))))
	g.depends = []string{attachment.address}
	return g
}

// routeTableOf is the route table of the subnet that v stands for.
func routeTableOf(v *val) value.Value {
	if v.form == owned && v.construct.subnet != nil {
		return v.construct.subnet.table.ref("", v.span)
	}
	return unknownFrom(v, v.span)
}

// addRouteTo adds a route to the table of a subnet.
func (f *frame) addRouteTo(subnet, id *val, at source.Span, fields ...value.Field) *construct {
	c := f.newConstruct(subnet, id, "awsec2.CfnRoute", at)
	table := property("RouteTableId", routeTableOf(subnet))
	f.addAs(c, "AWS::EC2::Route", append([]value.Field{table}, fields...)...)
	return c
}

// defaultRoute is a method of a subnet that adds a route for all addresses. target is the property for the gateway,
// which is the method's first argument.
func defaultRoute(target, destination string) methodFunc {
	destinationProperty := "DestinationCidrBlock"
	if strings.Contains(destination, ":") {
		destinationProperty = "DestinationIpv6CidrBlock"
	}
	return func(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
		at := f.span(call)
		f.addRouteTo(on, &val{form: text, text: "DefaultRoute"}, at,
			property(destinationProperty, value.One(destination, at)), property(target, args[0].property()))
		return nothing
	}
}

// routeTargets has the property of a route for each RouterType.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.RouterType.html
var routeTargets = map[string]string{
	"GATEWAY":                      "GatewayId",
	"NAT_GATEWAY":                  "NatGatewayId",
	"EGRESS_ONLY_INTERNET_GATEWAY": "EgressOnlyInternetGatewayId",
	"INSTANCE":                     "InstanceId",
	"NETWORK_INTERFACE":            "NetworkInterfaceId",
	"TRANSIT_GATEWAY":              "TransitGatewayId",
	"VPC_PEERING_CONNECTION":       "VpcPeeringConnectionId",
	"VPC_ENDPOINT":                 "VpcEndpointId",
	"CARRIER_GATEWAY":              "CarrierGatewayId",
	"LOCAL_GATEWAY":                "LocalGatewayId",
}

// addRoute is AddRoute(id, options) of a subnet. Without a destination the route is for all IPv4 addresses.
func addRoute(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	at := f.span(call)
	options := args[1]
	ipv4, ipv6 := options.get("DestinationCidrBlock").property(), options.get("DestinationIpv6CidrBlock").property()
	if ipv4.Kind == value.Absent && ipv6.Kind == value.Absent {
		ipv4 = value.One("0.0.0.0/0", at)
	}
	c := f.addRouteTo(on, args[0], at,
		property("DestinationCidrBlock", ipv4), property("DestinationIpv6CidrBlock", ipv6))
	target := property("GatewayId", unknownFrom(options, at))
	if name := routeTargets[options.get("RouterType").text]; name != "" {
		target = property(name, options.get("RouterId").property())
	}
	c.props.Fields = append(c.props.Fields, target)
	return nothing
}

// addNATGateway is AddNatGateway(eipAllocationId) of a public subnet.
func addNATGateway(f *frame, call *ast.CallExpr, on *val, args []*val) *val {
	at := f.span(call)
	c := f.newConstruct(on, &val{form: text, text: "NATGateway"}, "awsec2.CfnNatGateway", at)
	allocation := nothing.property()
	if len(args) > 0 {
		allocation = args[0].property()
	}
	if allocation.Kind == value.Absent {
		eip := c.addChild("EIP", "AWS::EC2::EIP", at, mapOf(at, property("Domain", value.One("vpc", at))))
		allocation = eip.ref("AllocationId", at)
	}
	f.addAs(c, "AWS::EC2::NatGateway", property("SubnetId", on.property()), property("AllocationId", allocation))
	return c.val(at)
}
