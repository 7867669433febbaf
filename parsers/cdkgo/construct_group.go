package cdkgo

import (
	"go/ast"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// newSecurityGroup makes an awsec2.SecurityGroup.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroup.html
func (f *frame) newSecurityGroup(c *construct, props *val) {
	c.typ = "AWS::EC2::SecurityGroup"
	if props.form != structure {
		c.props = unknownOf(props).property()
		c.allOutbound = unknownOf(props)
		f.add(c)
		return
	}
	c.groups = []*val{c.val(c.span)}
	c.allOutbound = props.get("AllowAllOutbound")
	at := props.spanOf("AllowAllOutbound")
	c.props = mapOf(c.span,
		propertyAt("VpcId", props.spanOf("Vpc"), props.get("Vpc").vpcReference()),
		propertyAt("SecurityGroupEgress", at, initialEgress(c.allOutbound, props.get("AllowAllIpv6Outbound"), at)))
	f.add(c)
}

// initialEgress are the rules that the construct begins with. It lets everything out over IPv4 unless told otherwise. A
// group that lets nothing out gets a rule that matches no packet, in place of the rule that AWS would add.
func initialEgress(allIPv4, allIPv6 *val, at source.Span) value.Value {
	rules := value.ListOf(at)
	switch {
	case allIPv4.form == absent || allIPv4.isTrue():
		rules.Items = append(rules.Items, allow(at, "CidrIp", "0.0.0.0/0"))
	case allIPv4.form == unknown:
		return allIPv4.property()
	}
	switch {
	case allIPv6.isTrue():
		rules.Items = append(rules.Items, allow(at, "CidrIpv6", "::/0"))
	case allIPv6.form == unknown:
		rules.Open = []fact.Gap{{Missing: []fact.Missing{allIPv6.missing}}}
	}
	if len(rules.Items) == 0 {
		rules.Items = append(rules.Items, mapOf(at,
			property("IpProtocol", value.One("icmp", at)), property("CidrIp", value.One("255.255.255.255/32", at)),
			property("FromPort", value.One("252", at)), property("ToPort", value.One("86", at))))
	}
	return rules
}

// allow is a rule for all protocols. name says which property the range is written in.
func allow(at source.Span, name, cidr string) value.Value {
	return mapOf(at, property("IpProtocol", value.One("-1", at)), property(name, value.One(cidr, at)))
}

// vpcReference is the id of the VPC that v stands for.
func (v *val) vpcReference() value.Value {
	if v.form == absent {
		return value.Computed(v.span, fact.Missing{Kind: fact.Expression, Name: "Vpc", Span: v.span})
	}
	return v.property()
}

// securityGroupsOf are the groups of a function or an endpoint: those of its props, or one that CDK makes for it.
func (f *frame) securityGroupsOf(c *construct, props *val) *val {
	groups := props.get("SecurityGroups")
	if single := props.get("SecurityGroup"); groups.form == absent && single.form != absent {
		groups = &val{form: list, span: single.span, items: []*val{single}}
	}
	if groups.form == absent || groups.form == list && len(groups.items) == 0 {
		groups = &val{form: list, span: c.span, items: []*val{f.ownSecurityGroup(c, props)}}
	}
	if groups.form == list {
		c.groups = groups.items
	} else {
		c.groups = []*val{groups}
	}
	return groups
}

// ownSecurityGroup is the group that CDK makes for a function or an endpoint without one.
func (f *frame) ownSecurityGroup(c *construct, props *val) *val {
	own := &construct{
		program: f.program, address: f.freeAddress(c.address+"/SecurityGroup", nil), span: c.span,
		goType: "awsec2.SecurityGroup", when: c.when, implicit: true,
	}
	f.newSecurityGroup(own, &val{form: structure, span: c.span, fields: []field{
		{"Vpc", c.span, props.get("Vpc")},
		{"AllowAllOutbound", props.spanOf("AllowAllOutbound"), props.get("AllowAllOutbound")},
		{"AllowAllIpv6Outbound", props.spanOf("AllowAllIpv6Outbound"), props.get("AllowAllIpv6Outbound")},
	}})
	return own.val(c.span)
}

// addEgressRule is AddEgressRule(peer, port).
func addEgressRule(f *frame, call *ast.CallExpr, group *val, args []*val) *val {
	f.addEgress(group, args[0], args[1], f.span(call))
	return nothing
}

// addIngressRule is AddIngressRule(peer, port).
func addIngressRule(f *frame, call *ast.CallExpr, group *val, args []*val) *val {
	f.addIngress(group, args[0], args[1], f.span(call))
	return nothing
}

// addEgress lets the group out to the peer. CDK writes no rule for IPv4 where the group lets everything out.
func (f *frame) addEgress(group *val, peer, port *val, at source.Span) {
	c := group.construct
	if c == nil || c.allOutbound == nil || c.typ == "" {
		f.addStandaloneRule(group, "AWS::EC2::SecurityGroupEgress", rule(peer, port, at, "Destination"), at)
		return
	}
	if all := c.allOutbound; (all.form == absent || all.isTrue()) && isIPv4(peer) {
		return
	}
	c.dropDenyAllRule()
	c.appendTo("SecurityGroupEgress", rule(peer, port, at, "Destination"))
}

// dropDenyAllRule takes away the rule that matches no packet, as CDK does with the first other rule.
func (c *construct) dropDenyAllRule() {
	for i, f := range c.props.Fields {
		if f.Name != "SecurityGroupEgress" || len(f.Value.Items) == 0 {
			continue
		}
		if f.Value.Items[0].Get("IpProtocol").Text == "icmp" {
			c.props.Fields[i].Value.Items = f.Value.Items[1:]
		}
	}
}

// addIngress lets the peer into the group.
func (f *frame) addIngress(group *val, peer, port *val, at source.Span) {
	f.addRuleTo(group, rule(peer, port, at, "Source"), at)
}

// addRuleTo adds an ingress rule to the group.
func (f *frame) addRuleTo(group *val, ingress value.Value, at source.Span) {
	if c := group.construct; c != nil && c.allOutbound != nil {
		c.appendTo("SecurityGroupIngress", ingress)
		return
	}
	f.addStandaloneRule(group, "AWS::EC2::SecurityGroupIngress", ingress, at)
}

// addStandaloneRule adds a rule as a resource of its own, for a group that is not made here.
func (f *frame) addStandaloneRule(group *val, typ string, r value.Value, at source.Span) {
	r.Fields = append(r.Fields, property("GroupId", group.property()))
	f.addImplicit("SecurityGroupRule", typ, at, r)
}

// isIPv4 says whether CDK takes a rule for the peer as one for IPv4: it is a range of IPv4 or a security group.
func isIPv4(peer *val) bool {
	return peer.form == owned || peer.isCall("awsec2.Peer_AnyIpv4") || peer.isCall("awsec2.Peer_Ipv4") ||
		peer.isCall("awsec2.Peer_SecurityGroupId")
}

// rule is one rule of a security group. direction is Source or Destination, which the names of properties begin with
// that hold a group or a prefix list. A peer that is not followed makes the whole rule unknown.
func rule(peer, port *val, at source.Span, direction string) value.Value {
	var end value.Field
	switch {
	case peer.form == owned && len(peer.construct.groups) == 1:
		end = property(direction+"SecurityGroupId", peer.construct.groups[0].property())
	case peer.isCall("awsec2.Peer_AnyIpv4"):
		end = property("CidrIp", value.One("0.0.0.0/0", at))
	case peer.isCall("awsec2.Peer_AnyIpv6"):
		end = property("CidrIpv6", value.One("::/0", at))
	case peer.form == result && len(peer.args) > 0:
		end = property(map[string]string{
			"awsec2.Peer_Ipv4":            "CidrIp",
			"awsec2.Peer_Ipv6":            "CidrIpv6",
			"awsec2.Peer_PrefixList":      direction + "PrefixListId",
			"awsec2.Peer_SecurityGroupId": direction + "SecurityGroupId",
		}[peer.name], peer.args[0].property())
	}
	if end.Name == "" {
		return unknownFrom(peer, at)
	}
	r := mapOf(at, ports(port, at)...)
	r.Fields = append(r.Fields, end)
	return r
}

// namedPorts are the constants of awsec2.Port that are read.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Port.html
var namedPorts = map[string]string{
	"awsec2.Port_HTTPS": "443", "awsec2.Port_HTTP": "80", "awsec2.Port_SSH": "22", "awsec2.Port_DNS_TCP": "53",
	"awsec2.Port_POSTGRES": "5432", "awsec2.Port_MYSQL_AURORA": "3306", "awsec2.Port_MSSQL": "1433",
	"awsec2.Port_NFS": "2049",
}

// ports are the properties of a rule for an awsec2.Port. They are unknown for a port that is not followed.
func ports(port *val, at source.Span) []value.Field {
	rangeOf := func(protocol, from, to value.Value) []value.Field {
		return []value.Field{property("IpProtocol", protocol), property("FromPort", from), property("ToPort", to)}
	}
	of := func(protocol string, from, to value.Value) []value.Field {
		return rangeOf(value.One(protocol, at), from, to)
	}
	all := func(protocol string) []value.Field { return of(protocol, value.One("0", at), value.One("65535", at)) }
	if n, ok := namedPorts[port.name]; ok {
		return of("tcp", value.One(n, at), value.One(n, at))
	}
	switch first, last := firstAndLast(port.args); {
	case port.isCall("awsec2.Port_AllTraffic"):
		return []value.Field{property("IpProtocol", value.One("-1", at))}
	case port.isCall("awsec2.Port_AllTcp"):
		return all("tcp")
	case port.isCall("awsec2.Port_AllUdp"):
		return all("udp")
	case first == nil:
	case port.isCall("awsec2.Port_Tcp"), port.isCall("awsec2.Port_TcpRange"):
		return of("tcp", first.property(), last.property())
	case port.isCall("awsec2.Port_Udp"), port.isCall("awsec2.Port_UdpRange"):
		return of("udp", first.property(), last.property())
	}
	missing := unknownFrom(port, at)
	return rangeOf(missing, missing, missing)
}

// firstAndLast are nil without arguments.
func firstAndLast(args []*val) (first, last *val) {
	if len(args) == 0 {
		return nil, nil
	}
	return args[0], args[len(args)-1]
}
