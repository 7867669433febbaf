package intent

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reach says how a flow of a function fares.
type reach struct {
	// everywhere is True when it arrives from all subnets, somewhere when it does from one.
	everywhere, somewhere fact.Verdict
	ways                  []way
}

// way is that from one subnet, or from Lambda's own network.
type way struct {
	arrives fact.Verdict
	hops    []trace.Hop
}

// ask follows the flow from every subnet of f, of the instances that f runs on, or from Lambda's own network.
func ask(p *rules.Pass, f *graph.Function, flow trace.Flow) reach {
	if defined := flow.To.Defined(p.Network); !defined.IsTrue() {
		return reach{everywhere: defined, somewhere: defined}
	}
	s, inVPC := p.SenderOf(f)
	switch inVPC.Truth {
	case fact.Unknown:
		return reach{everywhere: inVPC, somewhere: inVPC}
	case fact.False:
		arrives := trace.FromLambda(flow.To)
		hop := trace.Hop{Address: f.Address, Span: f.Span, Role: trace.RoleFunction,
			Message: fmt.Sprintf("function %q is attached to no VPC and sends from Lambda's own network", f.Address)}
		return reach{arrives, arrives, []way{{arrives, []trace.Hop{hop}}}}
	}
	paths, open := p.PathsFrom(s, flow)
	if len(paths)+len(open) == 0 {
		open = []fact.Missing{{Kind: fact.Semantics, Name: "security groups without subnets"}}
	}
	var ends []fact.Verdict
	r := reach{}
	for _, path := range paths {
		ends = append(ends, path.Reachable)
		r.ways = append(r.ways, way{path.Reachable, s.Evidence(path.Result)})
	}
	if len(open) > 0 {
		ends = append(ends, fact.Wants(open...))
	}
	r.everywhere, r.somewhere = fact.And(ends...), fact.Or(ends...)
	return r
}

// first is the evidence for ways that end like this, else that of the first way.
func (r reach) first(truth fact.Truth) []trace.Hop {
	for _, w := range r.ways {
		if w.arrives.Truth == truth {
			return w.hops
		}
	}
	if len(r.ways) > 0 {
		return r.ways[0].hops
	}
	return nil
}
