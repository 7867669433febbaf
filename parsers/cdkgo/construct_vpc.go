package cdkgo

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// network is what a VPC construct holds. Of one from elsewhere, or of unknown layout, missing says why no subnet is here.
type network struct {
	vpc     *construct // nil for one from elsewhere
	subnets []*subnet
	missing fact.Missing
}

// isKnown says that all subnets are here.
func (n *network) isKnown() bool { return n.missing == fact.Missing{} }

// subnet is one subnet with its route table.
type subnet struct {
	made, table       *construct
	group, subnetType string
	zone              int
}

func (n *network) ofType(typ string) []*subnet {
	var out []*subnet
	for _, s := range n.subnets {
		if s.subnetType == typ {
			out = append(out, s)
		}
	}
	return out
}

func (f *frame) newVPC(c *construct, props *val) {
	f.layOutVPC(c, specOf(props), props)
}

// layVPC makes the resources that the construct makes, under the same names.
func (f *frame) layOutVPC(c *construct, s vpcSpec, props *val) {
	l := &layout{frame: f, spec: &s, at: c.span, vpc: c}
	c.typ = "AWS::EC2::VPC"
	c.network = &network{vpc: c}
	c.props = l.vpcProperties(props)
	f.add(c)
	if s.Why != "" {
		c.network.missing = s.missing(c)
		f.exports.resources = append(f.exports.resources, exported{c.address, c.network.missing})
		return
	}
	if s.IPv6 {
		c.addChild("ipv6cidr", "AWS::EC2::VPCCidrBlock", l.at, l.inVPC(property("AmazonProvidedIpv6CidrBlock", known("true", l.at))))
	}
	l.subnets()
	l.routes()
	for _, g := range props.get("GatewayEndpoints").fields {
		f.gatewayEndpoint(f.newConstruct(c.val(c.span), &val{kind: text, text: g.name}, "awsec2.GatewayVpcEndpoint", g.value.span), c.network, g.value)
	}
	if props.get("GatewayEndpoints").kind == unknown || !props.get("VpnGateway").isFalse() || props.get("VpnConnections").kind != absent || props.get("VpnGatewayAsn").kind != absent {
		l.leaveRoutesOpen("a VPN gateway or endpoints of "+c.address, props)
	}
}

// layout is a VPC that is being made.
type layout struct {
	*frame
	spec *vpcSpec
	at   source.Span
	vpc  *construct
}

// of are properties that name the VPC.
func (l *layout) inVPC(fields ...value.Field) value.Value {
	return mapOf(l.at, append([]value.Field{property("VpcId", l.vpc.ref("", l.at))}, fields...)...)
}

func (l *layout) vpcProperties(props *val) value.Value {
	if props.kind == unknown {
		return props.property()
	}
	prop := func(name, from, byDefault string) value.Field {
		v := props.get(from).property()
		if v.Kind == value.Absent {
			v = known(byDefault, l.at)
		}
		return value.Field{Name: name, NameSpan: props.spanOf(from), Value: v}
	}
	cidr := known(l.spec.CIDR, l.at)
	if l.spec.CIDR == "" {
		cidr = notKnown(l.at, l.missingAttribute("CidrBlock"))
	}
	tenancy := prop("InstanceTenancy", "DefaultInstanceTenancy", "default")
	switch tenancy.Value.Text {
	case "DEDICATED":
		tenancy.Value.Text = "dedicated"
	case "DEFAULT":
		tenancy.Value.Text = "default"
	case "HOST":
		tenancy.Value.Text = "host"
	}
	return mapOf(l.at, property("CidrBlock", cidr), tenancy,
		prop("EnableDnsSupport", "EnableDnsSupport", "true"), prop("EnableDnsHostnames", "EnableDnsHostnames", "true"))
}

func (l *layout) missingAttribute(name string) fact.Missing {
	return fact.Missing{Kind: fact.Attribute, Name: l.vpc.address + "." + name, Span: l.at}
}

func (l *layout) subnets() {
	for _, g := range l.spec.Groups {
		if g.Reserved {
			continue
		}
		for i := range l.spec.zoneCount() {
			l.subnet(g, i)
		}
	}
}

// tagOf is what CDK writes into the tag aws-cdk:subnet-type.
func tagOf(typ string) string {
	return map[string]string{public: "Public", private: "Private", isolated: "Isolated"}[typ]
}

