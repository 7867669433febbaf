package trace

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
)

// walk is one case: what is built on top of the lab, where the packet goes, and what becomes of it.
type walk struct {
	name  string
	build func(*lab)
	flow  Flow // the IPv4 internet unless set
	want  fact.Truth
	// blocks are "cause role address", missing the names of the facts that the answer waits for.
	blocks  []string
	missing []string
	via     string
}

func run(t *testing.T, cases []walk) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x := newLab()
			c.build(x)
			flow := c.flow
			if flow.To.Class == "" {
				flow.To = Internet(4)
			}
			r := x.trace(flow)
			if r.Reachable.Truth != c.want {
				t.Errorf("reachable is %v (missing %v), want %v; hops:\n%s", r.Reachable.Truth, names(r), c.want, sentences(r.Hops))
			}
			var blocks []string
			for _, b := range r.Blocks {
				blocks = append(blocks, strings.TrimSpace(string(b.Cause)+" "+string(b.Key.Role)+" "+b.Address))
				want := Key{b.Cause, flow.To.Class, flow.To.Family, x.src.Compute, b.Role}
				if b.Key != want {
					t.Errorf("key %+v, want %+v", b.Key, want)
				}
			}
			if d := cmp.Diff(c.blocks, blocks); d != "" {
				t.Errorf("blocks (-want +got):\n%s%s", d, sentences(r.Hops))
			}
			if d := cmp.Diff(c.missing, names(r)); d != "" {
				t.Errorf("missing (-want +got):\n%s", d)
			}
			if c.via != "" && r.Via != c.via {
				t.Errorf("via %q, want %q", r.Via, c.via)
			}
		})
	}
}

func names(r *Result) []string {
	var out []string
	for _, m := range r.Reachable.Missing {
		out = append(out, m.Name)
	}
	return out
}

