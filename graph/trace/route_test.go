package trace

import (
	"net/netip"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestNATInstances(t *testing.T) {
	box := func(f func(*lab, *graph.Instance)) func(*lab) {
		return func(x *lab) {
			g := x.group("BoxGroup", rule("0.0.0.0/0"))
			g.InlineIngress = list(rule("10.0.0.0/16"))
			i := &graph.Instance{Header: head("Box"), Subnet: ref[graph.Subnet]("Edge"),
				Groups:          list(ref[graph.SecurityGroup]("BoxGroup")),
				SourceDestCheck: known(false), PublicIP: known(true)}
			f(x, i)
			graph.Add(x.b, &x.n.Instances, i)
			x.route("AppTable", "0.0.0.0/0", graph.ToInstance, "Box")
		}
	}
	run(t, []walk{
		{name: "one that is set up well works", build: box(func(*lab, *graph.Instance) {}), want: fact.True,
			via: "NAT instance"},
		{name: "the source/destination check drops what it should forward",
			build: box(func(_ *lab, i *graph.Instance) { i.SourceDestCheck = fact.Value[bool]{} }),
			want:  fact.False, blocks: []string{"ENI_SOURCE_DEST_CHECK_RESTRICTION NAT instance Box"}},
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
			r := &graph.SecurityGroupRule{Header: head("r"), Protocol: known(-1),
				Peer: ref[graph.SecurityGroup]("Group")}
			x.n.SecurityGroups.Get("BoxGroup").InlineIngress = list(r)
		}), want: fact.True},
		{name: "an interface that nothing here attaches may become anything", build: func(x *lab) {
			graph.Add(x.b, &x.n.NetworkInterfaces,
				&graph.NetworkInterface{Header: head("Eni"), Subnet: ref[graph.Subnet]("Edge")})
			x.route("AppTable", "0.0.0.0/0", graph.ToNetworkInterface, "Eni")
		}, missing: []string{"what Eni is attached to"}},
	})
}

func TestOtherTargets(t *testing.T) {
	target := func(kind graph.TargetKind, id string) func(*lab) {
		return func(x *lab) { x.route("AppTable", "0.0.0.0/0", kind, id) }
	}
	run(t, []walk{
		{name: "no route at all", build: func(*lab) {}, want: fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a peering connection never leads to the internet", build: target(graph.ToPeering, "pcx-1"),
			want:   fact.False,
			blocks: []string{"PCX_REQUIRES_ADDRESS_IN_VPC_CIDR VPC peering connection AppTable 0.0.0.0/0"}},
		{name: "a transit gateway is not known", build: target(graph.ToTransitGateway, "Hub"),
			missing: []string{"transit gateway Hub"}, via: "transit gateway"},
		{name: "a transit gateway made here and attached to no VPC is a dead route", build: func(x *lab) {
			graph.Add(x.b, &x.n.TransitGateways, &graph.TransitGateway{Header: head("Hub")})
			target(graph.ToTransitGateway, "Hub")(x)
		}, want: fact.False, blocks: []string{"BAD_STATE_ROUTE route AppTable 0.0.0.0/0"}},
		{name: "a core network is not known", build: target(graph.ToCoreNetwork, "Wan"),
			missing: []string{"Cloud WAN core network Wan"}},
		{name: "a carrier gateway is not known", build: target(graph.ToCarrier, "Carrier"),
			missing: []string{"carrier gateway Carrier"}},
		{name: "a firewall endpoint is not known", build: func(x *lab) {
			graph.Add(x.b, &x.n.Endpoints,
				&graph.VPCEndpoint{Header: head("Gwlb"), VPC: ref[graph.VPC]("Vpc"), Kind: text("GatewayLoadBalancer")})
			target(graph.ToEndpoint, "Gwlb")(x)
		}, missing: []string{"VPC endpoint Gwlb"}},
		{name: "a route propagated by a VPN may be the default route", build: func(x *lab) {
			graph.Add(x.b, &x.n.Propagations,
				&graph.Propagation{Header: head("P"), Tables: list(ref[graph.RouteTable]("AppTable")),
					From: text("Vgw")})
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
			graph.Add(x.b, &x.n.PrefixLists,
				&graph.PrefixList{Header: head("All"), Entries: list(cidr("0.0.0.0/1"), cidr("128.0.0.0/1"))})
			r := x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
			r.Destination, r.PrefixList = fact.Value[netip.Prefix]{}, ref[graph.PrefixList]("All")
		}, want: fact.True},
		{name: "a route to an unknown range may hide the default route", build: func(x *lab) {
			x.natPath()
			x.route("AppTable", "10.9.0.0/16", graph.ToPeering,
				"pcx-1").Destination = notKnown[netip.Prefix]("OnPremises")
		}, missing: []string{"OnPremises"}},
		{name: "a route to an unknown range cannot hide what fails as well", build: func(x *lab) {
			x.route("AppTable", "10.9.0.0/16", graph.ToPeering,
				"pcx-1").Destination = notKnown[netip.Prefix]("OnPremises")
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
			x.n.Routes.Get("AppTable 0.0.0.0/0").When = fact.If(&fact.Atom{Subject: "UseNat", Literal: "true",
				Why: []fact.Missing{missing("UseNat")}})
		}, missing: []string{"UseNat"}},
	})
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
		{"only private ranges", func(x *lab) { x.route("AppTable", "10.0.0.0/8", graph.ToTransitGateway, "Hub") },
			fact.False, 0},
		{"a part", func(x *lab) { x.route("AppTable", "52.0.0.0/8", graph.ToTransitGateway, "Hub") }, fact.Unknown, 1},
		{"an exported table", func(x *lab) { m := missing("Export"); x.n.RouteTables.Get("AppTable").Exported = &m },
			fact.Unknown, 0},
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