func (l *layout) subnet(g subnetGroup, i int) {
	onLaunch := known(strconv.FormatBool(g.Type == public && !l.spec.IPv6), l.at)
	if g.PublicIP != "" {
		onLaunch = known(g.PublicIP, l.at)
	}
	tag := mapOf(l.at, property("Key", known("aws-cdk:subnet-type", l.at)), property("Value", known(tagOf(g.Type), l.at)))
	props := l.inVPC(
		property("AvailabilityZone", known(l.zone(i), l.at)),
		property("CidrBlock", notKnown(l.at, l.missingAttribute("CidrBlock"))),
		property("MapPublicIpOnLaunch", onLaunch),
		property("Tags", listOf(l.at, tag)),
	)
	if l.spec.IPv6 {
		props.Fields = append(props.Fields, property("Ipv6CidrBlock", notKnown(l.at, l.missingAttribute("Ipv6CidrBlocks"))))
	}
	c := l.vpc.addChild(g.Name+"Subnet"+strconv.Itoa(i+1), "AWS::EC2::Subnet", l.at, props)
	s := &subnet{made: c, group: g.Name, subnetType: g.Type, zone: i}
	s.table = c.addChild("RouteTable", "AWS::EC2::RouteTable", l.at, l.inVPC())
	c.addChild("RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation", l.at, mapOf(l.at,
		property("SubnetId", c.ref("", l.at)), property("RouteTableId", s.table.ref("", l.at))))
	c.subnet = s
	c.goType = map[bool]string{true: "awsec2.PublicSubnet", false: "awsec2.PrivateSubnet"}[g.Type == public]
	l.vpc.network.subnets = append(l.vpc.network.subnets, s)
}

// zone is the i-th zone: a name, or a symbol for one that the account decides.
func (l *layout) zone(i int) string {
	if i < len(l.spec.Zones) {
		return l.spec.Zones[i]
	}
	key := "AZ[" + strconv.Itoa(i) + "]"
	return l.symbols.Intern(symbol.Symbol{Key: key, Single: true, Missing: fact.Missing{Kind: fact.Attribute, Name: key, Span: l.at}})
}

// routes makes the gateways and the default routes to them.
func (l *layout) routes() {
	publics, privates := l.vpc.network.ofType(public), l.vpc.network.ofType(private)
	if !l.spec.NoInternetGateway && len(publics)+len(privates) > 0 {
		igw := l.vpc.addChild("IGW", "AWS::EC2::InternetGateway", l.at, mapOf(l.at))
		attachment := l.vpc.addChild("VPCGW", "AWS::EC2::VPCGatewayAttachment", l.at, l.inVPC(property("InternetGatewayId", igw.ref("", l.at))))
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
	return s.made.addChild("DefaultRoute", "AWS::EC2::Route", l.at, mapOf(l.at,
		property("RouteTableId", s.table.ref("", l.at)), property("DestinationCidrBlock", known("0.0.0.0/0", l.at)), property(target, to)))
}

func (l *layout) defaultRoute6(s *subnet, target string, to value.Value) {
	s.made.addChild("DefaultRoute6", "AWS::EC2::Route", l.at, mapOf(l.at,
		property("RouteTableId", s.table.ref("", l.at)), property("DestinationIpv6CidrBlock", known("::/0", l.at)), property(target, to)))
}

// translate puts NAT gateways into the first public subnets and routes each private subnet to the one in its zone, or
// else to each in turn.
func (l *layout) natRoutes(publics, privates []*subnet, attachment *construct) {
	var gateways []*construct
	byZone := map[int]*construct{}
	for _, s := range publics {
		if len(gateways) == min(l.spec.NAT, l.spec.zoneCount()) || l.spec.NATGroup != "" && s.group != l.spec.NATGroup {
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
		case l.spec.Router == otherNAT:
			l.defaultRoute(s, "InstanceId", notKnown(l.at, fact.Missing{Kind: fact.Expression, Name: "NatGatewayProvider", Span: l.at}))
		case g != nil:
			l.defaultRoute(s, "NatGatewayId", g.ref("", l.at))
		default:
			l.defaultRoute(s, "NatGatewayId", gateways[next%len(gateways)].ref("", l.at))
			next++
		}
	}
}

// natGateway is nothing that becomes a resource where the subnets are served by something else.
func (l *layout) natGateway(s *subnet, attachment *construct) *construct {
	if l.spec.Router == otherNAT {
		return l.vpc
	}
	eip := s.made.addChild("EIP", "AWS::EC2::EIP", l.at, mapOf(l.at, property("Domain", known("vpc", l.at))))
	eip.depends = []string{attachment.address}
	g := s.made.addChild("NATGateway", "AWS::EC2::NatGateway", l.at, mapOf(l.at,
		property("SubnetId", s.made.ref("", l.at)), property("AllocationId", eip.ref("AllocationId", l.at))))
	g.depends = []string{attachment.address}
	return g
}

// unseen says that the construct makes more than is known here, which may route anywhere within the VPC.
func (l *layout) leaveRoutesOpen(what string, props *val) {
	m := fact.Missing{Kind: fact.Expression, Name: what, Span: props.span}
	l.exports.resources = append(l.exports.resources, exported{l.vpc.address, m})
	for _, s := range l.vpc.network.subnets {
		l.exports.resources = append(l.exports.resources, exported{s.table.address, m})
	}
}
