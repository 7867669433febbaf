package main

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
)

// find looks a sender up by address, by root:address, or by its name in AWS.
func find(networks []*graph.Network, wanted string) (*graph.Network, *trace.Sender, error) {
	type match struct {
		n *graph.Network
		s *trace.Sender
	}
	var matches []match
	var all, full []string
	for _, n := range networks {
		for s := range trace.Senders(n) {
			if n.IsBeside(s.Address) {
				continue
			}
			all = append(all, s.Address)
			if wanted == s.Address || wanted == n.Root+":"+s.Address || wanted == s.PhysicalName() {
				matches = append(matches, match{n, s})
				full = append(full, n.Root+":"+s.Address)
			}
		}
	}
	switch len(matches) {
	case 0:
		return nil, nil, fmt.Errorf("no function is called %q%s", wanted, suggest.For(wanted, all))
	case 1:
		return matches[0].n, matches[0].s, nil
	}
	return nil, nil, fmt.Errorf("several functions are called %q: say which, %s", wanted, suggest.Quoted(full))
}
