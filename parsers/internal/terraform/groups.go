package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// securityGroup reads aws_security_group and aws_default_security_group. The provider takes AWS's allow-all egress away
// from a new group, and every rule from one that it adopts, so that a group has the rules that are written and no other:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
func (l *lowering) securityGroup(r *resource) {
	n := &graph.SecurityGroup{Header: l.header(r), VPC: ref(l, r.get("vpc_id"), vpcs)}
	n.InlineEgress = l.inlineRules(r, "egress")
	n.InlineIngress = l.inlineRules(r, "ingress")
	graph.Add(l.builder, &l.network.SecurityGroups, n)
}

// inlineRules reads the blocks of one direction, each of which stands for one rule to each of its peers.
func (l *lowering) inlineRules(r *resource, direction string) fact.List[*graph.SecurityGroupRule] {
	blocks := l.list(r.get(direction))
	out := fact.List[*graph.SecurityGroupRule]{Span: blocks.Span, Open: blocks.Open, IsSet: blocks.IsSet}
	self := fact.Known(graph.ID[graph.SecurityGroup](r.Address), r.Span)
	for i, it := range blocks.Items {
		path := direction + "[" + strconv.Itoa(i) + "]"
		for _, rule := range l.rules(it.Value, self, it.Value.Get("security_groups")) {
			h := l.part(r, path, fact.Always(), it.Span)
			h.Address += rule.Address
			rule.Header = h
			rule.Egress = direction == "egress"
			out.AppendIf(it.When.And(rule.when), rule.SecurityGroupRule, it.Span)
		}
	}
	return out
}

// groupRule reads aws_security_group_rule, which may have several peers as well. One whose type is not known may be a
// rule of either direction.
func (l *lowering) groupRule(r *resource) {
	group := ref(l, r.get("security_group_id"), securityGroups)
	rules := l.rules(r.config, group, single(r.get("source_security_group_id")))
	directions := l.text(r.get("type")).Cases()
	for _, rule := range rules {
		for _, direction := range directions {
			for _, egress := range []bool{false, true} {
				text, known := direction.Value.Get(nil)
				literal, ok := text.Literal()
				decided := known.IsTrue() && ok
				if decided && (literal == "egress") != egress {
					continue
				}
				n := *rule.SecurityGroupRule
				n.Header, n.Egress = l.header(r), egress
				if len(rules)*len(directions) > 1 || !decided {
					n.Address += rule.Address + "." + directionName(egress)
				}
				if !decided {
					n.Protocol = fact.NotKnown[int](r.Span, append(text.Missing(), known.Missing...)...)
				}
				n.When = n.When.And(rule.when, direction.When)
				graph.Add(l.builder, &l.network.SecurityGroupRules, &n)
			}
		}
	}
}

func directionName(egress bool) string {
	if egress {
		return "egress"
	}
	return "ingress"
}

// peerRule is a rule to one peer, under the condition that this is a peer. Its address is a suffix.
type peerRule struct {
	*graph.SecurityGroupRule
	when fact.Cond
}

// rules reads a rule with lists of peers: ranges, prefix lists, groups, and the group itself. A list that is not known
// gives a rule to something not known.
func (l *lowering) rules(v value.Value, self graph.Ref[graph.SecurityGroup], groups value.Value) []peerRule {
	var out []peerRule
	add := func(name string, when fact.Cond, set func(*graph.SecurityGroupRule)) {
		rule := &graph.SecurityGroupRule{
			Header:   graph.Header{Address: "." + name},
			Group:    self,
			Protocol: read.Parse(l.symbols, v.Get("protocol"), read.ParseProtocol),
			Ports:    graph.PortRange{From: l.rulePort(v.Get("from_port")), To: l.rulePort(v.Get("to_port"))},
		}
		set(rule)
		out = append(out, peerRule{rule, when})
	}
	each := func(name string, peers value.Value, set func(*graph.SecurityGroupRule, value.Value)) {
		flat := l.list(peers)
		for i, it := range flat.Items {
			add(name+"["+strconv.Itoa(i)+"]", it.When, func(rule *graph.SecurityGroupRule) { set(rule, it.Value) })
		}
		for i, gap := range flat.Open {
			add(name+"[?"+strconv.Itoa(i)+"]", gap.When, func(rule *graph.SecurityGroupRule) {
				set(rule, value.Value{Kind: value.Unknown, Span: flat.Span, Missing: gap.Missing})
			})
		}
	}
	ranges := func(rule *graph.SecurityGroupRule, peer value.Value) { rule.CIDR = l.prefix(peer) }
	each("cidr_blocks", v.Get("cidr_blocks"), ranges)
	each("ipv6_cidr_blocks", v.Get("ipv6_cidr_blocks"), ranges)
	each("prefix_list_ids", v.Get("prefix_list_ids"), func(rule *graph.SecurityGroupRule, peer value.Value) {
		rule.PrefixList = ref(l, peer, prefixLists)
	})
	each("security_groups", groups, func(rule *graph.SecurityGroupRule, peer value.Value) {
		rule.Peer = ref(l, peer, securityGroups)
	})
	switch yes, known := l.bool(v.Get("self")).Get(nil); {
	case known.IsUnknown():
		add("self", fact.Always(), func(rule *graph.SecurityGroupRule) {
			rule.Peer = fact.NotKnown[graph.ID[graph.SecurityGroup]](v.Span, known.Missing...)
		})
	case yes:
		add("self", fact.Always(), func(rule *graph.SecurityGroupRule) { rule.Peer = self })
	}
	return out
}

func (l *lowering) egressRule(r *resource) { l.addRule(r, true) }

func (l *lowering) ingressRule(r *resource) { l.addRule(r, false) }

// addRule reads aws_vpc_security_group_egress_rule and its ingress twin, which have one peer each.
func (l *lowering) addRule(r *resource, egress bool) {
	graph.Add(l.builder, &l.network.SecurityGroupRules, &graph.SecurityGroupRule{
		Header:     l.header(r),
		Group:      ref(l, r.get("security_group_id"), securityGroups),
		Egress:     egress,
		Protocol:   read.Parse(l.symbols, r.get("ip_protocol"), read.ParseProtocol),
		Ports:      graph.PortRange{From: l.rulePort(r.get("from_port")), To: l.rulePort(r.get("to_port"))},
		CIDR:       l.prefix(read.OrElse(r.get("cidr_ipv4"), r.get("cidr_ipv6"))),
		PrefixList: ref(l, r.get("prefix_list_id"), prefixLists),
		Peer:       ref(l, r.get("referenced_security_group_id"), securityGroups),
	})
}

func (l *lowering) groupVPCAssociation(r *resource) {
	graph.Add(l.builder, &l.network.GroupVPCAssociations, &graph.GroupVPCAssociation{
		Header: l.header(r),
		Group:  ref(l, r.get("security_group_id"), securityGroups),
		VPC:    ref(l, r.get("vpc_id"), vpcs),
	})
}
