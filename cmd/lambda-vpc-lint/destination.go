package main

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
)

// parseDestination reads the value of --to; a resource must be one of n.
func parseDestination(s string, n *graph.Network) (trace.Flow, error) {
	flow, ok := trace.ParseFlow(s)
	if ok && flow.To.Defined(n).IsTrue() {
		return flow, nil
	}
	return trace.Flow{}, fmt.Errorf(
		"--to %q: want internet, internet6, service:sqs, 10.0.3.4:5432 or the address of a resource of %s%s", s, n.Root,
		suggest.For(flow.To.Node, suggest.Targets(n)),
	)
}
