package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
)

// rank orders what can stop a packet by who must change it: first a route whose target takes nothing from its table,
// since what lies behind that is on nobody's way; then a broken shared resource, the firewalls, endpoints, and last the
// function's own subnet. Among the firewalls, the sender's groups come first, and what keeps the packet itself before
// what keeps the answer. Of one layer the lower rank speaks; the others are told in its trace.
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
	case k.Cause == trace.EndpointPolicy:
		return 8
	case k.Role == trace.RoleEndpoint:
		return 7
	case k.Cause == trace.NoPublicAddress && k.Role != trace.RoleInstance, k.Cause == trace.NoAddressFamily:
		return 9
	case k.Cause == trace.BlockPublicAccess:
		return 10 // whatever else is wrong on the way stays so without it
	case k.Cause == trace.NoRoute && k.Role == trace.RoleRouteTable:
		return 11
	}
	return shared
}

// shared is the rank of a broken resource that several senders use.
const shared = 2

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

// layer is what part of the way a stop is in: the sender's groups, the network ACL of its subnet, or the way behind
// both. What is mended in one leaves the others as they are.
type layer int

const (
	ofGroups layer = iota
	ofSubnet
	ofWay
)

func layerOf(k trace.Key) layer {
	switch {
	case k.Cause == trace.GroupRules && k.Role == trace.RoleFunction:
		return ofGroups
	case k.Role == trace.RoleSubnet && (k.Cause == trace.ACLEgress || k.Cause == trace.ACLReturn):
		return ofSubnet
	}
	return ofWay
}

// stopOf is the Owner among the stops of one layer of a blocked path, nil without any.
func stopOf(r *trace.Result, l layer) *trace.Hop {
	if !r.Reachable.IsFalse() {
		return nil
	}
	in := func(h *trace.Hop) bool { return layerOf(h.Key) == l }
	if !slices.ContainsFunc(r.Blocks, in) {
		return nil
	}
	of := *r
	of.Blocks = slices.DeleteFunc(slices.Clone(r.Blocks), func(h *trace.Hop) bool { return !in(h) })
	owner, _ := Owner(&of)
	return owner
}

// Owners are the stops that a blocked path is reported at, in the order of the way: one of each layer, for all of them
// have to change. Behind groups that may be meant to stop the flow, only a broken shared resource is told. An ACL that
// stops the flow itself in one subnet and the answer in another is told of once, for the flow.
func Owners(path SubnetPath) (out []*trace.Hop) {
	groups := stopOf(path.Result, ofGroups)
	for l := ofGroups; l <= ofWay; l++ {
		stop := stopOf(path.Result, l)
		if stop != nil && (groups == nil || stop == groups || path.Behind || rank(stop.Key) < rank(groups.Key)) {
			out = append(out, stop)
		}
	}
	return slices.DeleteFunc(out, func(answer *trace.Hop) bool {
		return answer.Cause == trace.ACLReturn && slices.ContainsFunc(out, func(flow *trace.Hop) bool {
			return flow.Cause == trace.ACLEgress && flow.Address == answer.Address
		})
	})
}

// OwnsKey reports whether the rule owns stops of the kind k.
func (r *Rule) OwnsKey(k trace.Key) bool { return slices.Contains(r.Owns, k) }

// Stopped says whether the path is blocked at a stop that the pass's rule owns.
func (p *Pass) Stopped(path SubnetPath) fact.Verdict { return StoppedBy(path, p.owns) }

func (p *Pass) owns(h *trace.Hop) bool { return p.rule.OwnsKey(h.Key) }

// StoppedBy says whether the path is blocked, and one of its owners is a stop for which blame is right.
func StoppedBy(path SubnetPath, blame func(*trace.Hop) bool) fact.Verdict {
	if !path.Reachable.IsFalse() {
		return path.Reachable.Not()
	}
	return fact.Of(slices.ContainsFunc(Owners(path), blame))
}

// Stops are the owners of a blocked path that the pass's rule owns, else the Owner of the path alone. Of a path that is
// not blocked it is one nil.
func (p *Pass) Stops(path SubnetPath) []*trace.Hop {
	if own := slices.DeleteFunc(Owners(path), func(h *trace.Hop) bool { return !p.owns(h) }); len(own) > 0 {
		return own
	}
	owner, _ := Owner(path.Result)
	return []*trace.Hop{owner}
}

// Stop is the first of Stops.
func (p *Pass) Stop(path SubnetPath) *trace.Hop { return p.Stops(path)[0] }

// once says what else stops the packets before they come to what the finding is about. Its own rule tells it, too. Of a
// shared resource that is broken it goes without saying.
func (p *Pass) once(f *Finding) string {
	if p.rule.All {
		return ""
	}
	mine := ofWay
	var before []string
	for _, h := range f.Trace {
		switch {
		case h.Cause == "":
		case layerOf(h.Key) == ofWay && rank(h.Key) <= shared:
			return ""
		case h.Address == f.Resource:
			mine = min(mine, layerOf(h.Key))
		}
	}
	for _, h := range f.Trace {
		if h.Cause != "" && layerOf(h.Key) < mine {
			before = append(before, h.Address)
		}
	}
	switch before = unique(before); len(before) {
	case 0:
		return ""
	case 1:
		return ", also once " + words.Quoted(before) + " lets it out"
	}
	return ", also once " + words.And(words.Quote(before)) + " let it out"
}

// AtGateway is the stop of a public subnet: an internet gateway drops packets of an interface without public address.
func AtGateway(h *trace.Hop) bool {
	return h.Key.Cause == trace.NoPublicAddress && h.Key.Role != trace.RoleInstance
}

// AtTable is the stop of an isolated subnet: its own route table has no route.
func AtTable(h *trace.Hop) bool {
	return h.Key.Cause == trace.NoRoute && h.Key.Role == trace.RoleRouteTable
}

// AtFirewall is a stop at what stands around the sender: its groups and the ACL of its subnet.
func AtFirewall(h *trace.Hop) bool { return layerOf(h.Key) != ofWay }

// AtSubnet is true of stops that lie in the sender's own subnet and in nothing that others share.
func AtSubnet(h *trace.Hop) bool { return AtGateway(h) || AtTable(h) }
