package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// groupForm is a way to write the rules of security groups.
type groupForm struct {
	language string
	// group is the property that names the group of a rule, and "" for rules that are written on their group.
	group string
	// ingress and egress are the types of the resources, or the properties of the group.
	ingress, egress string
	// direction is the property that tells ingress from egress, if the type does not.
	direction               string
	protocol, from, to      string
	ingressPeer, egressPeer string
	ipv6                    string
	// portsAlways: rules for all protocols have ports too.
	portsAlways bool
	// itself is the property that makes the group its own peer. Without one, a rule names its own group as any other,
	// which one that is written on the group cannot.
	itself string
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
var groupForms = []groupForm{
	{
		language: "cloudformation", ingress: "SecurityGroupIngress", egress: "SecurityGroupEgress",
		protocol: "IpProtocol", from: "FromPort", to: "ToPort", ipv6: "CidrIpv6",
		ingressPeer: "SourceSecurityGroupId", egressPeer: "DestinationSecurityGroupId",
	},
	{
		language: "cloudformation", ingress: "AWS::EC2::SecurityGroupIngress", egress: "AWS::EC2::SecurityGroupEgress",
		group: "GroupId", protocol: "IpProtocol", from: "FromPort", to: "ToPort", ipv6: "CidrIpv6",
		ingressPeer: "SourceSecurityGroupId", egressPeer: "DestinationSecurityGroupId",
	},
	{
		language: "terraform", ingress: "ingress", egress: "egress",
		protocol: "protocol", from: "from_port", to: "to_port", ipv6: "ipv6_cidr_blocks",
		ingressPeer: "security_groups", egressPeer: "security_groups", portsAlways: true, itself: "self",
	},
	{
		language: "terraform", ingress: "aws_security_group_rule", egress: "aws_security_group_rule",
		group: "security_group_id", direction: "type", protocol: "protocol", from: "from_port", to: "to_port",
		ipv6: "ipv6_cidr_blocks", ingressPeer: "source_security_group_id", egressPeer: "source_security_group_id",
		portsAlways: true, itself: "self",
	},
	{
		language: "terraform", ingress: "aws_vpc_security_group_ingress_rule",
		egress: "aws_vpc_security_group_egress_rule", group: "security_group_id", protocol: "ip_protocol",
		from: "from_port", to: "to_port", ipv6: "cidr_ipv6",
		ingressPeer: "referenced_security_group_id", egressPeer: "referenced_security_group_id",
	},
}

type groupRules = []fact.Item[*graph.SecurityGroupRule]

// formFor is how a new rule of the group is written: as the group's rules of that direction are, else as its others,
// else as those of all groups of its template or module. It is nil where these differ, or there are none.
func (p *Pass) formFor(g *graph.SecurityGroup, egress bool) *groupForm {
	own, other := g.Ingress, g.Egress
	if egress {
		own, other = other, own
	}
	if len(own.Open) > 0 {
		return nil
	}
	for _, rs := range []groupRules{own.Items, other.Items, p.rulesBeside(g)} {
		if form, some := p.formOf(rs); some {
			return form
		}
	}
	return nil
}

// rulesBeside are those of the groups in the template or module of g.
func (p *Pass) rulesBeside(g *graph.SecurityGroup) (out groupRules) {
	home, _ := SplitAddress(g.Address, p.Language.Name == "terraform")
	for b := range p.SecurityGroups.All() {
		if h, _ := SplitAddress(b.Address, p.Language.Name == "terraform"); h == home {
			out = append(append(out, b.Ingress.Items...), b.Egress.Items...)
		}
		p.Spend(1 + len(b.Ingress.Items) + len(b.Egress.Items))
	}
	return out
}

// formOf is how the rules are written, nil unless all are written alike, and whether there are any.
func (p *Pass) formOf(rs groupRules) (form *groupForm, some bool) {
	for _, it := range rs {
		f := p.formOfRule(it.Value)
		switch {
		case it.Value.Implicit:
		case some && f != form:
			return nil, true
		default:
			form, some = f, true
		}
	}
	return form, some
}

// formOfRule is how the rule is written, or nil.
func (p *Pass) formOfRule(r *graph.SecurityGroupRule) *groupForm {
	isResource := p.SecurityGroupRules.Get(graph.ID[graph.SecurityGroupRule](r.Address)) == r
	for i := range groupForms {
		f := &groupForms[i]
		isOfType := !isResource || r.Type == f.ingress || r.Type == f.egress
		if f.language == p.Language.Name && isResource == (f.group != "") && isOfType {
			return f
		}
	}
	return nil
}
