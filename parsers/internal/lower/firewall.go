package lower

import (
	"regexp"
	"strconv"

	"github.com/awslabs/goformation/v7/cloudformation/ec2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) networkACL(r *Resource, d *decode.Decoded[ec2.NetworkAcl]) {
	n := &graph.NetworkACL{Header: l.header(r), VPC: Ref(l, d.At(&d.P.VpcId), VPCs)}
	n.Entries.Open = r.Parts["Entries"].Open
	add(l, &l.network.ACLs, n)
}

func (l *Deployment) aclAssociation(r *Resource, d *decode.Decoded[ec2.SubnetNetworkAclAssociation]) {
	add(l, &l.network.ACLAssociations, &graph.ACLAssociation{
		Header: l.header(r),
		ACL:    Owner(l, d.At(&d.P.NetworkAclId), ACLs),
		Subnet: Owner(l, d.At(&d.P.SubnetId), Subnets),
	})
}

func (l *Deployment) aclEntry(r *Resource, d *decode.Decoded[ec2.NetworkAclEntry]) {
	p := d.P
	add(l, &l.network.ACLEntries, &graph.ACLEntry{
		Header:   l.header(r),
		ACL:      Owner(l, d.At(&p.NetworkAclId), ACLs),
		Number:   d.Int(&p.RuleNumber),
		Egress:   d.Bool(&p.Egress),
		Allow:    read.Parse(l.symbols, d.At(&p.RuleAction), read.ParseAction),
		Protocol: read.Parse(l.symbols, d.At(&p.Protocol), read.ParseProtocol),
		Ports:    graph.PortRange{From: l.port(d.At(&p.PortRange.From)), To: l.port(d.At(&p.PortRange.To))},
		CIDR:     l.prefix(read.OrElse(d.At(&p.CidrBlock), d.At(&p.Ipv6CidrBlock))),
	})
}

// The properties of a security group that hold rules.
const (
	egressRules  = "SecurityGroupEgress"
	ingressRules = "SecurityGroupIngress"
)

func (l *Deployment) securityGroup(r *Resource, d *decode.Decoded[securityGroup]) {
	n := &graph.SecurityGroup{
		Header:        l.header(r),
		VPC:           Ref(l, d.At(&d.P.VpcId), VPCs),
		DefaultEgress: l.defaults.Egress,
		InlineEgress:  l.inlineRules(r, egressRules),
		InlineIngress: l.inlineRules(r, ingressRules),

		ExclusiveEgress:  d.Bool(&d.P.ExclusiveEgress),
		ExclusiveIngress: d.Bool(&d.P.ExclusiveIngress),
	}
	add(l, &l.network.SecurityGroups, n)
}

// inlineRules reads the rules written on a group. Without addresses of their own they have the group's with the path of
// the rule.
func (l *Deployment) inlineRules(r *Resource, property string) fact.List[*graph.SecurityGroupRule] {
	parts, ok := r.Parts[property]
	if !ok {
		n := 0
		parts = read.Each(read.Flatten(l.symbols, r.Get(property)), func(v value.Value) *Resource {
			address := r.Address + "." + property + "[" + strconv.Itoa(n) + "]"
			n++
			return &Resource{
				Address: address, Type: "AWS::EC2::" + property, Span: v.Span, Properties: v,
				When: r.When, Depends: r.Depends,
			}
		})
	}
	return read.Each(parts, func(part *Resource) *graph.SecurityGroupRule {
		rule := l.rule(part, property == egressRules)
		rule.Group = fact.Known(graph.ID[graph.SecurityGroup](r.Address), r.Span)
		return rule
	})
}

func (l *Deployment) egressRule(r *Resource) {
	rule := l.rule(r, true)
	rule.Group = Owner(l, r.Get("GroupId"), SecurityGroups)
	add(l, &l.network.SecurityGroupRules, rule)
}

func (l *Deployment) ingressRule(r *Resource) {
	rule := l.rule(r, false)
	rule.Group = l.group(r.Get("GroupId"), r.Get("GroupName"))
	add(l, &l.network.SecurityGroupRules, rule)
}

// rangeOfNetwork matches the attributes of VPCs and subnets that are ranges of addresses, of Terraform too.
var rangeOfNetwork = regexp.MustCompile(`^(?:CidrBlock|(?:ipv6_)?cidr_block)$`)

// rule reads what inline and standalone rules have in common. An unknown rule has unknown contents.
func (l *Deployment) rule(r *Resource, egress bool) *graph.SecurityGroupRule {
	v := r.Properties
	cidr := read.OrElse(v.Get("CidrIp"), v.Get("CidrIpv6"))
	of, _ := l.symbols.Only(cidr.Text)
	rule := &graph.SecurityGroupRule{
		Header:   l.header(r),
		Egress:   egress,
		Protocol: read.Parse(l.symbols, v.Get("IpProtocol"), read.ParseProtocol),
		CIDR:     l.prefix(cidr), OfNetwork: rangeOfNetwork.MatchString(of.Attribute),
		Ports: graph.PortRange{From: l.port(v.Get("FromPort")), To: l.port(v.Get("ToPort"))},
	}
	if egress {
		rule.PrefixList = Ref(l, v.Get("DestinationPrefixListId"), PrefixLists)
		rule.Peer = Ref(l, v.Get("DestinationSecurityGroupId"), SecurityGroups)
		return rule
	}
	rule.PrefixList = Ref(l, v.Get("SourcePrefixListId"), PrefixLists)
	rule.Peer = l.group(v.Get("SourceSecurityGroupId"), v.Get("SourceSecurityGroupName"))
	return rule
}

// group reads a security group that is named by its id or, in a default VPC, by its name. A literal name may be that
// of any group.
func (l *Deployment) group(id, name value.Value) graph.Ref[graph.SecurityGroup] {
	if id.Kind != value.Absent || name.Kind == value.Absent {
		return Ref(l, id, SecurityGroups)
	}
	type group = graph.ID[graph.SecurityGroup]
	return fact.Map(Ref(l, name, SecurityGroups), func(id group, span source.Span) fact.Value[group] {
		if l.resources[string(id)] != nil {
			return fact.Known(id, span)
		}
		return fact.Computed[group](span, fact.Missing{Kind: fact.Resource, Name: string(id), Span: span})
	})
}

func (l *Deployment) groupVPCAssociation(r *Resource, d *decode.Decoded[groupVPCAssociation]) {
	add(l, &l.network.GroupVPCAssociations, &graph.GroupVPCAssociation{
		Header: l.header(r),
		Group:  Ref(l, d.At(&d.P.GroupId), SecurityGroups),
		VPC:    Ref(l, d.At(&d.P.VpcId), VPCs),
	})
}

func (l *Deployment) blockPublicAccess(r *Resource, d *decode.Decoded[blockPublicAccess]) {
	add(l, &l.network.BlockPublicAccess, &graph.BlockPublicAccess{
		Header: l.header(r), Mode: d.Text(&d.P.InternetGatewayBlockMode),
	})
}

func (l *Deployment) blockPublicAccessExclusion(r *Resource, d *decode.Decoded[blockPublicAccessExclusion]) {
	add(l, &l.network.Exclusions, &graph.BlockPublicAccessExclusion{
		Header: l.header(r),
		VPC:    Ref(l, d.At(&d.P.VpcId), VPCs),
		Subnet: Ref(l, d.At(&d.P.SubnetId), Subnets),
		Mode:   d.Text(&d.P.InternetGatewayExclusionMode),
	})
}
