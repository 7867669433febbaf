package trace

import (
	"reflect"
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// TestGroupsAreToldApartWhereTheyHaveASay asks one engine in every order, so that no result can pass for another's.
func TestGroupsAreToldApartWhereTheyHaveASay(t *testing.T) {
	sent := map[string]fact.Truth{"Group": fact.True, "Twin": fact.True, "Closed": fact.False}
	admitted := map[string]fact.Truth{"Group": fact.True, "Twin": fact.False, "Closed": fact.False}
	for name, c := range map[string]struct {
		build func(*lab)
		want  map[string]fact.Truth
	}{
		"a NAT gateway carries what a group lets out": {func(x *lab) {
			x.nat("Nat", "Edge")
			x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
		}, sent},
		"a NAT instance may admit one group alone": {func(x *lab) {
			admits := &graph.SecurityGroupRule{Header: head("r"), Protocol: known(-1),
				Peer: ref[graph.SecurityGroup]("Group")}
			x.group("BoxGroup", rule("0.0.0.0/0")).InlineIngress = list(admits)
			graph.Add(x.b, &x.n.Instances, &graph.Instance{Header: head("Box"), Subnet: ref[graph.Subnet]("Edge"),
				Groups: list(ref[graph.SecurityGroup]("BoxGroup")), SourceDestCheck: known(false),
				PublicIP: known(true)})
			x.route("AppTable", "0.0.0.0/0", graph.ToInstance, "Box")
		}, admitted},
	} {
		t.Run(name, func(t *testing.T) {
			for _, order := range [][]string{
				{"Group", "Twin", "Closed"}, {"Twin", "Closed", "Group"}, {"Closed", "Group", "Twin"},
			} {
				x := newLab()
				x.group("Twin", rule("0.0.0.0/0"))
				x.group("Closed", rule("10.0.0.0/16"))
				c.build(x)
				x.b.Link()
				e := New(x.n.In(nil))
				x.src.Subnet = x.n.Subnets.Get("App")
				results := map[string]*Result{}
				for _, group := range order {
					x.src.Groups = list(ref[graph.SecurityGroup](group))
					results[group] = e.Trace(x.src, Flow{To: Internet(4)})
					if got := results[group].Reachable.Truth; got != c.want[group] {
						t.Errorf("in the order %v, %s is %v, want %v", order, group, got, c.want[group])
					}
				}
				alike := c.want["Group"] == c.want["Twin"]
				if shared := results["Group"] == results["Twin"]; shared != alike {
					t.Errorf("in the order %v, equal groups share a result: %v, want %v", order, shared, alike)
				}
				if !slices.ContainsFunc(results["Closed"].Blocks, func(h *Hop) bool { return h.Address == "Closed" }) {
					t.Errorf("in the order %v, the closed group is not named: %v", order, results["Closed"].Blocks)
				}
			}
		})
	}
}

// TestClosedGroupsAreNamed asks for two functions that differ in closed groups alone: the second result is made of the
// first, and must name the second's group wherever the first names its own.
func TestClosedGroupsAreNamed(t *testing.T) {
	for _, to := range []Destination{Internet(4), Internet(6)} {
		trace := func(e *Engine, x *lab, group string) *Result {
			src := x.src
			src.Subnet, src.Groups = x.n.Subnets.Get("App"), list(ref[graph.SecurityGroup](group))
			return e.Trace(src, Flow{To: to})
		}
		x := newLab()
		x.nat("Nat", "Edge")
		x.route("AppTable", "0.0.0.0/0", graph.ToNATGateway, "Nat")
		x.group("Closed", rule("10.0.0.0/16"))
		x.group("Shut", rule("10.0.0.0/16"))
		x.b.Link()
		shared := New(x.n.In(nil))
		trace(shared, x, "Closed")
		got, alone := trace(shared, x, "Shut"), trace(New(x.n.In(nil)), x, "Shut")
		if !reflect.DeepEqual(got, alone) {
			t.Errorf("IPv%d after another group: %+v\nalone: %+v", to.Family, got, alone)
		}
		if !slices.ContainsFunc(got.Blocks, func(h *Hop) bool { return h.Address == "Shut" }) {
			t.Errorf("IPv%d: the group is not named: %+v", to.Family, got.Blocks)
		}
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
