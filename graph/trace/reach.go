package trace

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Path is how one flow of a sender fares from one of its subnets.
type Path struct {
	Subnet *graph.Subnet
	*Result
	// Behind is set where the groups of the sender stop the flow, and what stops it behind them is asked about as well.
	Behind bool
}

// Paths traces the flow from every subnet of the sender that is defined here. Open names what may add subnets that are
// not.
func (e *Engine) Paths(s *Sender, flow Flow) (paths []Path, open []fact.Missing) {
	subnets := graph.Resolve(e.view, &e.view.Subnets, s.Subnets)
	paths = make([]Path, 0, len(subnets.Items))
	for _, it := range subnets.Items {
		paths = append(paths, Path{Subnet: it.Value, Result: e.Trace(s.From(e.view, it.Value), flow)})
	}
	return paths, subnets.Open
}

// Reach is how a flow fares from all subnets of a sender.
type Reach struct {
	// Everywhere is True when the flow arrives from every subnet, Somewhere when it does from one of them.
	Everywhere, Somewhere fact.Verdict
	// Outside is set for a function in no VPC. There are no paths then.
	Outside bool
	Paths   []Path
}

// ReachOf gathers how a flow to the destination fares. The sender's attachment to a VPC is what SenderOf says of it,
// and paths gives the sender's paths, as Engine.Paths does; it is asked only for a sender that is attached.
func ReachOf(to Destination, attached fact.Verdict, paths func() (paths []Path, open []fact.Missing)) Reach {
	switch attached.Truth {
	case fact.Unknown:
		return Reach{Everywhere: attached, Somewhere: attached}
	case fact.False:
		arrives := FromLambda(to)
		return Reach{Everywhere: arrives, Somewhere: arrives, Outside: true}
	}
	all, open := paths()
	if len(all)+len(open) == 0 {
		open = []fact.Missing{{Kind: fact.Semantics, Name: "security groups without subnets"}}
	}
	var ends []fact.Verdict
	for _, path := range all {
		ends = append(ends, path.Reachable)
	}
	if len(open) > 0 {
		ends = append(ends, fact.Wants(open...))
	}
	return Reach{Everywhere: fact.And(ends...), Somewhere: fact.Or(ends...), Paths: all}
}
