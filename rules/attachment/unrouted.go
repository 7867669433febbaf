package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reportUnrouted reports the route tables that lack the way to the data store in a VPC that is joined to the
// function's, or the way back, unless some subnet has both. It says whether it has told of one. Apart is True where
// nothing joins the VPCs.
func reportUnrouted(p *rules.Pass, f *graph.Function, d *graph.DataStore, n need.Need, apart fact.Verdict) bool {
	from, attached := p.SenderOf(f)
	if attached.IsFalse() || apart.IsTrue() {
		return false
	}
	paths, open := p.Paths(from, trace.Flow{To: trace.Node(d.Address), Port: n.Port})
	unrouted := fact.And(p.Exists(d), private(p, d), fact.Doubt(open).Not())
	for _, path := range paths {
		if withoutRoute(path.Result) != nil {
			continue
		}
		if path.Reachable.IsFalse() {
			return false // for the rules about what stops it
		}
		unrouted = fact.And(unrouted, path.Reachable.Not())
	}
	told := false
	for _, path := range paths {
		stop := withoutRoute(path.Result)
		if stop == nil {
			continue
		}
		told = unrouted.IsTrue()
		p.Ask(unrouted, stop.Address, d.Address, func() rules.Finding {
			return rules.Finding{
				Span: stop.Span, Affects: []string{f.Address},
				Trace: append(from.Evidence(path.Result),
					rules.Because(&f.Header, n)),
				Message: fmt.Sprintf("function %q cannot connect to %s %q in another VPC: %s",
					f.Address, d.Kind, d.Address, stop.Message),
				Remedy: "route the ranges of each VPC into the connection, in the route tables of both",
			}
		})
	}
	return told
}

// withoutRoute is the stop of a blocked path at a route table that has no route to the data store, or none back, or
// nil.
func withoutRoute(r *trace.Result) *trace.Hop {
	for _, b := range r.Blocks {
		if r.Reachable.IsFalse() && b.Key.Cause == trace.NoRoute && b.Key.Class == trace.ClassNode {
			return b
		}
	}
	return nil
}
