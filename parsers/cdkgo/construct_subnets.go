package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// networkOf is the VPC that t stands for, or nil when that is not known.
func networkOf(v *val) *network {
	if v.construct == nil {
		return nil
	}
	return v.construct.network
}

// chosen is what a SubnetSelection picks: a list of subnets, or a thing that is not known.
//
// Without a word about subnets these are the private ones, or else the isolated ones, or else the public ones.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetSelection.html
func (f *frame) selectedSubnets(vpc, selection *val, at source.Span) *val {
	if subnets := selection.get("Subnets"); subnets.kind != absent {
		return subnets
	}
	n := networkOf(vpc)
	switch {
	case n == nil:
		return unknownOf(vpc)
	case !n.isKnown():
		return &val{span: at, missing: n.missing}
	case selection.kind == unknown, selection.kind == result:
		return unknownOf(selection)
	}
	for _, name := range []string{"SubnetFilters", "AvailabilityZones"} {
		if v := selection.get(name); v.kind != absent {
			return &val{span: v.span, missing: fact.Missing{Kind: fact.Expression, Name: name, Span: selection.spanOf(name)}}
		}
	}
	group, typ, one := selection.get("SubnetGroupName"), selection.get("SubnetType"), selection.get("OnePerAz")
	for _, v := range []*val{group, typ, one} {
		if v.kind != absent && v.kind != text {
			return unknownOf(v)
		}
	}
	return subnetList(n.selected(group.text, typ.text, one.isTrue()), at)
}

func (n *network) selected(group, typ string, onePerZone bool) []*subnet {
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
		if group != "" && s.group != group || group == "" && s.subnetType != typ || onePerZone && zones[s.zone] {
			continue
		}
		zones[s.zone] = true
		out = append(out, s)
	}
	return out
}

// subnetList is the subnets as an expression at the place gives them.
func subnetList(subnets []*subnet, at source.Span) *val {
	out := &val{kind: list, span: at}
	for _, s := range subnets {
		out.items = append(out.items, s.made.val(at))
	}
	return out
}

// unknownOf is t, or what is missing where t is something that has no content here.
func unknownOf(v *val) *val {
	if v.kind == unknown {
		return v
	}
	m := v.missing
	switch {
	case m.Name != "":
	case v.kind == owned:
		m = fact.Missing{Kind: fact.Expression, Name: v.construct.goType + " " + v.construct.address, Span: v.span}
	default:
		m = fact.Missing{Kind: fact.Expression, Name: "an expression", Span: v.span}
	}
	return &val{span: v.span, missing: m}
}

// newSubnet is a subnet outside of an awsec2.Vpc: it has a route table of its own as well.
func (f *frame) newSubnet(c *construct, props *val) {
	c.typ = "AWS::EC2::Subnet"
	c.props = props.property()
	if props.kind == structure && props.get("MapPublicIpOnLaunch").kind == absent && c.goType == "awsec2.PublicSubnet" {
		c.props.Fields = append(c.props.Fields, property("MapPublicIpOnLaunch", known("true", c.span)))
	}
	f.add(c)
	vpc := props.get("VpcId").property()
	c.subnet = &subnet{made: c, subnetType: map[string]string{"awsec2.PublicSubnet": public}[c.goType]}
	c.subnet.table = c.addChild("RouteTable", "AWS::EC2::RouteTable", c.span, mapOf(c.span, property("VpcId", vpc)))
	c.addChild("RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation", c.span, mapOf(c.span,
		property("SubnetId", c.ref("", c.span)), property("RouteTableId", c.subnet.table.ref("", c.span))))
}

// newNetworkACL gives subnets an ACL of which nothing is followed: neither what it says nor where it applies.
func (f *frame) newNetworkACL(c *construct, props *val) {
	what := fact.Missing{Kind: fact.Expression, Name: c.goType + " " + c.address, Span: c.span}
	c.typ = "AWS::EC2::SubnetNetworkAclAssociation"
	c.props = mapOf(c.span, property("SubnetId", notKnown(props.spanOf("SubnetSelection"), what)), property("NetworkAclId", notKnown(c.span, what)))
	f.add(c)
}

// newPrivateZone answers for its name within the VPC.
func (f *frame) newPrivateZone(c *construct, props *val) {
	c.typ = "AWS::Route53::HostedZone"
	c.props = mapOf(c.span, property("Name", props.get("ZoneName").property()),
		property("VPCs", listOf(c.span, mapOf(c.span, property("VPCId", props.get("Vpc").vpcReference())))))
	f.add(c)
}
