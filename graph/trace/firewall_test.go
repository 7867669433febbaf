package trace

import (
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestFirewalls(t *testing.T) {
	open := []*graph.ACLEntry{out(100, true, "0.0.0.0/0", 443, 443), in(100, true, "0.0.0.0/0", 1024, 65535)}
	acl := func(subnet string, entries ...*graph.ACLEntry) func(*lab) {
		return func(x *lab) { x.natPath(); x.acl("Acl", subnet, entries...) }
	}
	egress := func(rs ...*graph.SecurityGroupRule) func(*lab) {
		return func(x *lab) { x.natPath(); x.n.SecurityGroups.Get("Group").InlineEgress = list(rs...) }
	}
	run(t, []walk{
		{name: "an ACL with HTTPS out and answers in is enough", build: acl("App", open...), want: fact.True},
		{name: "an ACL without entries denies both ways", build: acl("App"), want: fact.False,
			blocks: []string{"SUBNET_ACL_RESTRICTION subnet Acl", "SUBNET_ACL_RESTRICTION_RETURN subnet Acl"}},
		{name: "an ACL is stateless", build: acl("App", out(100, true, "0.0.0.0/0", 443, 443)), want: fact.False,
			blocks: []string{"SUBNET_ACL_RESTRICTION_RETURN subnet Acl"}},
		{name: "the lower number wins",
			build: acl("App", out(90, false, "0.0.0.0/0", 443, 443), out(100, true, "0.0.0.0/0", 443, 443),
				in(100, true, "0.0.0.0/0", 1024, 65535)),
			want: fact.False, blocks: []string{"SUBNET_ACL_RESTRICTION subnet Acl"}},
		{name: "denying a part of the internet is not denying it",
			build: acl("App", out(90, false, "8.8.8.0/24", 443, 443), out(100, true, "0.0.0.0/0", 443, 443),
				in(100, true, "0.0.0.0/0", 1024, 65535)),
			missing: []string{SomeAddresses}},
		{name: "the ACL of the NAT gateway's subnet must let the function in",
			build: acl("Edge", out(100, true, "0.0.0.0/0", 0, 65535), in(100, true, "0.0.0.0/0", 1024, 65535)),
			want:  fact.False, blocks: []string{"SUBNET_ACL_RESTRICTION NAT gateway's subnet Acl"}},
		{name: "the ACL of the NAT gateway's subnet must let answers back to the function",
			build: acl("Edge", out(100, true, "0.0.0.0/0", 443, 443), in(100, true, "0.0.0.0/0", 0, 65535)),
			want:  fact.False, blocks: []string{"SUBNET_ACL_RESTRICTION_RETURN NAT gateway's subnet Acl"}},
		{name: "an entry of unknown number leaves it open", build: func(x *lab) {
			x.natPath()
			deny := out(90, false, "0.0.0.0/0", 443, 443)
			deny.Number = notKnown[int]("Number")
			x.acl("Acl", "App", append(open, deny)...)
		}, missing: []string{"Number"}},
		{name: "no rule of any group", build: egress(), want: fact.False,
			blocks: []string{"ENI_SG_RULES_MISMATCH function Group"}},
		{name: "a rule for another port", build: egress(tcp("0.0.0.0/0", 5432)), want: fact.False,
			blocks: []string{"ENI_SG_RULES_MISMATCH function Group"}},
		{name: "a rule for the port", build: egress(tcp("0.0.0.0/0", 443)), want: fact.True},
		{name: "rules for halves of the internet", build: egress(tcp("0.0.0.0/1", 443), tcp("128.0.0.0/1", 443)),
			want: fact.True},
		{name: "a rule for a part of the internet", build: egress(tcp("52.0.0.0/8", 443)),
			missing: []string{SomeAddresses}},
		{name: "the rules of all groups count together", build: func(x *lab) {
			egress(tcp("10.0.0.0/8", 443))(x)
			x.group("Second", tcp("0.0.0.0/0", 443))
			x.src.Groups = list(ref[graph.SecurityGroup]("Group"), ref[graph.SecurityGroup]("Second"))
		}, want: fact.True},
		{name: "a group from elsewhere may allow it", build: func(x *lab) {
			egress()(x)
			x.b.Foreign("${GroupId}", missing("GroupId"))
			x.src.Groups = list(ref[graph.SecurityGroup]("Group"), ref[graph.SecurityGroup]("${GroupId}"))
		}, missing: []string{"GroupId"}},
		{name: "a rule that may be stripped", build: func(x *lab) {
			r := rule("0.0.0.0/0")
			m := missing("stripped")
			r.Doubtful = &m
			egress(r)(x)
		}, missing: []string{"stripped"}},
		{name: "a rule for another group says nothing about the internet",
			build: egress(&graph.SecurityGroupRule{Header: head("r"), Protocol: known(-1),
				Peer: ref[graph.SecurityGroup]("Group")}),
			want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH function Group"}},
	})
	t.Run("answers to a part of the ports are said but do not block", func(t *testing.T) {
		x := newLab()
		acl("App", out(100, true, "0.0.0.0/0", 443, 443), in(100, true, "0.0.0.0/0", 32768, 65535))(x)
		r := x.trace(Flow{To: Internet(4)})
		i := slices.IndexFunc(r.Hops, func(h *Hop) bool { return h.Lost > 0 })
		if !r.Reachable.IsTrue() || i < 0 || r.Hops[i].Lost != 32768-1024 || r.Hops[i].Cause != "" {
			t.Errorf("reachable %v, hops:\n%s", r.Reachable, sentences(r.Hops))
		}
	})
}

func TestBlockPublicAccess(t *testing.T) {
	mode := func(m, exclusion string) func(*lab) {
		return func(x *lab) {
			x.natPath()
			graph.Add(x.b, &x.n.BlockPublicAccess, &graph.BlockPublicAccess{Header: head("Bpa"), Mode: text(m)})
			if exclusion != "" {
				graph.Add(x.b, &x.n.Exclusions,
					&graph.BlockPublicAccessExclusion{Header: head("Ex"), VPC: ref[graph.VPC]("Vpc"),
						Mode: text(exclusion)})
			}
		}
	}
	run(t, []walk{
		{name: "block-bidirectional stops a NAT gateway's packets", build: mode("block-bidirectional", ""),
			want:   fact.False,
			blocks: []string{"VPC_BLOCK_PUBLIC_ACCESS_ENABLED internet gateway Bpa"}},
		{name: "block-ingress lets them go", build: mode("block-ingress", ""), want: fact.True},
		{name: "an exclusion of the VPC opens the way", build: mode("block-bidirectional", "allow-egress"),
			want: fact.True},
		{name: "an exclusion of a subnet decides nothing", build: func(x *lab) {
			mode("block-bidirectional", "")(x)
			graph.Add(x.b, &x.n.Exclusions,
				&graph.BlockPublicAccessExclusion{Header: head("Ex"), Subnet: ref[graph.Subnet]("Edge"),
					Mode: text("allow-bidirectional")})
		}, missing: []string{"whether an exclusion of one subnet opens the way"}},
	})
}
