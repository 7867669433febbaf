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
	vpc     *made // nil for one from elsewhere
	subnets []*subnet
	missing fact.Missing
}

// isKnown says that all subnets are here.
func (n *network) isKnown() bool { return n.missing == fact.Missing{} }

// subnet is one subnet with its route table.
type subnet struct {
	made, table *made
	group, typ  string
	zone        int
}

func (n *network) ofType(typ string) []*subnet {
	var out []*subnet
	for _, s := range n.subnets {
		if s.typ == typ {
			out = append(out, s)
		}
	}
	return out
}

func (f *frame) newVPC(m *made, props *thing) {
	f.layVPC(m, specOf(props), props)
}

// layVPC makes the resources that the construct makes, under the same names.
func (f *frame) layVPC(m *made, s vpcSpec, props *thing) {
	l := &layout{frame: f, spec: &s, at: m.span, vpc: m}
	m.typ = "AWS::EC2::VPC"
	m.network = &network{vpc: m}
	m.props = l.properties(props)
	f.add(m)
	if s.Why != "" {
		m.network.missing = s.missing(m)
		f.leaving.whole = append(f.leaving.whole, leaver{m.address, m.network.missing})
		return
	}
	if s.IPv6 {
		m.under("ipv6cidr", "AWS::EC2::VPCCidrBlock", l.at, l.of(entry("AmazonProvidedIpv6CidrBlock", known("true", l.at))))
	}
	l.subnets()
	l.routes()
	for _, g := range props.get("GatewayEndpoints").fields {
		f.gatewayEndpoint(f.make(m.thing(m.span), &thing{kind: text, text: g.name}, "awsec2.GatewayVpcEndpoint", g.value.span), m.network, g.value)
	}
	if props.get("GatewayEndpoints").kind == unknown || !props.get("VpnGateway").isFalse() || props.get("VpnConnections").kind != absent || props.get("VpnGatewayAsn").kind != absent {
		l.unseen("a VPN gateway or endpoints of "+m.address, props)
	}
}

// layout is a VPC that is being made.
type layout struct {
	*frame
	spec *vpcSpec
	at   source.Span
	vpc  *made
}

// of are properties that name the VPC.
func (l *layout) of(fields ...value.Field) value.Value {
	return maps(l.at, append([]value.Field{entry("VpcId", l.vpc.ref("", l.at))}, fields...)...)
}

func (l *layout) properties(props *thing) value.Value {
	if props.kind == unknown {
		return props.value()
	}
	prop := func(name, from, byDefault string) value.Field {
		v := props.get(from).value()
		if v.Kind == value.Absent {
			v = known(byDefault, l.at)
		}
		return value.Field{Name: name, NameSpan: props.place(from), Value: v}
	}
	cidr := known(l.spec.CIDR, l.at)
	if l.spec.CIDR == "" {
		cidr = notKnown(l.at, l.attribute("CidrBlock"))
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
	return maps(l.at, entry("CidrBlock", cidr), tenancy,
		prop("EnableDnsSupport", "EnableDnsSupport", "true"), prop("EnableDnsHostnames", "EnableDnsHostnames", "true"))
}

func (l *layout) attribute(name string) fact.Missing {
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
	tag := maps(l.at, entry("Key", known("aws-cdk:subnet-type", l.at)), entry("Value", known(tagOf(g.Type), l.at)))
	props := l.of(
		entry("AvailabilityZone", known(l.zone(i), l.at)),
		entry("CidrBlock", notKnown(l.at, l.attribute("CidrBlock"))),
		entry("MapPublicIpOnLaunch", onLaunch),
		entry("Tags", listOf(l.at, tag)),
	)
	if l.spec.IPv6 {
		props.Fields = append(props.Fields, entry("Ipv6CidrBlock", notKnown(l.at, l.attribute("Ipv6CidrBlocks"))))
	}
	m := l.vpc.under(g.Name+"Subnet"+strconv.Itoa(i+1), "AWS::EC2::Subnet", l.at, props)
	s := &subnet{made: m, group: g.Name, typ: g.Type, zone: i}
	s.table = m.under("RouteTable", "AWS::EC2::RouteTable", l.at, l.of())
	m.under("RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation", l.at, maps(l.at,
		entry("SubnetId", m.ref("", l.at)), entry("RouteTableId", s.table.ref("", l.at))))
	m.subnet = s
	m.goType = map[bool]string{true: "awsec2.PublicSubnet", false: "awsec2.PrivateSubnet"}[g.Type == public]
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
	if !l.spec.Closed && len(publics)+len(privates) > 0 {
		igw := l.vpc.under("IGW", "AWS::EC2::InternetGateway", l.at, maps(l.at))
		attachment := l.vpc.under("VPCGW", "AWS::EC2::VPCGatewayAttachment", l.at, l.of(entry("InternetGatewayId", igw.ref("", l.at))))
		for _, s := range publics {
			l.defaultRoute(s, "GatewayId", igw.ref("", l.at)).depends = []string{attachment.address}
			if l.spec.IPv6 {
				l.defaultRoute6(s, "GatewayId", igw.ref("", l.at))
			}
		}
		l.translate(publics, privates, attachment)
	}
	if l.spec.IPv6 && len(privates) > 0 {
		eigw := l.vpc.under("EIGW6", "AWS::EC2::EgressOnlyInternetGateway", l.at, l.of())
		for _, s := range privates {
			l.defaultRoute6(s, "EgressOnlyInternetGatewayId", eigw.ref("", l.at))
		}
	}
}

func (l *layout) defaultRoute(s *subnet, target string, to value.Value) *made {
	return s.made.under("DefaultRoute", "AWS::EC2::Route", l.at, maps(l.at,
		entry("RouteTableId", s.table.ref("", l.at)), entry("DestinationCidrBlock", known("0.0.0.0/0", l.at)), entry(target, to)))
}

func (l *layout) defaultRoute6(s *subnet, target string, to value.Value) {
	s.made.under("DefaultRoute6", "AWS::EC2::Route", l.at, maps(l.at,
		entry("RouteTableId", s.table.ref("", l.at)), entry("DestinationIpv6CidrBlock", known("::/0", l.at)), entry(target, to)))
}

// translate puts NAT gateways into the first public subnets and routes each private subnet to the one in its zone, or
// else to each in turn.
func (l *layout) translate(publics, privates []*subnet, attachment *made) {
	var gateways []*made
	byZone := map[int]*made{}
	for _, s := range publics {
		if len(gateways) == min(l.spec.NAT, l.spec.zoneCount()) || l.spec.NATs != "" && s.group != l.spec.NATs {
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
func (l *layout) natGateway(s *subnet, attachment *made) *made {
	if l.spec.Router == otherNAT {
		return l.vpc
	}
	eip := s.made.under("EIP", "AWS::EC2::EIP", l.at, maps(l.at, entry("Domain", known("vpc", l.at))))
	eip.depends = []string{attachment.address}
	g := s.made.under("NATGateway", "AWS::EC2::NatGateway", l.at, maps(l.at,
		entry("SubnetId", s.made.ref("", l.at)), entry("AllocationId", eip.ref("AllocationId", l.at))))
	g.depends = []string{attachment.address}
	return g
}

// unseen says that the construct makes more than is known here, which may route anywhere within the VPC.
func (l *layout) unseen(what string, props *thing) {
	m := fact.Missing{Kind: fact.Expression, Name: what, Span: props.span}
	l.leaving.whole = append(l.leaving.whole, leaver{l.vpc.address, m})
	for _, s := range l.vpc.network.subnets {
		l.leaving.whole = append(l.leaving.whole, leaver{s.table.address, m})
	}
}
