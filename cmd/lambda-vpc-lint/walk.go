package main

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// worlds bounds the cases of conditions that trace tells apart.
const worlds = 16

// outcome is how a flow fares in one world of conditions.
type outcome struct {
	world *fact.World
	// reach is True when the flow arrives from every subnet, False when it is lost from one.
	reach fact.Verdict
	paths []subnetPath
	// outside is set for a function that is attached to no VPC.
	outside bool
}

type subnetPath struct {
	subnet string
	*trace.Result
}

// walk traces the flow in every world in which the sender exists.
func walk(n *graph.Network, from sender, flow trace.Flow) []outcome {
	all := fact.Leaves(nil, worlds, func(w *fact.World) outcome { return walkIn(n.In(w), from, flow) }, func(o outcome) []fact.Missing {
		return o.reach.Missing
	})
	var out []outcome
	for _, o := range all {
		if !o.world.Holds(from.node.Head().When).IsFalse() {
			out = append(out, o)
		}
	}
	return out
}

func walkIn(v *graph.View, from sender, flow trace.Flow) outcome {
	o := outcome{world: v.World}
	if exists := v.Exists(from.node); !exists.IsTrue() {
		o.reach = fact.Wants(exists.Missing...)
		return o
	}
	switch in := from.inVPC(v); in.Truth {
	case fact.Unknown:
		o.reach = in
		return o
	case fact.False:
		o.outside, o.reach = true, trace.FromLambda(flow.To)
		return o
	}
	engine := trace.New(v)
	subnets := graph.Resolve(v, &v.Subnets, from.subnets)
	var ends []fact.Verdict
	for _, it := range subnets.Items {
		r := engine.Trace(from.source(v, it.Value), flow)
		o.paths = append(o.paths, subnetPath{it.Value.Address, r})
		ends = append(ends, r.Reachable)
	}
	switch {
	case len(subnets.Open) > 0:
		ends = append(ends, fact.Wants(subnets.Open...))
	case len(ends) == 0:
		ends = append(ends, fact.Wants(fact.Missing{Kind: fact.Semantics, Name: "security groups without subnets"}))
	}
	o.reach = fact.And(ends...)
	return o
}

// overall is the answer for all worlds together: what differs between them is unknown.
func overall(outcomes []outcome) fact.Verdict {
	var missing []fact.Missing
	truth := outcomes[0].reach.Truth
	for _, o := range outcomes {
		missing = append(missing, o.reach.Missing...)
		missing = append(missing, o.world.Missing()...)
		if o.reach.Truth != truth {
			truth = fact.Unknown
		}
	}
	if truth != fact.Unknown {
		return fact.Verdict{Truth: truth}
	}
	return fact.Wants(fact.Unique(missing)...)
}
