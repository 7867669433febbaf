package trace

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

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
		{name: "a function's IPv6 through an internet gateway is not documented", build: toGateway6,
			flow:    Flow{To: Internet(6)},
			missing: []string{"whether a function reaches IPv6 addresses through an internet gateway"}},
		{name: "a function without an IPv6 address sends no IPv6",
			build: func(x *lab) { toGateway6(x); x.src.IPv6 = fact.No() }, flow: Flow{To: Internet(6)},
			want: fact.False, blocks: []string{"NO_ADDRESS_IN_FAMILY function App"}},
		{name: "a managed instance uses the public address of its subnet", build: managed(toGateway, true),
			want: fact.True},
		{name: "a managed instance without a public address is stopped", build: managed(toGateway, false),
			want:   fact.False,
			blocks: []string{"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway Gateway"}},
		{name: "a managed instance needs no public IPv4 address for IPv6", build: managed(toGateway6, false),
			flow: Flow{To: Internet(6)}, want: fact.True},
		{name: "a gateway attached nowhere and no public address are two stops", build: func(x *lab) {
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Loose")
			x.gateway("Loose", "")
		}, want: fact.False,
			blocks: []string{"UNASSOCIATED_COMPONENT internet gateway Loose",
				"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway Loose"}},
		{name: "a gateway of another VPC is a dead route", build: func(x *lab) {
			x.vpc("Other", "10.7.0.0/16")
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Foreign")
			x.gateway("Foreign", "Other")
			x.src.Compute = EC2
			x.n.Subnets.Get("App").MapPublicIP = known(true)
		}, want: fact.False, blocks: []string{"BAD_STATE_ROUTE route AppTable 0.0.0.0/0"}},
		{name: "a literal id of an internet gateway is one",
			build: func(x *lab) { x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "igw-0a1b2c3d") },
			want:  fact.False, blocks: []string{"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet gateway igw-0a1b2c3d"}},
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
			graph.Add(x.b, &x.n.EgressOnlyGateways,
				&graph.EgressOnlyGateway{Header: head("Eigw"), VPC: ref[graph.VPC](vpc)})
			x.route("AppTable", dest, graph.ToEgressOnly, "Eigw")
			x.src.IPv6 = fact.Yes()
		}
	}
	run(t, []walk{
		{name: "it carries IPv6", build: eigw("Vpc", "::/0"), flow: Flow{To: Internet(6)}, want: fact.True,
			via: "egress-only internet gateway"},
		{name: "it does not carry IPv4", build: eigw("Vpc", "0.0.0.0/0"), want: fact.False,
			blocks: []string{"NO_ADDRESS_IN_FAMILY egress-only internet gateway Eigw"}},
		{name: "IPv4 finds no route in ::/0", build: eigw("Vpc", "::/0"), want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "that of another VPC is a dead route", build: eigw("Other", "::/0"), flow: Flow{To: Internet(6)},
			want:   fact.False,
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
		{name: "a public gateway in a public subnet reaches the internet", build: func(x *lab) { x.natPath() },
			want: fact.True, via: "NAT gateway"},
		{name: "in a subnet without a route it reaches nothing", build: change(func(x *lab, g *graph.NATGateway) {
			x.subnet("Dark", "Vpc", "10.0.3.0/24")
			x.table("DarkTable", "Vpc", "Dark")
			g.Subnet = ref[graph.Subnet]("Dark")
		}), want: fact.False, blocks: []string{"NO_ROUTE_TO_DESTINATION NAT gateway's subnet Nat"}},
		{name: "in the function's own subnet it loops",
			build: change(func(x *lab, g *graph.NATGateway) { g.Subnet = ref[graph.Subnet]("App") }),
			want:  fact.False, blocks: []string{"CIRCULAR_ROUTING NAT gateway Nat"}},
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
			graph.Add(x.b, &x.n.Instances,
				&graph.Instance{Header: head("Proxy"), Subnet: ref[graph.Subnet]("Middle"),
					SourceDestCheck: known(false),
					Groups:          list(ref[graph.SecurityGroup]("Box"))})
			x.n.Routes.Get("AppTable 0.0.0.0/0").Targets = list(known(graph.Target{Kind: graph.ToInstance,
				ID: "Proxy"}))
		}), want: fact.True, via: "NAT instance"},
		{name: "a private one in a public subnet is dropped",
			build: change(func(x *lab, g *graph.NATGateway) { g.Connectivity = text("private") }),
			want:  fact.False, blocks: []string{"NGW_PRIVATE_TO_INTERNET NAT gateway Nat"}},
		{name: "a private one without a route is no way out", build: change(func(x *lab, g *graph.NATGateway) {
			g.Connectivity = text("private")
			x.n.Routes.Get("EdgeTable 0.0.0.0/0").When = fact.Never()
		}), want: fact.False, blocks: []string{"NGW_PRIVATE_TO_INTERNET NAT gateway Nat"}},
		{name: "a private one before a transit gateway is a design", build: change(func(x *lab, g *graph.NATGateway) {
			g.Connectivity = text("private")
			edge(graph.ToTransitGateway, "tgw-1")(x, g)
		}), missing: []string{"transit gateway tgw-1"}, via: "NAT gateway"},
		{name: "without an allocation it has no address",
			build: change(func(x *lab, g *graph.NATGateway) { g.Allocation = fact.Value[graph.Allocation]{} }),
			want:  fact.False, blocks: []string{"NGW_NO_PUBLIC_ADDRESS NAT gateway Nat"}},
		{name: "an allocation that is not known leaves it open",
			build:   change(func(x *lab, g *graph.NATGateway) { g.Allocation = notKnown[graph.Allocation]("Eip") }),
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
			g.Subnet, g.VPC, g.Availability, g.Allocation = graph.Ref[graph.Subnet]{}, ref[graph.VPC]("Vpc"),
				text("regional"), fact.Value[graph.Allocation]{}
		}), want: fact.True, via: "NAT gateway"},
		{name: "a regional one needs an internet gateway", build: change(func(x *lab, g *graph.NATGateway) {
			g.Subnet, g.VPC, g.Availability = graph.Ref[graph.Subnet]{}, ref[graph.VPC]("Vpc"), text("regional")
			x.n.GatewayAttachments.Get("GatewayAttachment").When = fact.Never()
		}), want: fact.False, blocks: []string{"UNASSOCIATED_COMPONENT NAT gateway Nat"}},
		{name: "IPv6 through it is no documented design", build: change(func(x *lab, g *graph.NATGateway) {
			x.route("AppTable", "::/0", graph.ToNATGateway, "Nat")
			x.route("EdgeTable", "::/0", graph.ToGateway, "Gateway")
			x.src.IPv6 = fact.Yes()
		}), flow: Flow{To: Internet(6)},
			missing: []string{"whether a NAT gateway carries IPv6 other than to 64:ff9b::/96"}},
		{name: "one given as a parameter is not known",
			build:   func(x *lab) { x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "${NatId}") },
			missing: []string{"${NatId}"}},
		{name: "a denied flow and a missing address are both reported",
			build: change(func(x *lab, g *graph.NATGateway) {
				g.Allocation = fact.Value[graph.Allocation]{}
				x.group("Group", rule("10.0.0.0/8"))
			}), want: fact.False,
			blocks: []string{"ENI_SG_RULES_MISMATCH function Group", "NGW_NO_PUBLIC_ADDRESS NAT gateway Nat"}},
	})
}
