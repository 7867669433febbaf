package routes

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// strays finds the subnet that the table seems to be made for: of the table's VPC that falls to the main table, or
// that shares a table with a subnet of another zone whose way out is of the same kind. Of several, names decide; alone
// says that there are no others.
func strays(p *rules.Pass, t *graph.RouteTable, routes []*graph.Route) (
	found fact.Verdict, who *graph.Subnet, alone bool,
) {
	vs := []fact.Verdict{fact.No()}
	firstOf := map[*graph.RouteTable]*graph.Subnet{}
	for s := range p.Subnets.All() {
		same := fact.And(p.Exists(s), graph.Same(p.View, &p.VPCs, s.VPC, t.VPC))
		if same.IsFalse() {
			continue
		}
		used, explicit, known := p.RouteTable(s)
		stray := fact.And(same, fact.Of(explicit == nil))
		if used == nil {
			stray = fact.And(stray, fact.Or(known, known.Not()))
		}
		if explicit != nil && used != nil {
			first, shared := firstOf[used]
			if !shared {
				firstOf[used] = s
			}
			stray = fact.And(same, fact.Of(shared && p.SameZone(first, s).IsFalse() && sameWayOut(p, used, routes)))
		}
		if stray.IsTrue() && (who == nil || common(s, t) > common(who, t)) {
			who = s
		}
		if !stray.IsFalse() {
			alone = len(vs) == 1
			vs = append(vs, stray)
		}
	}
	return fact.Or(vs...), who, alone
}

// unused says whether no subnet is associated with the table. A table that leaves the stack may get one elsewhere, but
// not the subnet that it is named after, if that is associated with another table here.
func unused(p *rules.Pass, t *graph.RouteTable, stray *graph.Subnet) fact.Verdict {
	associations := graph.Existing(p.View, t.Associations)
	if stray != nil && len(associations.Items) == 0 {
		if used, explicit, _ := p.RouteTable(stray); explicit != nil && used != nil &&
			common(stray, t) > common(stray, used) {
			return fact.Yes()
		}
	}
	return associations.Empty()
}

// common counts the words that the logical ids of a subnet and a table share.
func common(s *graph.Subnet, t *graph.RouteTable) int {
	n := 0
	for _, w := range rules.Words(t.Address) {
		if slices.Contains(rules.Words(s.Address), w) {
			n++
		}
	}
	return n
}

func sameWayOut(p *rules.Pass, used *graph.RouteTable, routes []*graph.Route) bool {
	others, _ := p.Trace.InternetRoute(used, 4)
	return len(routes) > 0 && len(others) > 0 && kind(p, routes[0]) == kind(p, others[0])
}

func kind(p *rules.Pass, r *graph.Route) graph.TargetKind {
	for t := range fact.Certain(r.Targets, p.World) {
		return t.Kind
	}
	return ""
}
