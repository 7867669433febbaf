package trace

import (
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func TestStopsStandWhereTheChangeIsToBeMade(t *testing.T) {
	place := source.Span{Pos: 42, End: 50}
	for _, c := range []struct {
		name  string
		build func(*lab)
	}{
		{"a missing route: at the table", func(x *lab) { x.n.RouteTables.Get("AppTable").Span = place }},
		{"a missing route of the implicit main table: at the subnet", func(x *lab) {
			x.n.RouteTableAssociations.Get("AppTableApp").When = fact.Never()
			x.n.Subnets.Get("App").Span = place
		}},
		{"a route to a gateway of another VPC: at the route", func(x *lab) {
			x.vpc("Other", "10.7.0.0/16")
			x.gateway("Foreign", "Other")
			x.src.Compute = EC2
			x.n.Subnets.Get("App").MapPublicIP = known(true)
			x.route("AppTable", "0.0.0.0/0", graph.ToGateway, "Foreign").Span = place
		}},
		{"a NAT gateway in a subnet without a way out: at the NAT gateway", func(x *lab) {
			x.natPath().Span = place
			x.n.Routes.Get("EdgeTable 0.0.0.0/0").When = fact.Never()
		}},
		{"rules that let nothing out: at the group", func(x *lab) {
			x.natPath()
			g := x.n.SecurityGroups.Get("Group")
			g.InlineEgress, g.Span = list(rule("10.0.0.0/16")), place
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newLab()
			c.build(x)
			r := x.trace(Flow{To: Internet(4)})
			if len(r.Blocks) != 1 || r.Blocks[0].Span != place {
				t.Errorf("blocks %+v, want one at %v", r.Blocks, place)
			}
		})
	}
}

func TestBothCasesOfAConditionCanBeLookedAt(t *testing.T) {
	x := newLab()
	x.natPath()
	x.n.Routes.Get("AppTable 0.0.0.0/0").When = undecidedIf("UseNat")
	x.b.Link()
	x.src.Subnet = x.n.Subnets.Get("App")
	walk := func(w *fact.World) *Result { return New(x.n.In(w)).Trace(x.src, Flow{To: Internet(4)}) }
	var got []string
	for _, r := range fact.Leaves(nil, 10, walk, func(r *Result) []fact.Missing { return r.Reachable.Missing }) {
		got = append(got, r.Reachable.Truth.String())
	}
	if !slices.Equal(got, []string{"true", "false"}) {
		t.Errorf("with and without the route: %v", got)
	}
}

func TestAManagedInstanceWaitsAtThePortsOfLinux(t *testing.T) {
	for name, c := range map[string]struct {
		compute Compute
		lost    int
	}{"a function": {Hyperplane, 32768 - 1024}, "a managed instance": {EC2, 0}} {
		t.Run(name, func(t *testing.T) {
			x := newLab()
			x.natPath()
			x.src.Compute = c.compute
			x.acl("Acl", "App", out(100, true, "0.0.0.0/0", 443, 443), in(100, true, "0.0.0.0/0", 32768, 65535))
			lost := 0
			for _, h := range x.trace(Flow{To: Internet(4)}).Hops {
				lost += h.Lost
			}
			if lost != c.lost {
				t.Errorf("%d ports lost, want %d", lost, c.lost)
			}
		})
	}
}

func TestAStopForAPartSaysSo(t *testing.T) {
	x := newLab()
	x.nat("Nat", "Edge")
	x.route("AppTable", "0.0.0.0/1", graph.ToNATGateway, "Nat")
	r := x.trace(Flow{To: Internet(4)})
	want := `no route of "AppTable" leads to the internet (a part of the addresses)`
	passed := func(h *Hop) bool { return h.Message == want && h.Cause == "" }
	if !slices.ContainsFunc(r.Hops, passed) || len(r.Blocks) > 0 {
		t.Errorf("hops:\n%s", sentences(r.Hops))
	}
}
