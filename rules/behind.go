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
			paths[i].Behind = stop.Key.Class == trace.ClassNode || p.wanted(s, stop.Key.Class)
		}
	}
}

// wanted says whether the sender wants a way to destinations of the class, and a rule tells that its groups close it.
func (p *Pass) wanted(s Sender, class trace.Class) bool {
	return remember(p.engine.wanted, wish{s.Address, class}, func() bool {
		needs := p.NeedsOf(s)
		closed := p.NoEgress(s.Groups).IsTrue()
		for n, to := range Outside(needs) {
			if (closed || n.Strength == need.Strong) && p.keepIn(s, class, to) {
				return true
			}
		}
		return closed && !needs.Named() && !p.ClosedOnPurpose(s.Groups) && !CallsNothing(s, needs)
	})
}

// wish is a class of destinations that a sender may want to reach.
type wish struct {
	sender string
	class  trace.Class
}

// keepIn says whether the sender's groups certainly stop its request to the destination. One that goes to an endpoint
// in the VPC is none to the internet.
func (p *Pass) keepIn(s Sender, class trace.Class, to trace.Destination) bool {
	paths, _ := p.Trace.Paths(s.Sender, trace.Flow{To: to})
	return slices.ContainsFunc(paths, func(path SubnetPath) bool {
		return stopOf(path.Result, ofGroups) != nil && (class != trace.ClassInternet || !path.ToEndpoint())
	})
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
