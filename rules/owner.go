package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// rank orders what can stop a packet by who must change it: a broken shared resource before the firewalls, those before
// endpoints, and last the function's own subnet. The lower rank speaks; the others are told in its trace.
func rank(k trace.Key) int {
	switch {
	case k.Role == trace.RoleEndpoint:
		return 3
	case k.Cause == trace.GroupRules && k.Role == trace.RoleFunction, k.Cause == trace.ACLEgress, k.Cause == trace.ACLReturn:
		return 2
	case k.Cause == trace.NoPublicAddress && k.Role != trace.RoleInstance, k.Cause == trace.NoAddressFamily:
		return 4
	case k.Cause == trace.NoRoute && k.Role == trace.RoleRouteTable:
		return 5
	}
	return 1
}

// Owner is the stop that a blocked path is reported at: of the lowest rank, and of equal ranks the innermost one. Where
// the addresses part, the way of most of them counts, which is the first.
func Owner(r *trace.Result) (trace.Hop, bool) {
	var owner trace.Hop
	best := 0
	for i, b := range r.Blocks {
		if b.Part && i > 0 {
			continue
		}
		if n := rank(b.Key); best == 0 || n <= best {
			owner, best = b, n
		}
	}
	return owner, best > 0
}

// OwnsKey reports whether the rule owns stops of the kind k.
func (r *Rule) OwnsKey(k trace.Key) bool {
	for _, own := range r.Owns {
		if own == k {
			return true
		}
	}
	return false
}

// Stopped says whether the path is blocked at a stop that the pass's rule owns.
func (p *Pass) Stopped(r *trace.Result) fact.Verdict {
	if !r.Reachable.IsFalse() {
		return r.Reachable.Not()
	}
	owner, ok := Owner(r)
	return fact.Of(ok && p.rule.OwnsKey(owner.Key))
}
