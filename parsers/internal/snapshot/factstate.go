package snapshot

import (
	"cmp"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// implied starts a resource that a fact implies.
func (t *thing) implied(name, typ string) object {
	o := t.make(t.id+name, typ, &tree.Node{Kind: tree.Mapping, Span: t.at}, "")
	o.Span = t.at
	return o
}

// given is a property that the file states, else unknown.
func (o object) given(t *thing, property, fact string) object {
	if f := t.node.Field(fact); f != nil {
		o.put(property, f.KeySpan, convert(f.Value))
	} else {
		o.put(property, t.at, unknown(fact+" of "+t.id, t.at))
	}
	return o
}

func (t *thing) says(fact string) bool { return t.node.Get(fact).Literal() == "true" }

// factSubnet states a subnet with the way out that the file says it has. Nothing on that way stops packets: that is
// what the words mean.
func (t *thing) factSubnet() []object {
	o := t.implied("", "AWS::EC2::Subnet").given(t, "VpcId", "vpc").given(t, "CidrBlock", "cidr").
		given(t, "AvailabilityZone", "zone")
	out := []object{o}
	if !t.hasWay() {
		return out
	}
	table := t.implied(".RouteTable", "AWS::EC2::RouteTable").given(t, "VpcId", "vpc")
	tied := t.implied(".RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation")
	out = append(out, table, tied.of("SubnetId", t.id).of("RouteTableId", table.Address))
	route := t.implied(".Route", "AWS::EC2::Route").of("RouteTableId", table.Address).
		set("DestinationCidrBlock", "0.0.0.0/0")
	switch {
	case t.says("nat"):
		nat := t.implied(".NatGateway", "AWS::EC2::NatGateway").given(t, "VpcId", "vpc")
		out = append(out, nat, route.of("NatGatewayId", nat.Address))
	case t.says("public"):
		gateway := t.implied(".InternetGateway", "AWS::EC2::InternetGateway")
		out = append(out, gateway, route.of("GatewayId", gateway.Address))
	}
	return append(out, t.openACL()...)
}

// hasWay says that the file tells the default route of the subnet, or that there is none.
func (t *thing) hasWay() bool {
	noNAT := t.says("private") && t.node.Get("nat").Literal() == "false"
	return t.says("nat") || t.says("public") || t.says("isolated") || noNAT
}

// openACL is a network ACL that lets everything through.
func (t *thing) openACL() []object {
	acl := t.implied(".NetworkAcl", "AWS::EC2::NetworkAcl").given(t, "VpcId", "vpc")
	tied := t.implied(".NetworkAclAssociation", "AWS::EC2::SubnetNetworkAclAssociation")
	out := []object{acl, tied.of("SubnetId", t.id).of("NetworkAclId", acl.Address)}
	for _, egress := range []string{"true", "false"} {
		for _, family := range []struct{ property, all, number string }{
			{"CidrBlock", "0.0.0.0/0", "100"}, {"Ipv6CidrBlock", "::/0", "101"},
		} {
			e := t.implied(".NetworkAcl."+egress+family.number, "AWS::EC2::NetworkAclEntry").
				of("NetworkAclId", acl.Address).set("Egress", egress).set("RuleNumber", family.number).
				set("Protocol", "-1").set("RuleAction", "allow").set(family.property, family.all)
			out = append(out, e)
		}
	}
	return out
}

// factVPC states a VPC, and the endpoints that the file lists: these are all of it, and they serve every subnet.
func (t *thing) factVPC() []object {
	o := t.implied("", "AWS::EC2::VPC").given(t, "CidrBlock", "cidr")
	endpoints := t.node.Get("endpoints")
	if endpoints == nil {
		for _, name := range attributes {
			o.put(name, t.at, unknown(name+" of "+t.id, t.at))
		}
		return []object{o}
	}
	o.set("EnableDnsSupport", "true").set("EnableDnsHostnames", "true")
	out := []object{o}
	for _, n := range endpoints.Items {
		out = append(out, t.factEndpoint(n)...)
	}
	return out
}

func (t *thing) factEndpoint(n *tree.Node) []object {
	e := t.implied(".Endpoint("+n.Literal()+")", "AWS::EC2::VPCEndpoint").of("VpcId", t.id)
	e.put("ServiceName", n.Span, literal("com.amazonaws."+cmp.Or(t.region, "region")+"."+n.Literal(), n.Span))
	ids := func(suffix string) value.Value {
		v := value.ListOf(n.Span)
		for _, s := range t.in.inVPC[t.id] {
			if s.key == factSubnet && (suffix == "" || s.hasWay()) {
				v.Items = append(v.Items, literal(s.id+suffix, n.Span))
			}
		}
		return v
	}
	if slices.Contains(aws.GatewayServices(), n.Literal()) {
		e.put("RouteTableIds", n.Span, ids(".RouteTable"))
		return []object{e}
	}
	group := t.implied(e.Address[len(t.id):]+".SecurityGroup", "AWS::EC2::SecurityGroup").of("VpcId", t.id)
	rule := t.implied(e.Address[len(t.id):]+".Ingress", "AWS::EC2::SecurityGroupIngress").
		of("GroupId", group.Address).set("IpProtocol", "-1").set("CidrIp", "0.0.0.0/0")
	e.set("VpcEndpointType", "Interface").set("PrivateDnsEnabled", "true")
	e.put("SubnetIds", n.Span, ids(""))
	groups := value.ListOf(n.Span, literal(group.Address, n.Span))
	e.put("SecurityGroupIds", n.Span, groups)
	return []object{group, rule, e}
}

// factGroup states a group that lets everything out, or nothing.
func (t *thing) factGroup() []object {
	out := []object{t.implied("", "AWS::EC2::SecurityGroup").given(t, "VpcId", "vpc")}
	if t.node.Get("egress").Literal() != "all" {
		return out
	}
	for _, family := range []struct{ property, all string }{{"CidrIp", "0.0.0.0/0"}, {"CidrIpv6", "::/0"}} {
		rule := t.implied("."+family.property, "AWS::EC2::SecurityGroupEgress").
			of("GroupId", t.id).set("IpProtocol", "-1").set(family.property, family.all)
		out = append(out, rule)
	}
	return out
}
