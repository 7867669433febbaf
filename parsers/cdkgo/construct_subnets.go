package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// networkOf is the VPC that t stands for, or nil when that is not known.
func networkOf(t *thing) *network {
	if t.made == nil {
		return nil
	}
	return t.made.network
}

// chosen is what a SubnetSelection picks: a list of subnets, or a thing that is not known.
//
// Without a word about subnets these are the private ones, or else the isolated ones, or else the public ones.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetSelection.html
func (f *frame) chosen(vpc, selection *thing, at source.Span) *thing {
	if subnets := selection.get("Subnets"); subnets.kind != absent {
		return subnets
	}
	n := networkOf(vpc)
	switch {
	case n == nil:
		return unknownOf(vpc)
	case !n.isKnown():
		return &thing{span: at, missing: n.missing}
	case selection.kind == unknown, selection.kind == result:
		return unknownOf(selection)
	}
	for _, name := range []string{"SubnetFilters", "AvailabilityZones"} {
		if t := selection.get(name); t.kind != absent {
			return &thing{span: t.span, missing: fact.Missing{Kind: fact.Expression, Name: name, Span: selection.place(name)}}
		}
	}
	group, typ, one := selection.get("SubnetGroupName"), selection.get("SubnetType"), selection.get("OnePerAz")
	for _, t := range []*thing{group, typ, one} {
		if t.kind != absent && t.kind != text {
			return unknownOf(t)
		}
	}
	return subnetList(n.choose(group.text, typ.text, one.isTrue()), at)
}

func (n *network) choose(group, typ string, onePerZone bool) []*subnet {
	switch {
	case typ == "PRIVATE_WITH_NAT" || typ == "PRIVATE":
		typ = private
	case typ == "ISOLATED":
		typ = isolated
	case typ == "" && group == "":
		for _, typ = range []string{private, isolated, public} {
			if len(n.ofType(typ)) > 0 {
				break
			}
		}
	}
	var out []*subnet
	zones := map[int]bool{}
	for _, s := range n.subnets {
		if group != "" && s.group != group || group == "" && s.typ != typ || onePerZone && zones[s.zone] {
			continue
		}
		zones[s.zone] = true
		out = append(out, s)
	}
	return out
}

// subnetList is the subnets as an expression at the place gives them.
func subnetList(subnets []*subnet, at source.Span) *thing {
	out := &thing{kind: list, span: at}
	for _, s := range subnets {
		out.items = append(out.items, s.made.thing(at))
	}
	return out
}

// unknownOf is t, or what is missing where t is something that has no content here.
func unknownOf(t *thing) *thing {
	if t.kind == unknown {
		return t
	}
	m := t.missing
	switch {
	case m.Name != "":
	case t.kind == construct:
		m = fact.Missing{Kind: fact.Expression, Name: t.made.goType + " " + t.made.address, Span: t.span}
	default:
		m = fact.Missing{Kind: fact.Expression, Name: "an expression", Span: t.span}
	}
	return &thing{span: t.span, missing: m}
}

// newSubnet is a subnet outside of an awsec2.Vpc: it has a route table of its own as well.
func (f *frame) newSubnet(m *made, props *thing) {
	m.typ = "AWS::EC2::Subnet"
	m.props = props.value()
	if props.kind == structure && props.get("MapPublicIpOnLaunch").kind == absent && m.goType == "awsec2.PublicSubnet" {
		m.props.Fields = append(m.props.Fields, entry("MapPublicIpOnLaunch", known("true", m.span)))
	}
	f.add(m)
	vpc := props.get("VpcId").value()
	m.subnet = &subnet{made: m, typ: map[string]string{"awsec2.PublicSubnet": public}[m.goType]}
	m.subnet.table = m.under("RouteTable", "AWS::EC2::RouteTable", m.span, maps(m.span, entry("VpcId", vpc)))
	m.under("RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation", m.span, maps(m.span,
		entry("SubnetId", m.ref("", m.span)), entry("RouteTableId", m.subnet.table.ref("", m.span))))
}

// newNetworkACL gives subnets an ACL of which nothing is followed: neither what it says nor where it applies.
func (f *frame) newNetworkACL(m *made, props *thing) {
	what := fact.Missing{Kind: fact.Expression, Name: m.goType + " " + m.address, Span: m.span}
	m.typ = "AWS::EC2::SubnetNetworkAclAssociation"
	m.props = maps(m.span, entry("SubnetId", notKnown(props.place("SubnetSelection"), what)), entry("NetworkAclId", notKnown(m.span, what)))
	f.add(m)
}

// newPrivateZone answers for its name within the VPC.
func (f *frame) newPrivateZone(m *made, props *thing) {
	m.typ = "AWS::Route53::HostedZone"
	m.props = maps(m.span, entry("Name", props.get("ZoneName").value()),
		entry("VPCs", listOf(m.span, maps(m.span, entry("VPCId", props.get("Vpc").vpcID())))))
	f.add(m)
}
