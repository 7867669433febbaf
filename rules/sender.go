package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Sender is what sends the packets of functions into subnets, and those functions.
type Sender struct {
	trace.Sender
	// Functions is the function itself, or those that certainly run on the capacity provider.
	Functions []*graph.Function
}

// SubnetPath is how one flow of a sender fares from one of its subnets.
type SubnetPath = trace.Path

// EachSender is Each over the functions in a VPC and the capacity providers.
func EachSender(p *Pass, f func(*Pass, Sender)) {
	EachWhere(p, &p.Functions, (*Pass).InVPC, func(p *Pass, fn *graph.Function) { f(p, functionSender(fn)) })
	Each(p, &p.CapacityProviders, func(p *Pass, c *graph.CapacityProvider) { f(p, p.ProviderSender(c)) })
}

// ProviderSender is the capacity provider with the functions that certainly run on it.
func (p *Pass) ProviderSender(c *graph.CapacityProvider) Sender {
	s := Sender{Sender: trace.InstanceSender(c)}
	for _, fn := range p.FunctionsOn(c) {
		if p.Exists(fn).IsTrue() {
			s.Functions = append(s.Functions, fn)
		}
	}
	return s
}

func functionSender(f *graph.Function) Sender {
	return Sender{trace.FunctionSender(f), []*graph.Function{f}}
}

// SenderOf is what sends the packets of f into subnets; see trace.SenderOf.
func (p *Pass) SenderOf(f *graph.Function) (Sender, fact.Verdict) {
	s, attached := trace.SenderOf(p.View, f)
	return Sender{s, []*graph.Function{f}}, attached
}

// Guests lists the functions that run on the capacity provider, or the provider alone where there is none in these
// files.
func (p *Pass) Guests(c *graph.CapacityProvider) []string {
	var out []string
	for _, f := range p.FunctionsOn(c) {
		out = append(out, f.Address)
	}
	if len(out) == 0 {
		return []string{c.Address}
	}
	return out
}

// Affected lists the sender and the functions that it serves.
func (s Sender) Affected() []string {
	out := []string{s.Address}
	for _, f := range s.Functions {
		out = append(out, f.Address)
	}
	return unique(out)
}

// NeedsOf is what the functions of the sender need, in the pass's world.
func (p *Pass) NeedsOf(s Sender) need.Needs {
	if s.Compute == trace.Hyperplane {
		return p.Needs(s.Functions[0])
	}
	all := make([]need.Needs, len(s.Functions))
	for i, f := range s.Functions {
		all[i] = p.Needs(f)
	}
	return need.Union(all...)
}

// PathsFrom traces flow from every subnet of the sender that is defined here, and awaits the conditions on the way.
// Open names what may add subnets that are not.
func (p *Pass) PathsFrom(s Sender, flow trace.Flow) (paths []SubnetPath, open []fact.Missing) {
	if s.Compute == trace.Hyperplane {
		return p.Paths(s.Functions[0], flow)
	}
	paths, open = p.Trace.Paths(s.Sender, flow)
	p.lookBehind(s, paths...)
	for _, path := range paths {
		p.Await(path.Reachable)
	}
	return paths, open
}

// PathOf traces flow from one subnet of the sender, and awaits nothing.
func (p *Pass) PathOf(s Sender, subnet *graph.Subnet, flow trace.Flow) SubnetPath {
	paths := []SubnetPath{{Subnet: subnet, Result: p.Trace.Trace(s.From(p.View, subnet), flow)}}
	p.lookBehind(s, paths...)
	return paths[0]
}

// Unseen traces flow for a sender none of whose subnets is defined here. It is ok where security groups certainly stop
// it, whatever the subnets are. The conditions on the way are awaited, but not whether a list of unknown length is
// empty: with groups and no subnets nothing deploys.
func (p *Pass) Unseen(s Sender, flow trace.Flow) (path SubnetPath, ok bool) {
	subnets := graph.Resolve(p.View, &p.Subnets, s.Subnets)
	if len(subnets.Items) > 0 || len(subnets.Open) == 0 {
		return SubnetPath{}, false
	}
	if slices.ContainsFunc(s.Subnets.Items, func(it fact.Item[graph.Ref[graph.Subnet]]) bool {
		_, known := graph.Lookup(p.View, &p.Subnets, it.Value)
		return known.IsTrue()
	}) {
		p.Await(fact.Wants(subnets.Open...))
	}
	path = p.Trace.Unseen(s.Sender, flow, subnets.Open)
	one := []SubnetPath{path}
	p.lookBehind(s, one...)
	path = one[0]
	p.Await(path.Reachable)
	return path, path.Reachable.IsFalse()
}

// FunctionHop is the first step of every trace from f.
func FunctionHop(f *graph.Function) trace.Hop { return trace.FunctionSender(f).Hop() }

// Evidence is the trace of r with the function in front, as a Finding shows it.
func Evidence(f *graph.Function, r *trace.Result) []trace.Hop {
	return trace.FunctionSender(f).Evidence(r)
}
