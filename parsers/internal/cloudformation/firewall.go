package cloudformation

import (
	"strconv"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *lowering) networkACL(r *resource) {
	d := decoded[ec2.NetworkAcl](l, r)
	add(l, &l.network.ACLs, &graph.NetworkACL{Header: l.header(r), VPC: ref(l, d.At(&d.P.VpcId), vpcs)})
}

func (l *lowering) aclAssociation(r *resource) {
	d := decoded[ec2.SubnetNetworkAclAssociation](l, r)
	add(l, &l.network.ACLAssociations, &graph.ACLAssociation{
		Header: l.header(r),
		ACL:    ref(l, d.At(&d.P.NetworkAclId), acls),
		Subnet: ref(l, d.At(&d.P.SubnetId), subnets),
	})
}

func (l *lowering) aclEntry(r *resource) {
	d := decoded[ec2.NetworkAclEntry](l, r)
	p := d.P
	add(l, &l.network.ACLEntries, &graph.ACLEntry{
		Header:   l.header(r),
		ACL:      ref(l, d.At(&p.NetworkAclId), acls),
		Number:   d.Int(&p.RuleNumber),
		Egress:   d.Bool(&p.Egress),
		Allow:    read.Parse(l.symbols, d.At(&p.RuleAction), read.ParseAction),
		Protocol: read.Parse(l.symbols, d.At(&p.Protocol), read.ParseProtocol),
		Ports:    graph.PortRange{From: d.Int(&p.PortRange.From), To: d.Int(&p.PortRange.To)},
		CIDR:     l.prefix(read.OrElse(d.At(&p.CidrBlock), d.At(&p.Ipv6CidrBlock))),
	})
}

func (l *lowering) securityGroup(r *resource) {
	d := decoded[ec2.SecurityGroup](l, r)
	n := &graph.SecurityGroup{
		Header:        l.header(r),
		VPC:           ref(l, d.At(&d.P.VpcId), vpcs),
		DefaultEgress: true,
		InlineEgress:  l.inlineRules(r, d.At(&d.P.SecurityGroupEgress), "Egress"),
		InlineIngress: l.inlineRules(r, d.At(&d.P.SecurityGroupIngress), "Ingress"),
	}
	add(l, &l.network.SecurityGroups, n)
}

// inlineRules reads the rules written on a group. Their addresses are the group's with the path of the rule.
func (l *lowering) inlineRules(r *resource, v eval.Value, direction string) fact.List[*graph.SecurityGroupRule] {
	property := "SecurityGroup" + direction
	n := 0
	return read.Each(read.Flatten(l.symbols, v), func(v eval.Value) *graph.SecurityGroupRule {
		rule := l.rule(v, direction == "Egress")
		rule.Header = graph.Header{
			Address: r.address + "." + property + "[" + strconv.Itoa(n) + "]",
			Type:    "AWS::EC2::" + property,
			Span:    v.Span,
			Props:   read.Places(v),
			When:    r.when,
			Depends: r.depends,
		}
		rule.Group = fact.Known(graph.ID[graph.SecurityGroup](r.address), r.span)
		n++
		return rule
	})
}

func (l *lowering) egressRule(r *resource) {
	rule := l.rule(r.properties, true)
	rule.Header = l.header(r)
	rule.Group = ref(l, r.properties.Get("GroupId"), securityGroups)
	add(l, &l.network.SecurityGroupRules, rule)
}

func (l *lowering) ingressRule(r *resource) {
	rule := l.rule(r.properties, false)
	rule.Header = l.header(r)
	rule.Group = l.group(r.properties.Get("GroupId"), r.properties.Get("GroupName"))
	add(l, &l.network.SecurityGroupRules, rule)
}

// rule reads what inline and standalone rules have in common. An unknown rule has unknown contents.
func (l *lowering) rule(v eval.Value, egress bool) *graph.SecurityGroupRule {
	rule := &graph.SecurityGroupRule{
		Egress:   egress,
		Protocol: read.Parse(l.symbols, v.Get("IpProtocol"), read.ParseProtocol),
		CIDR:     l.prefix(read.OrElse(v.Get("CidrIp"), v.Get("CidrIpv6"))),
		Ports:    graph.PortRange{From: l.port(v.Get("FromPort")), To: l.port(v.Get("ToPort"))},
	}
	if egress {
		rule.PrefixList = ref(l, v.Get("DestinationPrefixListId"), prefixLists)
		rule.Peer = ref(l, v.Get("DestinationSecurityGroupId"), securityGroups)
		return rule
	}
	rule.PrefixList = ref(l, v.Get("SourcePrefixListId"), prefixLists)
	rule.Peer = l.group(v.Get("SourceSecurityGroupId"), v.Get("SourceSecurityGroupName"))
	return rule
}

// group reads a security group that is named by its id or, in a default VPC, by its name. A literal name may be that
// of any group.
func (l *lowering) group(id, name eval.Value) graph.Ref[graph.SecurityGroup] {
	if id.Kind != eval.Absent || name.Kind == eval.Absent {
		return ref(l, id, securityGroups)
	}
	return fact.Map(ref(l, name, securityGroups), func(id graph.ID[graph.SecurityGroup], span source.Span) graph.Ref[graph.SecurityGroup] {
		if l.resources[string(id)] != nil {
			return fact.Known(id, span)
		}
		return fact.Computed[graph.ID[graph.SecurityGroup]](span, fact.Missing{Kind: fact.Resource, Name: string(id), Span: span})
	})
}

func (l *lowering) groupVPCAssociation(r *resource) {
	add(l, &l.network.GroupVPCAssociations, &graph.GroupVPCAssociation{
		Header: l.header(r),
		Group:  ref(l, r.properties.Get("GroupId"), securityGroups),
		VPC:    ref(l, r.properties.Get("VpcId"), vpcs),
	})
}

func (l *lowering) blockPublicAccess(r *resource) {
	add(l, &l.network.BlockPublicAccess, &graph.BlockPublicAccess{
		Header: l.header(r), Mode: read.Text(l.symbols, r.properties.Get("InternetGatewayBlockMode")),
	})
}

func (l *lowering) blockPublicAccessExclusion(r *resource) {
	add(l, &l.network.Exclusions, &graph.BlockPublicAccessExclusion{
		Header: l.header(r),
		VPC:    ref(l, r.properties.Get("VpcId"), vpcs),
		Subnet: ref(l, r.properties.Get("SubnetId"), subnets),
		Mode:   read.Text(l.symbols, r.properties.Get("InternetGatewayExclusionMode")),
	})
}
