package main

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
)

// sender is what a person asks about: a function or a capacity provider, and what sends its packets in a world.
type sender struct {
	*graph.Header
	in func(v *graph.View) (s trace.Sender, attached fact.Verdict)
}

func functionSender(f *graph.Function) sender {
	return sender{&f.Header, func(v *graph.View) (trace.Sender, fact.Verdict) { return trace.SenderOf(v, f) }}
}

func instanceSender(c *graph.CapacityProvider) sender {
	return sender{&c.Header, func(*graph.View) (trace.Sender, fact.Verdict) { return trace.InstanceSender(c), fact.Yes() }}
}

// find looks a sender up by address, by root:address, or, for a function, by its name in AWS.
func find(networks []*graph.Network, wanted string) (*graph.Network, sender, error) {
	type match struct {
		n *graph.Network
		s sender
	}
	var matches []match
	var all, full []string
	add := func(n *graph.Network, s sender, name string) {
		all = append(all, s.Address)
		if wanted == s.Address || wanted == n.Root+":"+s.Address || wanted == name {
			matches = append(matches, match{n, s})
			full = append(full, n.Root+":"+s.Address)
		}
	}
	for _, n := range networks {
		for f := range n.Functions.All() {
			if !n.IsBeside(f.Address) {
				add(n, functionSender(f), literalName(f))
			}
		}
		for c := range n.CapacityProviders.All() {
			if !n.IsBeside(c.Address) {
				add(n, instanceSender(c), "")
			}
		}
	}
	switch len(matches) {
	case 0:
		return nil, sender{}, fmt.Errorf("no function is called %q%s", wanted, suggest.For(wanted, all))
	case 1:
		return matches[0].n, matches[0].s, nil
	}
	return nil, sender{}, fmt.Errorf("several functions are called %q: say which, %s", wanted, suggest.Quoted(full))
}

// literalName is the function's name in AWS where the files state it, or "".
func literalName(f *graph.Function) string {
	text, ok := f.Name.Get(nil)
	if !ok.IsTrue() {
		return ""
	}
	name, _ := text.Literal()
	return name
}
