package graph_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestAVPCComesWithItsDefaults(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		graph.Add(b, &n.VPCs, vpc(headIf("Vpc", inProd), "10.0.0.0/16"))
	})
	v := n.VPCs.Get("Vpc")
	view := n.In(prod)
	table, ok := graph.Lookup(view, &n.RouteTables, v.MainTable)
	if !ok.IsTrue() || table.Address != "Vpc.MainRouteTable" || !table.Main || !table.Implicit {
		t.Fatalf("main table: %+v, %v", table, ok)
	}
	expect(t, "routes of the main table", addresses(n, prod, table.Routes), "Vpc.MainRouteTable.Local[0]")

	acl, ok := graph.Lookup(view, &n.ACLs, v.DefaultACL)
	if !ok.IsTrue() || acl.Address != "Vpc.DefaultNetworkAcl" || !acl.AllowAll {
		t.Fatalf("default ACL: %+v, %v", acl, ok)
	}
	group, ok := graph.Lookup(view, &n.SecurityGroups, v.DefaultGroup)
	if !ok.IsTrue() || group.Address != "Vpc.DefaultSecurityGroup" {
		t.Fatalf("default group: %+v, %v", group, ok)
	}
	if len(group.Ingress.Items) != 1 {
		t.Fatalf("ingress of the default group: %+v", group.Ingress)
	}
	if peer, _ := group.Ingress.Items[0].Value.Peer.Get(nil); peer != "Vpc.DefaultSecurityGroup" {
		t.Errorf("the default group admits %q, want its own members", peer)
	}
	expect(t, "egress of the default group", addresses(n, prod, group.Egress), "Vpc.DefaultSecurityGroup.DefaultEgress",
		"Vpc.DefaultSecurityGroup.DefaultEgress6")

	if _, ok := graph.Lookup(n.In(dev), &n.SecurityGroups, v.DefaultGroup); !ok.IsFalse() {
		t.Errorf("without the VPC its default group is %v, want false", ok.Truth)
	}
}

func TestAnAdopterStandsInForTheDefaultWhereItExists(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		v := vpc(head("Vpc"), "10.0.0.0/16")
		v.MainTable = ref[graph.RouteTable]("Adopter")
		v.DefaultGroup = ref[graph.SecurityGroup]("sg-0123456789abcdef0")
		graph.Add(b, &n.VPCs, v)
		graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: headIf("Adopter", inProd), VPC: ref[graph.VPC]("Vpc")})
	})
	v := n.VPCs.Get("Vpc")
	for world, want := range map[*fact.World]string{prod: "Adopter", dev: "Vpc.MainRouteTable"} {
		table, ok := graph.Lookup(n.In(world), &n.RouteTables, v.MainTable)
		if !ok.IsTrue() || table.Address != want || !table.Main {
			t.Errorf("main table: %+v, %v, want %s", table, ok, want)
		}
	}
	if _, ok := graph.Lookup(n.In(nil), &n.SecurityGroups, v.DefaultGroup); !ok.IsUnknown() {
		t.Errorf("a default group from elsewhere is %v, want unknown", ok.Truth)
	}
	if n.Head("Vpc.DefaultSecurityGroup") != nil {
		t.Error("an implicit group was added beside the one given")
	}
}

func TestAnEntryOnTheDefaultACLEndsItsAllowAll(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		graph.Add(b, &n.VPCs, vpc(head("Vpc")))
		graph.Add(b, &n.ACLEntries,
			&graph.ACLEntry{Header: head("Deny"), ACL: ref[graph.NetworkACL]("Vpc.DefaultNetworkAcl")})
	})
	acl := n.ACLs.Get("Vpc.DefaultNetworkAcl")
	if acl.AllowAll {
		t.Error("the ACL still counts as untouched")
	}
	expect(t, "entries", addresses(n, nil, acl.Entries), "Deny",
		"Vpc.DefaultNetworkAcl.Ingress[100]", "Vpc.DefaultNetworkAcl.Egress[100]",
		"Vpc.DefaultNetworkAcl.Ingress[101]", "Vpc.DefaultNetworkAcl.Egress[101]")
}

func TestEveryTableHasALocalRouteForEachRange(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		graph.Add(b, &n.VPCs, vpc(head("Vpc"), "10.0.0.0/16"))
		graph.Add(b, &n.CIDRBlocks,
			&graph.CIDRBlock{Header: headIf("Second", inProd), VPC: ref[graph.VPC]("Vpc"), CIDR: cidr("10.1.0.0/16")})
		graph.Add(b, &n.CIDRBlocks, &graph.CIDRBlock{Header: head("Six"), VPC: ref[graph.VPC]("Vpc"), IPv6: yes()})
		graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: head("Here"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: head("Elsewhere"), VPC: ref[graph.VPC]("${VpcId}")})
		graph.Add(b, &n.Routes,
			&graph.Route{Header: head("Appliance"), Table: ref[graph.RouteTable]("Replaced"),
				Destination: cidr("10.0.0.0/16")})
		graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: head("Replaced"), VPC: ref[graph.VPC]("Vpc")})
	})
	destinations := func(table graph.ID[graph.RouteTable], w *fact.World) []string {
		out := []string{}
		for _, it := range graph.Existing(n.In(w), n.RouteTables.Get(table).Routes).Items {
			d, ok := it.Value.Destination.Get(w)
			if ok.IsTrue() {
				out = append(out, d.String())
			} else {
				out = append(out, "? "+ok.Missing[0].Name)
			}
		}
		return out
	}
	expect(t, "in prod", destinations("Here", prod), "10.0.0.0/16", "10.1.0.0/16", "? Six")
	expect(t, "in dev", destinations("Here", dev), "10.0.0.0/16", "? Six")
	expect(t, "of a VPC elsewhere", destinations("Elsewhere", nil), "? ${VpcId}")
	expect(t, "with a written route", destinations("Replaced", dev), "10.0.0.0/16", "? Six")
	if v := n.VPCs.Get("Vpc").HasIPv6.In(nil); len(v.Items) != 1 {
		t.Errorf("IPv6 ranges: %+v, want one", v)
	}
}

func TestAnImplicitNodeCanBeExported(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		graph.Add(b, &n.VPCs, vpc(head("Vpc")))
		b.Export("Vpc.DefaultSecurityGroup", shared)
	})
	expect(t, "ingress", addresses(n, nil, n.SecurityGroups.Get("Vpc.DefaultSecurityGroup").Ingress),
		"Vpc.DefaultSecurityGroup.DefaultIngress", "? Shared")
	expect(t, "routes", addresses(n, nil, n.RouteTables.Get("Vpc.MainRouteTable").Routes))
}
