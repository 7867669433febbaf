package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// egress is what decides the egress rules of an awsec2.SecurityGroup.
type egress struct {
	// all is AllowAllOutbound: while it holds, CDK leaves out every other rule for IPv4.
	all *thing
}

// newSecurityGroup lets everything out over IPv4 unless told otherwise. A group that lets nothing out gets a rule that
// matches no packet, in place of the rule that AWS would add.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroup.html
func (f *frame) newSecurityGroup(m *made, props *thing) {
	m.typ = "AWS::EC2::SecurityGroup"
	if props.kind != structure {
		m.props = unknownOf(props).value()
		m.egress = &egress{unknownOf(props)}
		f.add(m)
		return
	}
	m.groups = []*thing{m.thing(m.span)}
	m.egress = &egress{props.get("AllowAllOutbound")}
	m.props = maps(m.span, value.Field{Name: "VpcId", NameSpan: props.place("Vpc"), Value: props.get("Vpc").vpcID()})
	at := props.place("AllowAllOutbound")
	rules := listOf(at)
	switch all := m.egress.all; {
	case all.kind == absent || all.isTrue():
		rules.Items = append(rules.Items, allow(at, "CidrIp", "0.0.0.0/0"))
	case all.kind == unknown:
		rules = all.value()
	}
	six := props.get("AllowAllIpv6Outbound")
	switch {
	case rules.Kind != value.List:
	case six.isTrue():
		rules.Items = append(rules.Items, allow(at, "CidrIpv6", "::/0"))
	case six.kind == unknown:
		rules.Open = []fact.Gap{{Missing: []fact.Missing{six.missing}}}
	}
	if rules.Kind == value.List && len(rules.Items) == 0 {
		rules.Items = append(rules.Items, maps(at, entry("IpProtocol", known("icmp", at)), entry("CidrIp", known("255.255.255.255/32", at)),
			entry("FromPort", known("252", at)), entry("ToPort", known("86", at))))
	}
	m.props.Fields = append(m.props.Fields, value.Field{Name: "SecurityGroupEgress", NameSpan: at, Value: rules})
	f.add(m)
}

func allow(at source.Span, property, cidr string) value.Value {
	return maps(at, entry("IpProtocol", known("-1", at)), entry(property, known(cidr, at)))
}

// vpcID is the identity of the VPC that t stands for.
func (t *thing) vpcID() value.Value {
	if t.kind == absent {
		return notKnown(t.span, fact.Missing{Kind: fact.Expression, Name: "Vpc", Span: t.span})
	}
	return t.value()
}

// addEgress is AddEgressRule(peer, port) on a group. CDK writes no rule where the group lets everything out.
func (f *frame) addEgress(group *thing, peer, port *thing, at source.Span) {
	if m := group.made; m != nil && m.egress != nil && m.typ != "" {
		if all := m.egress.all; all.kind == absent || all.isTrue() {
			if isIPv4(peer) {
				return
			}
		}
		m.dropDenial()
		m.append("SecurityGroupEgress", rule(peer, port, at, "Destination"))
		return
	}
	f.standalone(group, "AWS::EC2::SecurityGroupEgress", rule(peer, port, at, "Destination"), at)
}

// dropDenial takes away the rule that matches no packet: CDK does so with the first other rule.
func (m *made) dropDenial() {
	for i, f := range m.props.Fields {
		if f.Name == "SecurityGroupEgress" && len(f.Value.Items) > 0 && f.Value.Items[0].Get("IpProtocol").Text == "icmp" {
			m.props.Fields[i].Value.Items = f.Value.Items[1:]
		}
	}
}

func (f *frame) addIngress(group *thing, peer, port *thing, at source.Span) {
	r := rule(peer, port, at, "Source")
	if m := group.made; m != nil && m.egress != nil {
		m.append("SecurityGroupIngress", r)
		return
	}
	f.standalone(group, "AWS::EC2::SecurityGroupIngress", r, at)
}

// standalone is a rule of a group that is not made here.
func (f *frame) standalone(group *thing, typ string, r value.Value, at source.Span) {
	r.Fields = append(r.Fields, entry("GroupId", group.value()))
	m := &made{program: f.program, address: f.free("SecurityGroupRule", nil), span: at, typ: typ, when: f.when, props: r}
	f.add(m)
}

func isIPv4(peer *thing) bool {
	return peer.kind == construct || peer.kind == result && (peer.name == "awsec2.Peer_AnyIpv4" || peer.name == "awsec2.Peer_Ipv4" || peer.name == "awsec2.Peer_SecurityGroupId")
}

// rule is one rule as a property; the end that the peer names begins with the word direction.
func rule(peer, port *thing, at source.Span, direction string) value.Value {
	r := maps(at, ports(port, at)...)
	add := func(name string, v value.Value) { r.Fields = append(r.Fields, entry(name, v)) }
	switch {
	case peer.kind == construct && len(peer.made.groups) == 1:
		add(direction+"SecurityGroupId", peer.made.groups[0].value())
	case peer.kind == result && peer.name == "awsec2.Peer_AnyIpv4":
		add("CidrIp", known("0.0.0.0/0", at))
	case peer.kind == result && peer.name == "awsec2.Peer_AnyIpv6":
		add("CidrIpv6", known("::/0", at))
	case peer.kind == result && len(peer.args) > 0:
		add(map[string]string{
			"awsec2.Peer_Ipv4": "CidrIp", "awsec2.Peer_Ipv6": "CidrIpv6",
			"awsec2.Peer_PrefixList": direction + "PrefixListId", "awsec2.Peer_SecurityGroupId": direction + "SecurityGroupId",
		}[peer.name], peer.args[0].value())
	default:
		return notKnown(at, unknownOf(peer).missing)
	}
	if r.Fields[len(r.Fields)-1].Name == "" {
		return notKnown(at, unknownOf(peer).missing)
	}
	return r
}

// namedPorts are those that awsec2.Port has names for.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Port.html
var namedPorts = map[string]string{
	"awsec2.Port_HTTPS": "443", "awsec2.Port_HTTP": "80", "awsec2.Port_POSTGRES": "5432", "awsec2.Port_MYSQL_AURORA": "3306",
	"awsec2.Port_NFS": "2049", "awsec2.Port_MSSQL": "1433", "awsec2.Port_SSH": "22", "awsec2.Port_DNS_TCP": "53",
}

func ports(port *thing, at source.Span) []value.Field {
	of := func(protocol string, from, to value.Value) []value.Field {
		return []value.Field{entry("IpProtocol", known(protocol, at)), entry("FromPort", from), entry("ToPort", to)}
	}
	if port.kind == result {
		if n, ok := namedPorts[port.name]; ok {
			return of("tcp", known(n, at), known(n, at))
		}
		protocol, takes := "tcp", len(port.args)
		switch port.name {
		case "awsec2.Port_AllTraffic":
			return []value.Field{entry("IpProtocol", known("-1", at))}
		case "awsec2.Port_AllTcp":
			return of("tcp", known("0", at), known("65535", at))
		case "awsec2.Port_AllUdp":
			return of("udp", known("0", at), known("65535", at))
		case "awsec2.Port_Udp", "awsec2.Port_UdpRange":
			protocol = "udp"
		case "awsec2.Port_Tcp", "awsec2.Port_TcpRange":
		default:
			takes = 0
		}
		if takes > 0 {
			return of(protocol, port.args[0].value(), port.args[takes-1].value())
		}
	}
	missing := notKnown(at, unknownOf(port).missing)
	return []value.Field{entry("IpProtocol", missing), entry("FromPort", missing), entry("ToPort", missing)}
}
