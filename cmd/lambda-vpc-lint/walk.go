package main

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// worlds bounds the cases of conditions that trace tells apart.
const worlds = 16

// outcome is how a flow fares in one world of conditions.
type outcome struct {
	world *fact.World
	trace.Reach
}

// walk traces the flow in every world in which the sender exists.
func walk(n *graph.Network, from *trace.Sender, flow trace.Flow) *report.Walk {
	all := fact.Leaves(
		nil,
		worlds,
		func(w *fact.World) outcome { return walkIn(n.In(w), from, flow) },
		func(o outcome) []fact.Missing {
			return o.Everywhere.Missing
		},
	)
	all = slices.DeleteFunc(all, func(o outcome) bool { return o.world.Holds(from.When).IsFalse() })
	out := &report.Walk{From: from.Address, Root: n.Root}
	for _, o := range all {
		out.Worlds, out.Reaches = append(out.Worlds, o.world), append(out.Reaches, o.Reach)
	}
	if len(all) > 0 {
		out.Reach = overall(all)
	}
	return out
}

func walkIn(v *graph.View, from *trace.Sender, flow trace.Flow) outcome {
	if exists := v.Exists(from); !exists.IsTrue() {
		return outcome{v.World, trace.Reach{Everywhere: fact.Wants(exists.Missing...)}}
	}
	s, attached := from.In(v)
	return outcome{v.World, trace.ReachOf(flow.To, attached, func() ([]trace.Path, []fact.Missing) {
		return trace.New(v).Detailed().Paths(s, flow)
	})}
}

// overall is the answer for all worlds together: what differs between them is unknown.
func overall(outcomes []outcome) fact.Verdict {
	var missing []fact.Missing
	truth := outcomes[0].Everywhere.Truth
	for _, o := range outcomes {
		missing = append(missing, o.Everywhere.Missing...)
		missing = append(missing, o.world.Missing()...)
		if o.Everywhere.Truth != truth {
			truth = fact.Unknown
		}
	}
	if truth != fact.Unknown {
		return fact.Verdict{Truth: truth}
	}
	return fact.Wants(fact.Unique(missing)...)
}
