package graph_test

import (
	"net/netip"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func rule(h graph.Header, group graph.Ref[graph.SecurityGroup], protocol int, to string) *graph.SecurityGroupRule {
	return &graph.SecurityGroupRule{
		Header: h, Group: group, Egress: true,
		Protocol: fact.Known(protocol, nowhere), CIDR: fact.Known(netip.MustParsePrefix(to), nowhere),
	}
}

// egress tells the rules in force: "~" marks a doubtful one, "?" what leaves the list open.
func egress(n *graph.Network, w *fact.World, group graph.ID[graph.SecurityGroup]) []string {
	in := graph.Existing(n.In(w), n.SecurityGroups.Get(group).Egress)
	out := []string{}
	for _, it := range in.Items {
		name := it.Value.Address
		if it.Value.Doubtful != nil {
			name = "~" + name
		}
		out = append(out, name)
	}
	for _, m := range in.Open {
		out = append(out, "? "+m.Name)
	}
	return out
}

func TestEgressRulesInForce(t *testing.T) {
	group := ref[graph.SecurityGroup]("Group")
	inline := func(rules ...fact.Item[*graph.SecurityGroupRule]) fact.List[*graph.SecurityGroupRule] {
		return fact.List[*graph.SecurityGroupRule]{Items: rules, IsSet: true}
	}
	item := func(when fact.Cond, r *graph.SecurityGroupRule) fact.Item[*graph.SecurityGroupRule] {
		return fact.Item[*graph.SecurityGroupRule]{When: when, Value: r}
	}
	https := rule(head("Https"), group, 6, "0.0.0.0/0")
	all := rule(head("All"), group, -1, "0.0.0.0/0")
	always := fact.Always()
	var opened fact.List[*graph.SecurityGroupRule]
	opened.Miss(always, fact.Missing{Kind: fact.Parameter, Name: "Rules"})

	tests := []struct {
		name       string
		language   string
		inline     fact.List[*graph.SecurityGroupRule]
		standalone []*graph.SecurityGroupRule
		world      *fact.World
		want       []string
	}{
		{name: "CloudFormation keeps allow-all without a rule",
			want: []string{"Group.DefaultEgress", "Group.DefaultEgress6"}},
		{name: "Terraform takes allow-all away", language: "terraform"},
		{name: "an inline rule replaces the default", inline: inline(item(always, https)), want: []string{"Https"}},
		{name: "an inline rule that exists replaces it", inline: inline(item(inProd, https)), world: prod,
			want: []string{"Https"}},
		{name: "an inline rule that does not exist leaves it", inline: inline(item(inProd, https)), world: dev,
			want: []string{"Group.DefaultEgress", "Group.DefaultEgress6"}},
		{name: "an undecided inline rule leaves both open", inline: inline(item(inProd, https)),
			want: []string{"? Env=prod"}},
		{name: "an empty list in CloudFormation is not documented", inline: inline(),
			want: []string{"? SecurityGroupEgress of Group"}},
		{name: "an empty list in Terraform is no rule", language: "terraform", inline: inline()},
		{name: "a list that is not known may hold rules", inline: opened, want: []string{"? Rules"}},
		{name: "a standalone rule replaces the default, and of IPv6 nothing is documented",
			standalone: []*graph.SecurityGroupRule{rule(head("Alone"), group, 6, "10.0.0.0/8")},
			want:       []string{"~Group.DefaultEgress6", "Alone"}},
		{name: "a standalone rule settles what an empty list means for IPv4", inline: inline(),
			standalone: []*graph.SecurityGroupRule{rule(head("Alone"), group, 6, "10.0.0.0/8")},
			want:       []string{"Alone"}},
		{name: "a standalone rule makes an inline allow-all doubtful",
			inline:     inline(item(always, all), item(always, https)),
			standalone: []*graph.SecurityGroupRule{rule(head("Alone"), group, 6, "10.0.0.0/8")},
			want:       []string{"~All", "Https", "Alone"}},
		{name: "a standalone rule that exists makes it doubtful", inline: inline(item(always, all)), world: prod,
			standalone: []*graph.SecurityGroupRule{rule(headIf("Alone", inProd), group, 6, "10.0.0.0/8")},
			want:       []string{"~All", "Alone"}},
		{name: "a standalone rule that does not exist makes nothing doubtful", inline: inline(item(always, all)),
			world:      dev,
			standalone: []*graph.SecurityGroupRule{rule(headIf("Alone", inProd), group, 6, "10.0.0.0/8")},
			want:       []string{"All"}},
		{name: "in Terraform both kinds of rules add up", language: "terraform", inline: inline(item(always, all)),
			standalone: []*graph.SecurityGroupRule{rule(head("Alone"), group, 6, "10.0.0.0/8")},
			want:       []string{"All", "Alone"}},
		{name: "a standalone rule of an unknown group may be of this one",
			standalone: []*graph.SecurityGroupRule{rule(head("Alone"), unknownRef[graph.SecurityGroup](), 6,
				"10.0.0.0/8")}, want: []string{"? Fn::Select"}},
		{name: "a standalone rule of a group elsewhere changes nothing",
			standalone: []*graph.SecurityGroupRule{rule(head("Alone"), ref[graph.SecurityGroup]("${GroupId}"), 6,
				"10.0.0.0/8")},
			want: []string{"Group.DefaultEgress", "Group.DefaultEgress6"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := network(func(b *graph.Builder, n *graph.Network) {
				graph.Add(b, &n.SecurityGroups,
					&graph.SecurityGroup{Header: head("Group"), DefaultEgress: test.language == "",
						InlineEgress: test.inline})
				for _, r := range test.standalone {
					graph.Add(b, &n.SecurityGroupRules, r)
				}
			})
			expect(t, "egress", egress(n, test.world, "Group"), test.want...)
		})
	}
}

func TestAMacroMayHaveTakenTheDefaultEgressAway(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		n.Open = []fact.Missing{macro}
		graph.Add(b, &n.SecurityGroups, &graph.SecurityGroup{Header: head("Group"), DefaultEgress: true})
	})
	expect(t, "egress", egress(n, nil, "Group"), "? Company::Macro")
}

func TestIngressIsInlineAndStandalone(t *testing.T) {
	inline := &graph.SecurityGroupRule{Header: head("Inline")}
	n := network(func(b *graph.Builder, n *graph.Network) {
		g := &graph.SecurityGroup{Header: head("Group"), DefaultEgress: true}
		g.InlineIngress.Append(inline, nowhere)
		graph.Add(b, &n.SecurityGroups, g)
		graph.Add(b, &n.SecurityGroupRules,
			&graph.SecurityGroupRule{Header: head("Alone"), Group: ref[graph.SecurityGroup]("Group")})
		graph.Add(b, &n.GroupVPCAssociations,
			&graph.GroupVPCAssociation{Header: head("Also"), Group: ref[graph.SecurityGroup]("Group"),
				VPC: ref[graph.VPC]("${OtherVpc}")})
	})
	g := n.SecurityGroups.Get("Group")
	expect(t, "ingress", addresses(n, nil, g.Ingress), "Inline", "Alone")
	expect(t, "egress", egress(n, nil, "Group"), "Group.DefaultEgress", "Group.DefaultEgress6")
	if len(g.OtherVPCs.Items) != 1 {
		t.Errorf("other VPCs: %+v, want one", g.OtherVPCs)
	}
}
