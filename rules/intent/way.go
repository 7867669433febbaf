package intent

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reach is how a flow of a function fares, and from where it sends.
type reach struct {
	trace.Reach
	from rules.Sender
	f    *graph.Function
}

// ask follows the flow from every subnet of f, of the instances that f runs on, or from Lambda's own network.
func ask(p *rules.Pass, f *graph.Function, flow trace.Flow) reach {
	if defined := flow.To.Defined(p.Network); !defined.IsTrue() {
		return reach{Reach: trace.Reach{Everywhere: defined, Somewhere: defined}}
	}
	s, attached := p.SenderOf(f)
	paths := func() ([]trace.Path, []fact.Missing) { return p.Paths(s, flow) }
	return reach{trace.ReachOf(flow.To, attached, paths), s, f}
}

// first is the evidence for a path that ends like this, else that of the first path.
func (r reach) first(truth fact.Truth) []trace.Hop {
	if r.Outside {
		return []trace.Hop{{Address: r.f.Address, Span: r.f.Span, Role: trace.RoleFunction,
			Message: fmt.Sprintf("function %q is attached to no VPC and sends from Lambda's own network", r.f.Address)}}
	}
	for _, path := range r.Paths {
		if path.Reachable.Truth == truth {
			return r.from.Evidence(path.Result)
		}
	}
	if len(r.Paths) > 0 {
		return r.from.Evidence(r.Paths[0].Result)
	}
	return nil
}
