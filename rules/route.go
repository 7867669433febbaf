package rules

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// LeadsTo says whether ask holds for the route's target. There is one in the world at hand, unless conditions are
// undecided.
func (p *Pass) LeadsTo(r *graph.Route, ask func(graph.Target) fact.Verdict) fact.Verdict {
	return r.Targets.In(p.World).Any(func(v fact.Value[graph.Target]) fact.Verdict {
		target, ok := v.Get(p.World)
		if !ok.IsTrue() {
			return ok
		}
		return ask(target)
	})
}

// Covers reports that all addresses of the other range are in r.
func Covers(r, other netip.Prefix) bool { return r.Bits() <= other.Bits() && r.Contains(other.Addr()) }
