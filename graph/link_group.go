package graph

import (
	"net/netip"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// linkGroups fills the rules in force: inline, standalone and default ones.
func (b *Builder) linkGroups() {
	n := b.net
	for r := range n.SecurityGroupRules.All() {
		deliver(&n.SecurityGroups, func(g *SecurityGroup) *fact.List[*SecurityGroupRule] {
			if r.Egress {
				return &g.Egress
			}
			return &g.Ingress
		}, refs(r.Group), r.When, r, r.Span)
	}
	for g := range n.SecurityGroups.All() {
		g.Ingress = join(g.InlineIngress, g.Ingress)
		if g.DefaultEgress {
			g.Egress = defaultEgress(g, g.Egress, n.Open)
		} else {
			g.Egress = join(g.InlineEgress, g.Egress)
		}
	}
	seal(n, &n.SecurityGroups, func(g *SecurityGroup) *fact.List[*SecurityGroupRule] { return &g.Ingress })
	seal(n, &n.SecurityGroups, func(g *SecurityGroup) *fact.List[*SecurityGroupRule] { return &g.Egress })

	others := func(g *SecurityGroup) *fact.List[Ref[VPC]] { return &g.OtherVPCs }
	for a := range n.GroupVPCAssociations.All() {
		deliver(&n.SecurityGroups, others, refs(a.Group), a.When, a.VPC, a.Span)
	}
	seal(n, &n.SecurityGroups, others)
}

// join is the items and gaps of both lists.
func join[T any](a, b fact.List[T]) fact.List[T] {
	return fact.List[T]{
		Span:  a.Span,
		Items: slices.Concat(a.Items, b.Items),
		Open:  slices.Concat(a.Open, b.Open),
		IsSet: a.IsSet || b.IsSet,
	}
}

// defaultEgress is the egress of a group that keeps AWS's allow-all rules as long as no egress rule is given.
//
// A standalone egress rule takes the default away, and also the IPv4 allow-all that is written inline; whether it takes
// the IPv6 one is not documented. What AWS makes of an inline list that is written and empty is not documented either.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
// https://github.com/aws-cloudformation/cfn-language-discussion/issues/157
func defaultEgress(
	g *SecurityGroup, standalone fact.List[*SecurityGroupRule], macros []fact.Missing,
) fact.List[*SecurityGroupRule] {
	var out fact.List[*SecurityGroupRule]
	stripped := existing(standalone)
	add := func(when fact.Cond, r *SecurityGroupRule) {
		if when.IsNever() {
			return
		}
		out.AppendIf(when, r, r.Span)
	}
	doubtful := func(when fact.Cond, of *SecurityGroupRule) {
		if when.IsNever() {
			return
		}
		r := *of
		r.Doubtful = &fact.Missing{Kind: fact.Semantics, Name: "SecurityGroupEgress of " + g.Address, Span: r.Span}
		add(when, &r)
	}
	for _, it := range g.InlineEgress.Items {
		if allowsAll(it.Value) {
			add(it.When.And(stripped.Not()), it.Value)
			doubtful(it.When.And(stripped), it.Value)
		} else {
			add(it.When, it.Value)
		}
	}
	unseen := open(g.InlineEgress).Or(open(standalone))
	if len(macros) > 0 {
		unseen = fact.Always()
	}
	none := existing(g.InlineEgress).Or(unseen).Not()
	if emptyList := g.InlineEgress.IsSet && len(g.InlineEgress.Items)+len(g.InlineEgress.Open) == 0; emptyList {
		if when := none.And(stripped.Not()); !when.IsNever() {
			name := "SecurityGroupEgress of " + g.Address
			out.Miss(when, fact.Missing{Kind: fact.Semantics, Name: name, Span: g.InlineEgress.Span})
		}
	} else if !none.IsNever() {
		all6 := allowAll(g, 1)
		add(none.And(stripped.Not()), allowAll(g, 0))
		add(none.And(stripped.Not()), all6)
		doubtful(none.And(stripped), all6)
	}
	out.Items = append(out.Items, standalone.Items...)
	out.Open = slices.Concat(out.Open, g.InlineEgress.Open, standalone.Open)
	return out
}

// allowsAll reports whether the rule may be one that lets everything out to everywhere.
func allowsAll(r *SecurityGroupRule) bool {
	all := r.Protocol.Is(nil, func(p int) bool { return p == -1 })
	wide := r.CIDR.Is(nil, func(p netip.Prefix) bool { return p.Bits() == 0 })
	return !fact.And(all, wide).IsFalse()
}

// allowAll is the implicit rule of g for the i-th of everywhere.
func allowAll(g *SecurityGroup, i int) *SecurityGroupRule {
	return &SecurityGroupRule{
		Header: implied(
			&g.Header, g.Address+[...]string{".DefaultEgress", ".DefaultEgress6"}[i], "AWS::EC2::SecurityGroupEgress",
			fact.Always(),
		),
		Group:    fact.Known(ID[SecurityGroup](g.Address), g.Span),
		Egress:   true,
		Protocol: fact.Known(-1, g.Span),
		CIDR:     fact.Known(everywhere()[i], g.Span),
	}
}

// ClusterGroupID is the identity of the security group that EKS creates with the cluster at address.
func ClusterGroupID(cluster string) ID[SecurityGroup] {
	return ID[SecurityGroup](cluster + ".ClusterSecurityGroup")
}

// AddClusterGroup adds the group that EKS creates with the cluster h in the VPC. It begins like the default group of a
// VPC. What runs in the cluster adds ingress rules to it, as controllers of load balancers do. EKS itself needs its
// egress rules, so those stay. DefaultEgress is that of the groups of the language.
// https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
func AddClusterGroup(b *Builder, h *Header, vpc Ref[VPC], defaultEgress bool) {
	id := ClusterGroupID(h.Address)
	g := defaultGroup(implied(h, string(id), "AWS::EC2::SecurityGroup", fact.Always()), vpc, defaultEgress)
	rules := fact.Missing{Kind: fact.Attribute, Name: "ingress rules of " + string(id), Span: g.Span}
	g.InlineIngress.Miss(fact.Always(), rules)
	Add(b, &b.net.SecurityGroups, g)
}

// defaultGroup is the group that AWS creates with a VPC: it admits its own members and lets everything out.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
func defaultGroup(h Header, vpc Ref[VPC], defaultEgress bool) *SecurityGroup {
	g := &SecurityGroup{Header: h, VPC: vpc, DefaultEgress: defaultEgress}
	self := fact.Known(ID[SecurityGroup](g.Address), g.Span)
	g.InlineIngress.Append(&SecurityGroupRule{
		Header:   implied(&g.Header, g.Address+".DefaultIngress", "AWS::EC2::SecurityGroupIngress", fact.Always()),
		Group:    self,
		Protocol: fact.Known(-1, g.Span),
		Peer:     self,
	}, g.Span)
	for i := range everywhere() {
		g.InlineEgress.Append(allowAll(g, i), g.Span)
	}
	return g
}
