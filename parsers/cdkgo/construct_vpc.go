package cdkgo

import (
	"go/ast"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// network is the subnets of a VPC construct. Where missing is set, the subnets are not known, because the VPC is
// imported or its layout is not followed; missing says why.
type network struct {
	vpc     *construct // nil for an imported VPC
	subnets []*subnet
	missing fact.Missing
}

// isKnown says whether subnets has all subnets of the VPC.
func (n *network) isKnown() bool { return n.missing == fact.Missing{} }

func (f *frame) newVPC(c *construct, props *val) {
	f.layOutVPC(c, specOf(props), props)
}

// layOutVPC makes all resources of an awsec2.Vpc. They have the ids that CDK gives them.
func (f *frame) layOutVPC(c *construct, s vpcSpec, props *val) {
	l := &layout{frame: f, spec: &s, at: c.span, vpc: c}
	c.typ = "AWS::EC2::VPC"
	c.network = &network{vpc: c}
	c.props = l.vpcProperties(props)
	f.add(c)
	if s.Why != "" {
		c.network.missing = s.missing(c)
		f.exports.leaveOpen(c.address, c.network.missing)
		return
	}
	if s.IPv6 {
		c.addChild("ipv6cidr", "AWS::EC2::VPCCidrBlock", l.at,
			l.inVPC(property("AmazonProvidedIpv6CidrBlock", value.One("true", l.at))))
	}
	l.subnets()
	l.routes()
	endpoints := props.get("GatewayEndpoints")
	for _, e := range endpoints.fields {
		id := &val{form: text, text: e.name}
		endpoint := f.newConstruct(c.val(c.span), id, "awsec2.GatewayVpcEndpoint", e.value.span)
		f.gatewayEndpoint(endpoint, c.val(endpoint.span), e.value)
	}
	hasVPN := !props.get("VpnGateway").isFalse() || props.get("VpnConnections").form != absent ||
		props.get("VpnGatewayAsn").form != absent
	if endpoints.form == unknown || hasVPN {
		l.leaveRoutesOpen("a VPN gateway or endpoints of "+c.address, props)
	}
}

// layout is a VPC whose resources are being made. All of them stand where the VPC is constructed.
type layout struct {
	*frame
	spec *vpcSpec
	at   source.Span
	vpc  *construct
}

// inVPC are the properties of a resource that has the id of the VPC beside these fields.
func (l *layout) inVPC(fields ...value.Field) value.Value {
	return mapOf(l.at, append([]value.Field{property("VpcId", l.vpc.ref("", l.at))}, fields...)...)
}

// vpcProperties are those of the AWS::EC2::VPC itself.
func (l *layout) vpcProperties(props *val) value.Value {
	if props.form == unknown {
		return props.property()
	}
	cidr := value.One(l.spec.CIDR, l.at)
	if l.spec.CIDR == "" {
		cidr = value.Computed(l.at, l.missingAttribute("CidrBlock"))
	}
	tenancy := l.propOr(props, "DefaultInstanceTenancy", "default")
	switch tenancy.Text {
	case "DEDICATED":
		tenancy.Text = "dedicated"
	case "DEFAULT":
		tenancy.Text = "default"
	case "HOST":
		tenancy.Text = "host"
	}
	support, hostnames := l.propOr(props, "EnableDnsSupport", "true"), l.propOr(props, "EnableDnsHostnames", "true")
	return mapOf(l.at,
		property("CidrBlock", cidr),
		propertyAt("InstanceTenancy", props.spanOf("DefaultInstanceTenancy"), tenancy),
		propertyAt("EnableDnsSupport", props.spanOf("EnableDnsSupport"), support),
		propertyAt("EnableDnsHostnames", props.spanOf("EnableDnsHostnames"), hostnames))
}

// propOr is the prop of that name, or the default of the construct where it is not written.
func (l *layout) propOr(props *val, name, byDefault string) value.Value {
	if v := props.get(name).property(); v.Kind != value.Absent {
		return v
	}
	return value.One(byDefault, l.at)
}

func (l *layout) missingAttribute(name string) fact.Missing {
	return fact.Missing{Kind: fact.Attribute, Name: l.vpc.address + "." + name, Span: l.at}
}

// subnets makes a subnet of each group in each zone. A reserved group only keeps its addresses free.
func (l *layout) subnets() {
	for _, g := range l.spec.Groups {
		if g.Reserved {
			continue
		}
		for zone := range l.spec.zoneCount() {
			l.subnet(g, zone)
		}
	}
}

// subnet makes the subnet of a group in a zone, with its route table.
func (l *layout) subnet(g subnetGroup, zone int) {
	isPublic := g.Type == public
	onLaunch := value.One(strconv.FormatBool(isPublic && !l.spec.IPv6), l.at)
	if g.PublicIP != "" {
		onLaunch = value.One(g.PublicIP, l.at)
	}
	tag := mapOf(l.at,
		property("Key", value.One("aws-cdk:subnet-type", l.at)), property("Value", value.One(tagOf(g.Type), l.at)))
	props := l.inVPC(
		property("AvailabilityZone", value.One(l.zoneName(zone), l.at)),
		property("CidrBlock", value.Computed(l.at, l.missingAttribute("CidrBlock"))),
		property("MapPublicIpOnLaunch", onLaunch),
		property("Tags", value.ListOf(l.at, tag)),
	)
	if l.spec.IPv6 {
		ipv6 := value.Computed(l.at, l.missingAttribute("Ipv6CidrBlocks"))
		props.Fields = append(props.Fields, property("Ipv6CidrBlock", ipv6))
	}
	c := l.vpc.addChild(g.Name+"Subnet"+strconv.Itoa(zone+1), "AWS::EC2::Subnet", l.at, props)
	c.goType = "awsec2.PrivateSubnet"
	if isPublic {
		c.goType = "awsec2.PublicSubnet"
	}
	c.subnet = &subnet{construct: c, group: g.Name, subnetType: g.Type, zone: zone}
	c.addRouteTable(l.inVPC())
	l.vpc.network.subnets = append(l.vpc.network.subnets, c.subnet)
}

// tagOf is what CDK writes into the tag aws-cdk:subnet-type.
func tagOf(subnetType string) string {
	return map[string]string{public: "Public", private: "Private", isolated: "Isolated"}[subnetType]
}

// zoneName is the name of the i-th zone, or a token where the account decides which zone that is.
func (l *layout) zoneName(i int) string {
	if i < len(l.spec.Zones) {
		return l.spec.Zones[i]
	}
	key := "AZ[" + strconv.Itoa(i) + "]"
	missing := fact.Missing{Kind: fact.Attribute, Name: key, Span: l.at}
	return l.symbols.Intern(symbol.Symbol{Key: key, Single: true, Missing: missing})
}

// leaveRoutesOpen says that the construct makes more than is known here. That may route from any subnet of the VPC.
func (l *layout) leaveRoutesOpen(what string, props *val) {
	m := fact.Missing{Kind: fact.Expression, Name: what, Span: props.span}
	l.exports.leaveOpen(l.vpc.address, m)
	for _, s := range l.vpc.network.subnets {
		l.exports.leaveOpen(s.table.address, m)
	}
}

// vpnGateway is EnableVpnGateway(options) or AddVpnConnection(id, options) of a VPC. The gateway adds routes by itself.
// Which tables it adds them to is not followed.
func vpnGateway(f *frame, call *ast.CallExpr, vpc *val, _ []*val) *val {
	at := f.span(call)
	c := f.addImplicit("VpnGateway", "AWS::EC2::VPNGateway", at, mapOf(at))
	c.addChild("VPCVPNGW", "AWS::EC2::VPCGatewayAttachment", at, mapOf(at,
		property("VpcId", vpc.property()), property("VpnGatewayId", c.ref("", at))))
	missing := fact.Missing{Kind: fact.Expression, Name: "the route tables of the VPN gateway", Span: at}
	tables := value.NotKnown(at, missing)
	c.addChild("RoutePropagation", "AWS::EC2::VPNGatewayRoutePropagation", at, mapOf(at,
		property("VpnGatewayId", c.ref("", at)), property("RouteTableIds", tables)))
	return nothing
}

// newPrivateZone makes an awsroute53.PrivateHostedZone, which answers for its name within the VPC.
func (f *frame) newPrivateZone(c *construct, props *val) {
	vpc := mapOf(c.span, property("VPCId", props.get("Vpc").vpcReference()))
	f.addAs(c, "AWS::Route53::HostedZone",
		property("Name", props.get("ZoneName").property()), property("VPCs", value.ListOf(c.span, vpc)))
}
