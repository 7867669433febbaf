package main

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// sender is what a packet is traced from: a function, or the instances of a capacity provider.
type sender struct {
	node    graph.Node
	address string
	subnets fact.List[graph.Ref[graph.Subnet]]
	source  func(v *graph.View, s *graph.Subnet) trace.Source
	// inVPC says whether it has an interface in a VPC at all.
	inVPC func(v *graph.View) fact.Verdict
}

// functionSender is f, or the capacity provider that it runs on, whose network it has then.
func functionSender(n *graph.Network, f *graph.Function) sender {
	if id, ok := f.CapacityProvider.Get(nil); ok.IsTrue() {
		if c := n.CapacityProviders.Get(id); c != nil {
			s := instanceSender(c)
			s.node, s.address = f, f.Address
			return s
		}
	}
	return sender{
		node: f, address: f.Address, subnets: f.Subnets,
		source: func(v *graph.View, s *graph.Subnet) trace.Source { return rules.FunctionSource(v, f, s) },
		inVPC: func(v *graph.View) fact.Verdict {
			if managed := f.CapacityProvider.IsSet(v.World); !managed.IsFalse() {
				return fact.Wants(append(managed.Missing, fact.Missing{Kind: fact.Resource, Name: "the capacity provider of " + f.Address, Span: f.Span})...)
			}
			return v.InVPC(f)
		},
	}
}

func instanceSender(c *graph.CapacityProvider) sender {
	return sender{
		node: c, address: c.Address, subnets: c.Subnets,
		source: func(v *graph.View, s *graph.Subnet) trace.Source { return rules.InstanceSource(v, c, s) },
		inVPC:  func(*graph.View) fact.Verdict { return fact.Yes() },
	}
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
		all = append(all, s.address)
		if wanted == s.address || wanted == n.Root+":"+s.address || wanted == name {
			matches = append(matches, match{n, s})
			full = append(full, n.Root+":"+s.address)
		}
	}
	for _, n := range networks {
		for f := range n.Functions.All() {
			if !n.IsBeside(f.Address) {
				add(n, functionSender(n, f), literalName(f))
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
	return nil, sender{}, fmt.Errorf("several functions are called %q: say which, %s", wanted, quoted(full))
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