func sentences(hops []*Hop) string {
	var b strings.Builder
	for _, h := range hops {
		b.WriteString("  " + string(h.Role) + ": " + h.Message)
		if h.Cause != "" {
			b.WriteString(" [" + string(h.Cause) + "]")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (x *lab) natPath() *graph.NATGateway {
	x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
	return x.nat("Nat", "Edge")
}

func TestInternetGateways(t *testing.T) {
	toGateway := func(x *lab) { x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Gateway") }
	toGateway6 := func(x *lab) {
		x.route("AppTable", "::/0", graph.ToGateway, "Gateway")
		x.src.IPv6 = fact.Yes()
	}
	managed := func(build func(*lab), public bool) func(*lab) {
		return func(x *lab) {
			build(x)
			x.src.Compute = EC2
			x.n.Subnets.Get("App").MapPublicIP = known(public)
		}
	}
	run(t, []walk{
		{name: "a function has no public IPv4 address behind an internet gateway", build: toGateway, want: fact.False,
			blocks: []string{"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway Gateway"}, via: "internet gateway"},
		{name: "a function's IPv6 through an internet gateway is not documented", build: toGateway6, flow: Flow{To: Internet(6)},
			missing: []string{"whether a function reaches IPv6 addresses through an internet gateway"}},
		{name: "a function without an IPv6 address sends no IPv6", build: func(x *lab) { toGateway6(x); x.src.IPv6 = fact.No() }, flow: Flow{To: Internet(6)},
			want: fact.False, blocks: []string{"NO_ADDRESS_IN_FAMILY function App"}},
		{name: "a managed instance uses the public address of its subnet", build: managed(toGateway, true), want: fact.True},
		{name: "a managed instance without a public address is stopped", build: managed(toGateway, false), want: fact.False,
			blocks: []string{"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway Gateway"}},
		{name: "a managed instance needs no public IPv4 address for IPv6", build: managed(toGateway6, false), flow: Flow{To: Internet(6)}, want: fact.True},
		{name: "a gateway attached nowhere and no public address are two stops", build: func(x *lab) {
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Loose")
			x.gateway("Loose", "")
		}, want: fact.False, blocks: []string{"UNASSOCIATED_COMPONENT internet gateway Loose", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway Loose"}},
		{name: "a gateway of another VPC is a dead route", build: func(x *lab) {
			x.vpc("Other", "10.7.0.0/16")
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Foreign")
			x.gateway("Foreign", "Other")
			x.src.Compute = EC2
			x.n.Subnets.Get("App").MapPublicIP = known(true)
		}, want: fact.False, blocks: []string{"BAD_STATE_ROUTE route AppTable 0.0.0.0/0"}},
		{name: "a literal id of an internet gateway is one", build: func(x *lab) { x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "igw-0a1b2c3d") },
			want: fact.False, blocks: []string{"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway igw-0a1b2c3d"}},
		{name: "a gateway given as a parameter may be of any kind", build: func(x *lab) {
			x.b.Foreign("${Way}", missing("Way"))
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "${Way}")
		}, missing: []string{"Way"}},
		{name: "behind a virtual private gateway lies a network that is not here", build: func(x *lab) {
			graph.Add(x.b, &x.n.VPNGateways, &graph.VPNGateway{Header: head("Vgw")})
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Vgw")
		}, missing: []string{"virtual private gateway Vgw"}, via: "virtual private gateway"},
		{name: "a target that does not exist in this world is a dead route", build: func(x *lab) {
			x.gateway("Gone", "Vpc").When = fact.Never()
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Gone")
		}, want: fact.False, blocks: []string{"BAD_STATE_ROUTE route AppTable 0.0.0.0/0"}},
	})
}

func TestEgressOnlyGateways(t *testing.T) {
	eigw := func(vpc, dest string) func(*lab) {
		return func(x *lab) {
			x.vpc("Other", "10.7.0.0/16")
			graph.Add(x.b, &x.n.EgressOnlyGateways, &graph.EgressOnlyGateway{Header: head("Eigw"), VPC: ref[graph.VPC](vpc)})
			x.route("AppTable", dest, graph.ToEgressOnly, "Eigw")
			x.src.IPv6 = fact.Yes()
		}
	}
	run(t, []walk{
		{name: "it carries IPv6", build: eigw("Vpc", "::/0"), flow: Flow{To: Internet(6)}, want: fact.True, via: "egress-only internet gateway"},
		{name: "it does not carry IPv4", build: eigw("Vpc", "0.0.0.0/0"), want: fact.False, blocks: []string{"NO_ADDRESS_IN_FAMILY egress-only internet gateway Eigw"}},
		{name: "IPv4 finds no route in ::/0", build: eigw("Vpc", "::/0"), want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "that of another VPC is a dead route", build: eigw("Other", "::/0"), flow: Flow{To: Internet(6)}, want: fact.False,
			blocks: []string{"BAD_STATE_ROUTE route AppTable ::/0"}},
	})
}

func TestNATGateways(t *testing.T) {
	change := func(f func(*lab, *graph.NATGateway)) func(*lab) { return func(x *lab) { f(x, x.natPath()) } }
	edge := func(kind graph.TargetKind, id string) func(*lab, *graph.NATGateway) {
		return func(x *lab, _ *graph.NATGateway) {
			x.n.Routes.Get("EdgeTable 0.0.0.0/0").Targets = list(known(graph.Target{Kind: kind, ID: id}))
		}
	}
	run(t, []walk{
		{name: "a public gateway in a public subnet reaches the internet", build: func(x *lab) { x.natPath() }, want: fact.True, via: "NAT gateway"},
		{name: "in a subnet without a route it reaches nothing", build: change(func(x *lab, g *graph.NATGateway) {
			x.subnet("Dark", "Vpc", "10.0.3.0/24")
			x.table("DarkTable", "Vpc", "Dark")
			g.Subnet = ref[graph.Subnet]("Dark")
		}), want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION NAT gateway's subnet Nat"}},
		{name: "in the function's own subnet it loops", build: change(func(x *lab, g *graph.NATGateway) { g.Subnet = ref[graph.Subnet]("App") }),
			want: fact.False, blocks: []string{"CIRCULAR_ROUTING NAT gateway Nat"}},
		{name: "behind another one it is no way out", build: change(func(x *lab, g *graph.NATGateway) {
			edge(graph.ToNATGateway, "Second")(x, g)
			x.nat("Second", "Edge")
		}), want: fact.False, blocks: []string{"NGW_BEHIND_NGW NAT gateway Nat"}},
		{name: "a private one before a public one is not documented", build: change(func(x *lab, g *graph.NATGateway) {
			edge(graph.ToNATGateway, "Second")(x, g)
			x.nat("Second", "Edge")
			g.Connectivity = text("private")
		}), missing: []string{`whether NAT gateway "Second" takes the packets of a private one`}},
		{name: "a loop through another one is a loop", build: change(func(x *lab, g *graph.NATGateway) {
			x.subnet("Dark", "Vpc", "10.0.3.0/24")
			x.table("DarkTable", "Vpc", "Dark")
			x.nat("Second", "Dark")
			edge(graph.ToNATGateway, "Second")(x, g)
			x.route("DarkTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
		}), want: fact.False, blocks: []string{"CIRCULAR_ROUTING NAT gateway Nat"}},
		{name: "behind a NAT instance it works", build: change(func(x *lab, g *graph.NATGateway) {
			x.subnet("Middle", "Vpc", "10.0.4.0/24")
			x.table("MiddleTable", "Vpc", "Middle")
			x.route("MiddleTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
			x.group("Box").InlineIngress = list(rule("10.0.0.0/16"))
			x.n.SecurityGroups.Get("Box").InlineEgress = list(rule("0.0.0.0/0"))
			graph.Add(x.b, &x.n.Instances, &graph.Instance{Header: head("Proxy"), Subnet: ref[graph.Subnet]("Middle"), SourceDestCheck: known(false),
				Groups: list(ref[graph.SecurityGroup]("Box"))})
			x.n.Routes.Get("AppTable 0.0.0.0/0").Targets = list(known(graph.Target{Kind: graph.ToInstance, ID: "Proxy"}))
		}), want: fact.True, via: "NAT instance"},
		{name: "a private one in a public subnet is dropped", build: change(func(x *lab, g *graph.NATGateway) { g.Connectivity = text("private") }),
			want: fact.False, blocks: []string{"NGW_PRIVATE_TO_INTERNET NAT gateway Nat"}},
		{name: "a private one without a route is no way out", build: change(func(x *lab, g *graph.NATGateway) {
			g.Connectivity = text("private")
			x.n.Routes.Get("EdgeTable 0.0.0.0/0").When = fact.Never()
		}), want: fact.False, blocks: []string{"NGW_PRIVATE_TO_INTERNET NAT gateway Nat"}},
		{name: "a private one before a transit gateway is a design", build: change(func(x *lab, g *graph.NATGateway) {
			g.Connectivity = text("private")
			edge(graph.ToTransitGateway, "tgw-1")(x, g)
		}), missing: []string{"transit gateway tgw-1"}, via: "NAT gateway"},
		{name: "without an allocation it has no address", build: change(func(x *lab, g *graph.NATGateway) { g.Allocation = fact.Value[graph.Allocation]{} }),
			want: fact.False, blocks: []string{"NGW_NO_PUBLIC_ADDRESS NAT gateway Nat"}},
		{name: "an allocation that is not known leaves it open", build: change(func(x *lab, g *graph.NATGateway) { g.Allocation = notKnown[graph.Allocation]("Eip") }),
			missing: []string{"Eip"}},
		{name: "the address in place of the allocation id is none", build: change(func(x *lab, g *graph.NATGateway) {
			g.Allocation = known(graph.Allocation{Address: "Eip", Attribute: "PublicIp"})
		}), want: fact.False, blocks: []string{"NGW_NO_PUBLIC_ADDRESS NAT gateway Nat"}},
		{name: "in another VPC it is a dead route", build: change(func(x *lab, g *graph.NATGateway) {
			x.vpc("Other", "10.7.0.0/16")
			x.n.Subnets.Get("Edge").VPC = ref[graph.VPC]("Other")
			x.n.RouteTables.Get("EdgeTable").VPC = ref[graph.VPC]("Other")
			x.n.GatewayAttachments.Get("GatewayAttachment").VPC = ref[graph.VPC]("Other")
		}), want: fact.False, blocks: []string{"BAD_STATE_ROUTE route AppTable 0.0.0.0/0"}},
		{name: "before an unattached internet gateway it is stuck", build: change(func(x *lab, g *graph.NATGateway) {
			x.n.GatewayAttachments.Get("GatewayAttachment").When = fact.Never()
		}), want: fact.False, blocks: []string{"UNASSOCIATED_COMPONENT internet gateway Gateway"}},
		{name: "a regional one needs no subnet", build: change(func(x *lab, g *graph.NATGateway) {
			g.Subnet, g.VPC, g.Availability, g.Allocation = graph.Ref[graph.Subnet]{}, ref[graph.VPC]("Vpc"), text("regional"), fact.Value[graph.Allocation]{}
		}), want: fact.True, via: "NAT gateway"},
		{name: "a regional one needs an internet gateway", build: change(func(x *lab, g *graph.NATGateway) {
			g.Subnet, g.VPC, g.Availability = graph.Ref[graph.Subnet]{}, ref[graph.VPC]("Vpc"), text("regional")
			x.n.GatewayAttachments.Get("GatewayAttachment").When = fact.Never()
		}), want: fact.False, blocks: []string{"UNASSOCIATED_COMPONENT NAT gateway Nat"}},
		{name: "IPv6 through it is no documented design", build: change(func(x *lab, g *graph.NATGateway) {
			x.route("AppTable", "::/0", graph.ToNATGateway, "Nat")
			x.route("EdgeTable", "::/0", graph.ToGateway, "Gateway")
			x.src.IPv6 = fact.Yes()
		}), flow: Flow{To: Internet(6)}, missing: []string{"whether a NAT gateway carries IPv6 other than to 64:ff9b::/96"}},
		{name: "one given as a parameter is not known", build: func(x *lab) { x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "${NatId}") },
			missing: []string{"${NatId}"}},
		{name: "a denied flow and a missing address are both reported", build: change(func(x *lab, g *graph.NATGateway) {
			g.Allocation = fact.Value[graph.Allocation]{}
			x.group("Group", rule("10.0.0.0/8"))
		}), want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH function Group", "NGW_NO_PUBLIC_ADDRESS NAT gateway Nat"}},
	})
}

func TestNATInstances(t *testing.T) {
	box := func(f func(*lab, *graph.Instance)) func(*lab) {
		return func(x *lab) {
			g := x.group("BoxGroup", rule("0.0.0.0/0"))
			g.InlineIngress = list(rule("10.0.0.0/16"))
			i := &graph.Instance{Header: head("Box"), Subnet: ref[graph.Subnet]("Edge"), Groups: list(ref[graph.SecurityGroup]("BoxGroup")),
				SourceDestCheck: known(false), PublicIP: known(true)}
			f(x, i)
			graph.Add(x.b, &x.n.Instances, i)
			x.route("AppTable", "0.0.0.0/0", graph.ToInstance, "Box")
		}
	}
	run(t, []walk{
		{name: "one that is set up well works", build: box(func(*lab, *graph.Instance) {}), want: fact.True, via: "NAT instance"},
		{name: "the source/destination check drops what it should forward", build: box(func(_ *lab, i *graph.Instance) { i.SourceDestCheck = fact.Value[bool]{} }),
			want: fact.False, blocks: []string{"ENI_SOURCE_DEST_CHECK_RESTRICTION NAT instance Box"}},
		{name: "it needs a public address", build: box(func(_ *lab, i *graph.Instance) { i.PublicIP = known(false) }),
			want: fact.False, blocks: []string{"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS NAT instance Box"}},
		{name: "its subnet may give it one", build: box(func(x *lab, i *graph.Instance) {
			i.PublicIP = fact.Value[bool]{}
			x.n.Subnets.Get("Edge").MapPublicIP = known(true)
		}), want: fact.True},
		{name: "an Elastic IP is one", build: box(func(x *lab, i *graph.Instance) {
			i.PublicIP = known(false)
			graph.Add(x.b, &x.n.ElasticIPs, &graph.ElasticIP{Header: head("Eip"), Instance: ref[graph.Instance]("Box")})
		}), want: fact.True},
		{name: "its group must admit the function", build: box(func(x *lab, _ *graph.Instance) {
			x.n.SecurityGroups.Get("BoxGroup").InlineIngress = list(rule("192.168.0.0/16"))
		}), want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH NAT instance BoxGroup"}},
		{name: "its group may admit the function's group", build: box(func(x *lab, _ *graph.Instance) {
			r := &graph.SecurityGroupRule{Header: head("r"), Protocol: known(-1), Peer: ref[graph.SecurityGroup]("Group")}
			x.n.SecurityGroups.Get("BoxGroup").InlineIngress = list(r)
		}), want: fact.True},
		{name: "an interface that nothing here attaches may become anything", build: func(x *lab) {
			graph.Add(x.b, &x.n.NetworkInterfaces, &graph.NetworkInterface{Header: head("Eni"), Subnet: ref[graph.Subnet]("Edge")})
			x.route("AppTable", "0.0.0.0/0", graph.ToNetworkInterface, "Eni")
		}, missing: []string{"what Eni is attached to"}},
	})
}

func TestOtherTargets(t *testing.T) {
	target := func(kind graph.TargetKind, id string) func(*lab) {
		return func(x *lab) { x.route("AppTable", "0.0.0.0/0", kind, id) }
	}
	run(t, []walk{
		{name: "no route at all", build: func(*lab) {}, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a peering connection never leads to the internet", build: target(graph.ToPeering, "pcx-1"), want: fact.False,
			blocks: []string{"PCX_REQUIRES_ADDRESS_IN_VPC_CIDR VPC peering connection AppTable 0.0.0.0/0"}},
		{name: "a transit gateway is not known", build: target(graph.ToTransitGateway, "Hub"), missing: []string{"transit gateway Hub"}, via: "transit gateway"},
		{name: "a transit gateway made here and attached to no VPC is a dead route", build: func(x *lab) {
			graph.Add(x.b, &x.n.TransitGateways, &graph.TransitGateway{Header: head("Hub")})
			target(graph.ToTransitGateway, "Hub")(x)
		}, want: fact.False, blocks: []string{"BAD_STATE_ROUTE route AppTable 0.0.0.0/0"}},
		{name: "a core network is not known", build: target(graph.ToCoreNetwork, "Wan"), missing: []string{"Cloud WAN core network Wan"}},
		{name: "a carrier gateway is not known", build: target(graph.ToCarrier, "Carrier"), missing: []string{"carrier gateway Carrier"}},
		{name: "a firewall endpoint is not known", build: func(x *lab) {
			graph.Add(x.b, &x.n.Endpoints, &graph.VPCEndpoint{Header: head("Gwlb"), VPC: ref[graph.VPC]("Vpc"), Kind: text("GatewayLoadBalancer")})
			target(graph.ToEndpoint, "Gwlb")(x)
		}, missing: []string{"VPC endpoint Gwlb"}},
		{name: "a route propagated by a VPN may be the default route", build: func(x *lab) {
			graph.Add(x.b, &x.n.Propagations, &graph.Propagation{Header: head("P"), Tables: list(ref[graph.RouteTable]("AppTable")), From: text("Vgw")})
		}, missing: []string{"routes propagated into AppTable"}},
		{name: "a subnet without an association uses the main table", build: func(x *lab) {
			x.n.RouteTableAssociations.Get("AppTableApp").When = fact.Never()
		}, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table Vpc.MainRouteTable"}},
	})
}

func TestRouteChoice(t *testing.T) {
	run(t, []walk{
		{name: "two halves are a default route", build: func(x *lab) {
			x.nat("Nat", "Edge")
			x.route("AppTable", "0.0.0.0/1", graph.ToNATGateway, "Nat")
			x.route("AppTable", "128.0.0.0/1", graph.ToNATGateway, "Nat")
		}, want: fact.True},
		{name: "one half is a part", build: func(x *lab) {
			x.nat("Nat", "Edge")
			x.route("AppTable", "0.0.0.0/1", graph.ToNATGateway, "Nat")
		}, missing: []string{SomeAddresses}},
		{name: "halves that both fail are blocked for two causes", build: func(x *lab) {
			x.route("AppTable", "0.0.0.0/1", graph.ToGateway, "Gateway")
			x.route("AppTable", "128.0.0.0/1", graph.ToPeering, "pcx-1")
		}, want: fact.False, blocks: []string{"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway Gateway",
			"PCX_REQUIRES_ADDRESS_IN_VPC_CIDR VPC peering connection AppTable 128.0.0.0/1"}},
		{name: "a prefix list may be a default route", build: func(x *lab) {
			x.nat("Nat", "Edge")
			graph.Add(x.b, &x.n.PrefixLists, &graph.PrefixList{Header: head("All"), Entries: list(cidr("0.0.0.0/1"), cidr("128.0.0.0/1"))})
			r := x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
			r.Destination, r.PrefixList = fact.Value[netip.Prefix]{}, ref[graph.PrefixList]("All")
		}, want: fact.True},
		{name: "a route to an unknown range may hide the default route", build: func(x *lab) {
			x.natPath()
			x.route("AppTable", "10.9.0.0/16", graph.ToPeering, "pcx-1").Destination = notKnown[netip.Prefix]("OnPremises")
		}, missing: []string{"OnPremises"}},
		{name: "a route to an unknown range cannot hide what fails as well", build: func(x *lab) {
			x.route("AppTable", "10.9.0.0/16", graph.ToPeering, "pcx-1").Destination = notKnown[netip.Prefix]("OnPremises")
		}, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a VPC of unknown range hides nothing of the internet", build: func(x *lab) {
			x.natPath()
			x.n.VPCs.Get("Vpc").CIDRs = list(notKnown[netip.Prefix]("VpcCidr"))
		}, want: fact.True},
		{name: "an exported table may have routes that are not here", build: func(x *lab) {
			m := fact.Missing{Kind: fact.Export, Name: "TableId"}
			x.n.RouteTables.Get("AppTable").Exported = &m
		}, missing: []string{"TableId"}},
		{name: "a conditional route waits for its condition", build: func(x *lab) {
			x.natPath()
			x.n.Routes.Get("AppTable 0.0.0.0/0").When = fact.If(&fact.Atom{Subject: "UseNat", Literal: "true", Why: []fact.Missing{missing("UseNat")}})
		}, missing: []string{"UseNat"}},
	})
}

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
		{name: "the lower number wins", build: acl("App", out(90, false, "0.0.0.0/0", 443, 443), out(100, true, "0.0.0.0/0", 443, 443), in(100, true, "0.0.0.0/0", 1024, 65535)),
			want: fact.False, blocks: []string{"SUBNET_ACL_RESTRICTION subnet Acl"}},
		{name: "denying a part of the internet is not denying it", build: acl("App", out(90, false, "8.8.8.0/24", 443, 443), out(100, true, "0.0.0.0/0", 443, 443), in(100, true, "0.0.0.0/0", 1024, 65535)),
			missing: []string{SomeAddresses}},
		{name: "the ACL of the NAT gateway's subnet must let the function in", build: acl("Edge", out(100, true, "0.0.0.0/0", 0, 65535), in(100, true, "0.0.0.0/0", 1024, 65535)),
			want: fact.False, blocks: []string{"SUBNET_ACL_RESTRICTION NAT gateway's subnet Acl"}},
		{name: "the ACL of the NAT gateway's subnet must let answers back to the function", build: acl("Edge", out(100, true, "0.0.0.0/0", 443, 443), in(100, true, "0.0.0.0/0", 0, 65535)),
			want: fact.False, blocks: []string{"SUBNET_ACL_RESTRICTION_RETURN NAT gateway's subnet Acl"}},
		{name: "an entry of unknown number leaves it open", build: func(x *lab) {
			x.natPath()
			deny := out(90, false, "0.0.0.0/0", 443, 443)
			deny.Number = notKnown[int]("Number")
			x.acl("Acl", "App", append(open, deny)...)
		}, missing: []string{"Number"}},
		{name: "no rule of any group", build: egress(), want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH function Group"}},
		{name: "a rule for another port", build: egress(tcp("0.0.0.0/0", 5432)), want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH function Group"}},
		{name: "a rule for the port", build: egress(tcp("0.0.0.0/0", 443)), want: fact.True},
		{name: "rules for halves of the internet", build: egress(tcp("0.0.0.0/1", 443), tcp("128.0.0.0/1", 443)), want: fact.True},
		{name: "a rule for a part of the internet", build: egress(tcp("52.0.0.0/8", 443)), missing: []string{SomeAddresses}},
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
		{name: "a rule for another group says nothing about the internet", build: egress(&graph.SecurityGroupRule{Header: head("r"), Protocol: known(-1), Peer: ref[graph.SecurityGroup]("Group")}),
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
				graph.Add(x.b, &x.n.Exclusions, &graph.BlockPublicAccessExclusion{Header: head("Ex"), VPC: ref[graph.VPC]("Vpc"), Mode: text(exclusion)})
			}
		}
	}
	run(t, []walk{
		{name: "block-bidirectional stops a NAT gateway's packets", build: mode("block-bidirectional", ""), want: fact.False,
			blocks: []string{"VPC_BLOCK_PUBLIC_ACCESS_ENABLED internet gateway Bpa"}},
		{name: "block-ingress lets them go", build: mode("block-ingress", ""), want: fact.True},
		{name: "an exclusion of the VPC opens the way", build: mode("block-bidirectional", "allow-egress"), want: fact.True},
		{name: "an exclusion of a subnet decides nothing", build: func(x *lab) {
			mode("block-bidirectional", "")(x)
			graph.Add(x.b, &x.n.Exclusions, &graph.BlockPublicAccessExclusion{Header: head("Ex"), Subnet: ref[graph.Subnet]("Edge"), Mode: text("allow-bidirectional")})
		}, missing: []string{"whether an exclusion of one subnet opens the way"}},
	})
}

func TestServices(t *testing.T) {
	endpoint := func(f func(*lab, *graph.VPCEndpoint)) func(*lab) {
		return func(x *lab) {
			x.group("EndpointGroup").InlineIngress = list(tcp("10.0.0.0/16", 443))
			e := &graph.VPCEndpoint{Header: head("Sqs"), VPC: ref[graph.VPC]("Vpc"), Kind: text("Interface"), PrivateDNS: known(true),
				Service: known(fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"}, {Literal: ".sqs"}}),
				Subnets: list(ref[graph.Subnet]("Edge")), Groups: list(ref[graph.SecurityGroup]("EndpointGroup"))}
			f(x, e)
			graph.Add(x.b, &x.n.Endpoints, e)
		}
	}
	gateway := func(f func(*lab, *graph.VPCEndpoint)) func(*lab) {
		return func(x *lab) {
			e := &graph.VPCEndpoint{Header: head("S3"), VPC: ref[graph.VPC]("Vpc"), RouteTables: list(ref[graph.RouteTable]("AppTable")),
				Service: known(fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"}, {Literal: ".s3"}})}
			f(x, e)
			graph.Add(x.b, &x.n.Endpoints, e)
		}
	}
	sqs, s3 := Flow{To: Service("sqs")}, Flow{To: Service("s3")}
	none := func(*lab, *graph.VPCEndpoint) {}
	get := &policy.Request{Action: "s3:GetObject"}
	only := func(action string) fact.Value[*policy.Document] {
		return known(&policy.Document{Statements: list(policy.Statement{
			Effect: text(policy.Allow), Actions: list(fact.Lit(action)), Resources: list(fact.Lit("*")),
			Principals: list(policy.Principal{Kind: "*"}),
		})})
	}
	run(t, []walk{
		{name: "an interface endpoint with private DNS", build: endpoint(none), flow: sqs, want: fact.True, via: "VPC endpoint"},
		{name: "its group must admit the function", build: endpoint(func(x *lab, _ *graph.VPCEndpoint) {
			x.n.SecurityGroups.Get("EndpointGroup").InlineIngress = list(tcp("192.168.0.0/16", 443))
		}),
			flow: sqs, want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH VPC endpoint EndpointGroup"}},
		{name: "it takes the traffic even if it does not admit it and the internet is open", build: endpoint(func(x *lab, _ *graph.VPCEndpoint) {
			x.natPath()
			x.n.SecurityGroups.Get("EndpointGroup").InlineIngress = list(tcp("192.168.0.0/16", 443))
		}), flow: sqs, want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH VPC endpoint EndpointGroup"}},
		{name: "without private DNS it is not used", build: endpoint(func(_ *lab, e *graph.VPCEndpoint) { e.PrivateDNS = fact.Value[bool]{} }),
			flow: sqs, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "without DNS hostnames it is not used", build: endpoint(func(x *lab, _ *graph.VPCEndpoint) { x.n.VPCs.Get("Vpc").DNSHostnames = fact.Value[bool]{} }),
			flow: sqs, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "one for another service is not used", build: endpoint(none), flow: Flow{To: Service("sns")}, want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "the ACL of its subnet counts", build: endpoint(func(x *lab, _ *graph.VPCEndpoint) { x.acl("Acl", "Edge") }), flow: sqs, want: fact.False,
			blocks: []string{"SUBNET_ACL_RESTRICTION VPC endpoint Acl", "SUBNET_ACL_RESTRICTION_RETURN VPC endpoint Acl"}},
		{name: "by the internet without an endpoint", build: func(x *lab) { x.natPath() }, flow: sqs, want: fact.True, via: "NAT gateway"},
		{name: "a route for a part of the internet may not be the service's part", build: func(x *lab) {
			x.nat("Nat", "Edge")
			x.route("AppTable", "52.0.0.0/8", graph.ToNATGateway, "Nat")
		}, flow: sqs, missing: []string{SomeAddresses}},
		{name: "a gateway endpoint in the subnet's table", build: gateway(none), flow: s3, want: fact.True, via: "VPC endpoint"},
		{name: "a gateway endpoint beats the default route", build: gateway(func(x *lab, _ *graph.VPCEndpoint) { x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Gateway") }),
			flow: s3, want: fact.True, via: "VPC endpoint"},
		{name: "a gateway endpoint does not lead to the internet", build: gateway(none), want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a gateway endpoint in another table", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.RouteTables = list(ref[graph.RouteTable]("EdgeTable")) }),
			flow: s3, want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a group that lets out only to the service's prefix list", build: gateway(func(x *lab, _ *graph.VPCEndpoint) {
			r := &graph.SecurityGroupRule{Header: head("r"), Protocol: known(-1), PrefixList: known(graph.ManagedPrefixList("s3"))}
			x.n.SecurityGroups.Get("Group").InlineEgress = list(r)
		}), flow: s3, want: fact.True},
		{name: "a gateway endpoint whose policy denies everything", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = known(&policy.Document{}) }),
			flow: s3, want: fact.False, blocks: []string{"VPCE_POLICY_RESTRICTION VPC endpoint S3"}},
		{name: "a gateway endpoint whose policy is a parameter", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = notKnown[*policy.Document]("Policy") }),
			flow: s3, want: fact.True},
		{name: "a call through a gateway endpoint whose policy is a parameter", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = notKnown[*policy.Document]("Policy") }),
			flow: Flow{To: Calling("s3", get)}, missing: []string{"Policy"}},
		{name: "a gateway endpoint whose policy lets one call through", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("s3:PutObject") }),
			flow: s3, want: fact.True},
		{name: "another call than that", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("s3:PutObject") }),
			flow: Flow{To: Calling("s3", get)}, want: fact.False, blocks: []string{"VPCE_POLICY_RESTRICTION VPC endpoint S3"}},
		{name: "that call", build: gateway(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("s3:PutObject") }),
			flow: Flow{To: Calling("s3", policy.CustomResourceAnswer)}, want: fact.True},
		{name: "a call that goes by the internet", build: gateway(func(x *lab, e *graph.VPCEndpoint) {
			x.natPath()
			e.Policy, e.RouteTables = only("s3:PutObject"), list[graph.Ref[graph.RouteTable]]()
		}), flow: Flow{To: Calling("s3", get)}, want: fact.True, via: "NAT gateway"},
		{name: "an interface endpoint whose policy stops the call", build: endpoint(func(_ *lab, e *graph.VPCEndpoint) { e.Policy = only("sqs:SendMessage") }),
			flow: Flow{To: Calling("sqs", &policy.Request{Action: "sqs:ReceiveMessage"})}, want: fact.False,
			blocks: []string{"VPCE_POLICY_RESTRICTION VPC endpoint Sqs"}},
		{name: "a group that lets out only into the VPC does not reach a gateway endpoint", build: gateway(func(x *lab, _ *graph.VPCEndpoint) {
			x.n.SecurityGroups.Get("Group").InlineEgress = list(rule("10.0.0.0/16"))
		}), flow: s3, want: fact.False, blocks: []string{"ENI_SG_RULES_MISMATCH function Group"}},
	})
}

func TestNodesAndAddresses(t *testing.T) {
	db := func(subnet string, ingress ...*graph.SecurityGroupRule) func(*lab) {
		return func(x *lab) {
			x.group("DbGroup").InlineIngress = list(ingress...)
			graph.Add(x.b, &x.n.DataStores, &graph.DataStore{Header: head("Db"), Kind: "RDS instance", Port: known(5432),
				Subnets: list(ref[graph.Subnet](subnet)), Groups: list(ref[graph.SecurityGroup]("DbGroup"))})
		}
	}
	byGroup := &graph.SecurityGroupRule{Header: head("r"), Protocol: known(6), Ports: graph.PortRange{From: known(5432), To: known(5432)}, Peer: ref[graph.SecurityGroup]("Group")}
	toDB := Flow{To: Destination{Class: ClassNode, Family: 4, Node: "Db"}}
	peered := func(back bool, accepted fact.Value[bool]) func(*lab) {
		return func(x *lab) {
			x.vpc("Other", "10.7.0.0/16")
			x.subnet("Far", "Other", "10.7.1.0/24")
			x.table("FarTable", "Other", "Far")
			db("Far", tcp("10.0.0.0/16", 5432))(x)
			graph.Add(x.b, &x.n.Peerings, &graph.Peering{Header: head("Peering"), VPC: ref[graph.VPC]("Vpc"), PeerVPC: ref[graph.VPC]("Other"), Accepted: accepted})
			x.route("AppTable", "10.7.0.0/16", graph.ToPeering, "Peering")
			if back {
				x.route("FarTable", "10.0.0.0/16", graph.ToPeering, "Peering")
			}
		}
	}
	address := func(p string) Flow {
		return Flow{To: Destination{Class: ClassAddress, Family: 4, Prefix: netip.MustParsePrefix(p)}}
	}
	run(t, []walk{
		{name: "a database that admits the function's group", build: db("Edge", byGroup), flow: toDB, want: fact.True},
		{name: "a database in the function's own subnet", build: func(x *lab) { db("App", byGroup)(x); x.acl("Acl", "App") }, flow: toDB, want: fact.True},
		{name: "a database that admits another port", build: db("Edge", tcp("10.0.0.0/16", 3306)), flow: toDB, want: fact.False,
			blocks: []string{"ENI_SG_RULES_MISMATCH destination DbGroup"}},
		{name: "a database that admits a part of the subnet", build: db("Edge", tcp("10.0.1.0/25", 5432)), flow: toDB, missing: []string{SomeAddresses}},
		{name: "a database behind a peering connection", build: peered(true, known(true)), flow: toDB, want: fact.True, via: "VPC peering connection"},
		{name: "a peering connection without a route back", build: peered(false, known(true)), flow: toDB, want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION destination FarTable"}},
		{name: "a peering connection that is not accepted", build: peered(true, known(false)), flow: toDB, want: fact.False,
			blocks: []string{"BAD_STATE_ROUTE route AppTable 10.7.0.0/16"}},
		{name: "a peering connection of which nobody knows whether it is accepted", build: peered(true, notKnown[bool]("Accepted")), flow: toDB, missing: []string{"Accepted"}},
		{name: "an address of the VPC", build: func(*lab) {}, flow: address("10.0.9.7/32"), want: fact.True},
		{name: "an address of the VPC in no subnet", build: func(*lab) {}, flow: address("10.0.77.7/32"), missing: []string{`which subnet has 10.0.77.7/32`}},
		{name: "an address of a peer", build: peered(true, known(true)), flow: address("10.7.1.9/32"), want: fact.True},
		{name: "a private address nowhere routed", build: func(*lab) {}, flow: address("172.16.0.1/32"), want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a public address behind a NAT gateway", build: func(x *lab) { x.natPath() }, flow: address("8.8.8.8/32"), want: fact.True},
		{name: "a private address behind an internet gateway", build: func(x *lab) { x.natPath() }, flow: address("192.168.3.0/24"), want: fact.False,
			blocks: []string{"BAD_STATE_ROUTE route EdgeTable 0.0.0.0/0"}},
		{name: "a node that is not here", build: func(*lab) {}, flow: Flow{To: Destination{Class: ClassNode, Family: 4, Node: "Nowhere"}}, missing: []string{"Nowhere"}},
	})
}

func TestHopsNameEveryStepOfTheWay(t *testing.T) {
	x := newLab()
	x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Gateway")
	r := x.trace(Flow{To: Internet(4)})
	want := `  subnet: subnet "App"
  route table: subnet "App" uses route table "AppTable"
  route: route 0.0.0.0/0 of "AppTable" leads to internet gateway "Gateway"
  internet gateway: a function's interface has no public IPv4 address, so internet gateway "Gateway" drops its packets [IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS]
`
	if d := cmp.Diff(want, sentences(r.Hops)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestResultsAreSharedBetweenFunctions(t *testing.T) {
	x := newLab()
	x.b.Link()
	e := New(x.n.In(nil))
	x.src.Subnet = x.n.Subnets.Get("App")
	first := e.Trace(x.src, Flow{To: Internet(4)})
	other := x.src
	if e.Trace(other, Flow{To: Internet(4)}) != first {
		t.Error("two functions of one subnet and group are walked twice")
	}
	other.Groups = list(ref[graph.SecurityGroup]("sg-1"))
	if e.Trace(other, Flow{To: Internet(4)}) == first {
		t.Error("another group has the same result")
	}
}

func TestServiceIDs(t *testing.T) {
	for name, c := range map[string]struct {
		text fact.Text
		id   string
		want fact.Truth
	}{
		"a literal region":       {fact.Lit("com.amazonaws.us-east-1.sqs"), "sqs", fact.True},
		"two labels":             {fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"}, {Literal: ".ecr.api"}}, "ecr.api", fact.True},
		"China":                  {fact.Lit("cn.com.amazonaws.cn-north-1.sqs"), "sqs", fact.True},
		"no region":              {fact.Lit("com.amazonaws.iam"), "iam", fact.True},
		"another prefix":         {fact.Lit("aws.sagemaker.us-east-1.notebook"), "sagemaker.notebook", fact.True},
		"somebody's service":     {fact.Lit("com.amazonaws.vpce.us-east-1.vpce-svc-0a1b"), "", fact.False},
		"no service name":        {fact.Lit("example.org"), "", fact.False},
		"a parameter":            {fact.Text{{Symbol: "Name"}}, "", fact.Unknown},
		"a service by parameter": {fact.Text{{Literal: "com.amazonaws."}, {Symbol: "AWS::Region"}, {Literal: "."}, {Symbol: "Name"}}, "", fact.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			id, v := ServiceID(c.text)
			if id != c.id || v.Truth != c.want {
				t.Errorf("%q %v, want %q %v", id, v, c.id, c.want)
			}
		})
	}
}

func TestInternetRoutes(t *testing.T) {
	for _, c := range []struct {
		name  string
		build func(*lab)
		want  fact.Truth
		n     int
	}{
		{"a default route", func(x *lab) { x.natPath() }, fact.True, 1},
		{"two halves", func(x *lab) {
			x.route("AppTable", "0.0.0.0/1", graph.ToTransitGateway, "Hub")
			x.route("AppTable", "128.0.0.0/1", graph.ToTransitGateway, "Hub")
		}, fact.True, 2},
		{"only private ranges", func(x *lab) { x.route("AppTable", "10.0.0.0/8", graph.ToTransitGateway, "Hub") }, fact.False, 0},
		{"a part", func(x *lab) { x.route("AppTable", "52.0.0.0/8", graph.ToTransitGateway, "Hub") }, fact.Unknown, 1},
		{"an exported table", func(x *lab) { m := missing("Export"); x.n.RouteTables.Get("AppTable").Exported = &m }, fact.Unknown, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newLab()
			c.build(x)
			x.b.Link()
			rs, v := New(x.n.In(nil)).InternetRoute(x.n.RouteTables.Get("AppTable"), 4)
			if v.Truth != c.want || len(rs) != c.n {
				t.Errorf("%d routes, %v; want %d, %v", len(rs), v, c.n, c.want)
			}
		})
	}
}
