package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// rank orders what can stop a packet by who must change it: first a route whose target takes nothing from its table,
// since what lies behind that is on nobody's way; then a broken shared resource, the firewalls, endpoints, and last the
// function's own subnet. Among the firewalls, the sender's groups come first, and what keeps the packet itself before
// what keeps the answer. The lower rank speaks; the others are told in its trace.
func rank(k trace.Key) int {
	switch {
	case k.Cause == trace.BadStateRoute:
		return 1
	case k.Cause == trace.GroupRules && k.Role == trace.RoleFunction:
		return 3
	case k.Cause == trace.ACLEgress:
		return 4
	case k.Cause == trace.ACLReturn:
		return 5
	case k.Cause == trace.GroupRules && k.Role == trace.RoleTarget:
		return 6
	case k.Role == trace.RoleEndpoint:
		return 7
	case k.Cause == trace.NoPublicAddress && k.Role != trace.RoleInstance, k.Cause == trace.NoAddressFamily:
		return 8
	case k.Cause == trace.NoRoute && k.Role == trace.RoleRouteTable:
		return 9
	}
	return 2
}

// Owner is the stop that a blocked path is reported at: of the lowest rank, and of equal ranks the innermost one. Where
// the addresses part, the way of most of them counts, which is the first.
func Owner(r *trace.Result) (owner *trace.Hop, ok bool) {
	best := 0
	for i, b := range r.Blocks {
		if b.Part && i > 0 {
			continue
		}
		if n := rank(b.Key); best == 0 || n <= best {
			owner, best = b, n
		}
	}
	return owner, owner != nil
}

// OwnsKey reports whether the rule owns stops of the kind k.
func (r *Rule) OwnsKey(k trace.Key) bool { return slices.Contains(r.Owns, k) }

// Stopped says whether the path is blocked at a stop that the pass's rule owns.
func (p *Pass) Stopped(r *trace.Result) fact.Verdict {
	return StoppedBy(r, func(h *trace.Hop) bool { return p.rule.OwnsKey(h.Key) })
}

// StoppedBy says whether the path is blocked, and its owner is a stop for which blame is right.
func StoppedBy(r *trace.Result, blame func(*trace.Hop) bool) fact.Verdict {
	if !r.Reachable.IsFalse() {
		return r.Reachable.Not()
	}
	owner, ok := Owner(r)
	return fact.Of(ok && blame(owner))
}

// AtGateway is the stop of a public subnet: an internet gateway drops packets of an interface without public address.
func AtGateway(h *trace.Hop) bool {
	return h.Key.Cause == trace.NoPublicAddress && h.Key.Role != trace.RoleInstance
}

// AtTable is the stop of an isolated subnet: its own route table has no route.
func AtTable(h *trace.Hop) bool {
	return h.Key.Cause == trace.NoRoute && h.Key.Role == trace.RoleRouteTable
}

// AtSubnet is true of stops that lie in the sender's own subnet and in nothing that others share.
func AtSubnet(h *trace.Hop) bool { return AtGateway(h) || AtTable(h) }
