package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// lookBehind says of each path that the sender's groups stop whether what lies behind them is judged too: where a rule
// tells of the groups, all else that has to change is told in the same run. Groups that close a way which nobody is
// known to need may be meant, and then nothing behind them matters.
func (p *Pass) lookBehind(s Sender, paths ...SubnetPath) {
	for i := range paths {
		if stop := stopOf(paths[i].Result, ofGroups); stop != nil {
			paths[i].Behind = stop.Key.Class == trace.ClassNode || p.toldOfGroups(s)
		}
	}
}

// toldOfGroups says whether a rule tells that the sender's groups let out too little.
func (p *Pass) toldOfGroups(s Sender) bool {
	return remember(p.engine.told, s.Address, func() bool {
		needs := p.NeedsOf(s)
		if !p.NoEgress(s.Groups).IsTrue() {
			return p.keepIn(s, needs)
		}
		if len(needs.Services)+len(needs.Internet) > 0 {
			return true
		}
		return len(needs.Nodes) == 0 && !p.ClosedOnPurpose(s.Groups) && !CallsNothing(s, needs)
	})
}

// keepIn says whether the sender's groups certainly stop a request that the files show it to make.
func (p *Pass) keepIn(s Sender, needs need.Needs) bool {
	stopped := func(n need.Need, to trace.Destination) bool {
		paths, _ := p.Trace.Paths(s.Sender, trace.Flow{To: to})
		return n.Strength == need.Strong && slices.ContainsFunc(paths, func(path SubnetPath) bool {
			return stopOf(path.Result, ofGroups) != nil
		})
	}
	return slices.ContainsFunc(needs.Services, func(n need.Need) bool { return stopped(n, trace.Service(n.Name)) }) ||
		slices.ContainsFunc(needs.Internet, func(n need.Need) bool { return stopped(n, trace.Internet(4)) })
}

// ClosedOnPurpose says whether a rule of the groups is there only to take away the one that AWS gives a group without
// rules.
func (p *Pass) ClosedOnPurpose(groups fact.List[graph.Ref[graph.SecurityGroup]]) bool {
	return slices.ContainsFunc(graph.Resolve(p.View, &p.SecurityGroups, groups).Items,
		func(it fact.Item[*graph.SecurityGroup]) bool {
			return graph.Existing(p.View, it.Value.Egress).Any(func(r *graph.SecurityGroupRule) fact.Verdict {
				return r.CIDR.Is(p.World, Nowhere)
			}).IsTrue()
		})
}

// CallsNothing reports that the files show all that the sender may call, and that this is nothing. What runs on a
// capacity provider is not all seen, and its instances send their logs themselves.
func CallsNothing(s Sender, needs need.Needs) bool {
	return s.Compute == trace.Hyperplane && needs.None() && needs.Complete().IsTrue()
}
