package terraform_test

import (
	"strconv"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func number(v fact.Value[int]) string { return show(v, strconv.Itoa) }

// rules tells what each rule in force admits.
func rules(l fact.List[*graph.SecurityGroupRule]) []string {
	out := []string{}
	in := l.In(nil)
	for _, it := range in.Items {
		r := it.Value
		peer := cidr(r.CIDR)
		if !r.Peer.IsUnset() {
			peer = id(r.Peer)
		}
		if !r.PrefixList.IsUnset() {
			peer = id(r.PrefixList)
		}
		out = append(out, number(r.Protocol)+" "+number(r.Ports.From)+"-"+number(r.Ports.To)+" "+peer)
	}
	for _, m := range in.Open {
		out = append(out, "? "+m.Name)
	}
	return out
}

func TestSecurityGroupsHaveOnlyTheRulesThatAreWritten(t *testing.T) {
	const group = "${aws_security_group.g.id}"
	https := args{"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": list("0.0.0.0/0"), "ipv6_cidr_blocks": list("::/0")}
	for name, test := range map[string]struct {
		group args
		rule  map[string]args
		want  []string
	}{
		"no egress block lets nothing out":        {},
		"an empty list of blocks neither":         {group: args{"egress": list()}},
		"a block stands for each of its ranges":   {group: args{"egress": list(https)}, want: []string{"6 443-443 0.0.0.0/0", "6 443-443 ::/0"}},
		"a block may name groups, lists and self": {group: args{"egress": list(args{"protocol": "-1", "from_port": 0, "to_port": 0, "security_groups": list("sg-1"), "prefix_list_ids": list("pl-1"), "self": true})}, want: []string{"-1 0-0 pl-1", "-1 0-0 sg-1", "-1 0-0 aws_security_group.g"}},
		"blocks that are not known":               {group: args{"egress": unknown("rules")}, want: []string{"? rules"}},
		"ranges that are not known":               {group: args{"egress": list(args{"protocol": "tcp", "from_port": 1, "to_port": 2, "cidr_blocks": unknown("ranges")})}, want: []string{"6 1-2 ? ranges"}},
		"a separate rule":                         {rule: map[string]args{"aws_security_group_rule.r": {"type": "egress", "security_group_id": group, "protocol": "all", "from_port": 0, "to_port": 0, "cidr_blocks": list("10.0.0.0/8", "11.0.0.0/8")}}, want: []string{"-1 0-0 10.0.0.0/8", "-1 0-0 11.0.0.0/8"}},
		"a separate rule to a group":              {rule: map[string]args{"aws_security_group_rule.r": {"type": "egress", "security_group_id": group, "protocol": "tcp", "from_port": 5432, "to_port": 5432, "source_security_group_id": "sg-db"}}, want: []string{"6 5432-5432 sg-db"}},
		"a separate rule inwards":                 {rule: map[string]args{"aws_security_group_rule.r": {"type": "ingress", "security_group_id": group, "protocol": "-1", "self": true}}},
		"a separate rule of unknown direction":    {rule: map[string]args{"aws_security_group_rule.r": {"type": "${var.type}", "security_group_id": group, "protocol": "-1", "self": true}}, want: []string{"? var.type nothing-nothing aws_security_group.g"}},
		"a rule of the newest form":               {rule: map[string]args{"aws_vpc_security_group_egress_rule.r": {"security_group_id": group, "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}}, want: []string{"-1 nothing-nothing 0.0.0.0/0"}},
		"a rule of the newest form to a group":    {rule: map[string]args{"aws_vpc_security_group_egress_rule.r": {"security_group_id": group, "ip_protocol": "tcp", "from_port": 1, "to_port": 2, "referenced_security_group_id": group}}, want: []string{"6 1-2 aws_security_group.g"}},
		"a rule of the newest form inwards":       {rule: map[string]args{"aws_vpc_security_group_ingress_rule.r": {"security_group_id": group, "ip_protocol": "-1", "cidr_ipv6": "::/0"}}},
	} {
		t.Run(name, func(t *testing.T) {
			resources := map[string]args{"aws_security_group.g": {"vpc_id": "vpc-1"}}
			if test.group != nil {
				resources["aws_security_group.g"] = test.group
			}
			for k, v := range test.rule {
				resources[k] = v
			}
			expect(t, "egress", rules(lower(t, resources).SecurityGroups.Get("aws_security_group.g").Egress), test.want...)
		})
	}
}

func TestNetworkACLsInBothForms(t *testing.T) {
	n := lower(t, map[string]args{
		"aws_subnet.a": {"vpc_id": "vpc-1"},
		"aws_subnet.b": {"vpc_id": "vpc-1"},
		"aws_network_acl.inline": {"vpc_id": "vpc-1", "subnet_ids": list("${aws_subnet.a.id}"),
			"egress":  list(args{"rule_no": 100, "action": "allow", "protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_block": "0.0.0.0/0"}),
			"ingress": list(args{"rule_no": 200, "action": "deny", "protocol": "-1", "from_port": 0, "to_port": 0, "ipv6_cidr_block": "::/0", "cidr_block": ""})},
		"aws_network_acl.separate":      {"vpc_id": "vpc-1"},
		"aws_network_acl.open":          {"vpc_id": "vpc-1", "ingress": unknown("rules")},
		"aws_network_acl_rule.out":      {"network_acl_id": "${aws_network_acl.separate.id}", "rule_number": 100, "egress": true, "protocol": "6", "rule_action": "ALLOW", "cidr_block": "0.0.0.0/0", "from_port": 1, "to_port": 2},
		"aws_network_acl_association.b": {"network_acl_id": "${aws_network_acl.separate.id}", "subnet_id": "${aws_subnet.b.id}"},
	})
	describe := func(address graph.ID[graph.ACLEntry]) string {
		e := n.ACLEntries.Get(address)
		return number(e.Number) + " " + show(e.Allow, strconv.FormatBool) + " " + show(e.Egress, strconv.FormatBool) + " " + number(e.Protocol) + " " + number(e.Ports.From) + " " + cidr(e.CIDR)
	}
	expect(t, "egress block", describe("aws_network_acl.inline.egress[0]"), "100 true true 6 443 0.0.0.0/0")
	expect(t, "ingress block", describe("aws_network_acl.inline.ingress[0]"), "200 false false -1 0 ::/0")
	expect(t, "separate rule", describe("aws_network_acl_rule.out"), "100 true true 6 1 0.0.0.0/0")
	expect(t, "entries", addresses(n.ACLs.Get("aws_network_acl.inline").Entries), "aws_network_acl.inline.ingress[0]", "aws_network_acl.inline.egress[0]")
	expect(t, "entries that are not known", addresses(n.ACLs.Get("aws_network_acl.open").Entries), "? rules")
	expect(t, "inline association", addresses(n.Subnets.Get("aws_subnet.a").ACLs), "aws_network_acl.inline.subnet_ids[0]")
	expect(t, "separate association", addresses(n.Subnets.Get("aws_subnet.b").ACLs), "aws_network_acl_association.b")
}
