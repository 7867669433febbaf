package egress

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reportStops reports the node of the given role that functions' packets to the internet meet: True where the pass's
// rule owns the stop there. Run merges the reports of one node into one finding with all functions that it cuts off. A
// subnet that no function of this deployment uses is asked as if one stood there: stacks that make the network often
// hold none. Worlds without any NAT gateway say nothing about one. Which groups such a function would have, nobody
// knows: describe gets no result for it.
func reportStops(p *rules.Pass, role trace.Role,
	describe func(p *rules.Pass, stop trace.Hop, result *trace.Result) rules.Finding) {
	ask := func(p *rules.Pass, v fact.Verdict, path rules.SubnetPath, met *trace.Hop, result *trace.Result,
		affects []string, evidence func() []trace.Hop) {
		stop := *met
		stop.Address = carrier(path, met)
		p.Ask(v, stop.Address, "", func() rules.Finding {
			finding := describe(p, stop, result)
			finding.Affects, finding.Trace = affects, evidence()
			if !finding.Span.IsValid() {
				finding.Span = met.Span
			}
			return finding
		})
	}
	each(p, func(p *rules.Pass, from rules.Sender) {
		for _, family := range []trace.Family{4, 6} {
			for _, path := range look(p, from, trace.Internet(family)).paths {
				met := lastHop(path, role)
				if met == nil {
					passes(p, from, path)
					continue
				}
				ask(p, fact.And(p.Stopped(path), p.Isolated(from).Not()), path, met, path.Result,
					from.Affected(), func() []trace.Hop { return from.Evidence(path.Result) })
			}
		}
	})
	rules.EachWhere(p, &p.Subnets, func(p *rules.Pass, s *graph.Subnet) fact.Verdict {
		if role != trace.RoleNAT || lastHop(anyone(p, s), role) != nil {
			return fact.Yes()
		}
		return p.NATGatewaysBeside(s).Empty().Not()
	}, func(p *rules.Pass, s *graph.Subnet) {
		path := anyone(p, s)
		p.Await(path.Reachable)
		owner, stops := rules.Owner(path.Result)
		if met := lastHop(path, role); met != nil && stops && owner.Cause != trace.GroupRules &&
			p.Stopped(path).IsTrue() {
			ask(p, fact.Yes(), path, met, nil, nil, func() []trace.Hop { return path.Evidence() })
		}
	})
}

// anyone is the way to the internet of a function that somebody may put into the subnet.
func anyone(p *rules.Pass, s *graph.Subnet) rules.SubnetPath {
	flow := trace.Flow{To: trace.Internet(4)}
	return rules.SubnetPath{Subnet: s, Result: p.Trace.Trace(trace.SomeFunction(s), flow)}
}

// passes answers for a path that is settled and meets no node of the rule's kind.
func passes(p *rules.Pass, from rules.Sender, path rules.SubnetPath) {
	if !path.Reachable.IsUnknown() {
		p.Count(from.Address)
	}
}

// lastHop returns the last hop of that role on the way, no further than the stop that owns the path, or nil.
func lastHop(path rules.SubnetPath, role trace.Role) (met *trace.Hop) {
	if !slices.ContainsFunc(path.Hops, func(h *trace.Hop) bool { return h.Role == role }) {
		return nil // as on most ways
	}
	owner, stops := rules.Owner(path.Result)
	for _, h := range path.Hops {
		if h.Role == role {
			met = h
		}
		if stops && h.Address == owner.Address && h.Key == owner.Key {
			break
		}
	}
	return met
}

// carrier is the node that the packets are sent to and that stops them at met, by what is attached to it: a security
// group, an ACL.
func carrier(path rules.SubnetPath, met *trace.Hop) string {
	address := met.Address
	for _, h := range path.Hops {
		if h.Role == met.Role && h.Cause == "" {
			address = h.Address
		}
		if h == met {
			break
		}
	}
	return address
}
