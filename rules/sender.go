package rules

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Sender is what sends the packets of functions into subnets: a function with a VpcConfig, or a capacity provider, whose
// instances run functions.
type Sender struct {
	*graph.Header
	Compute trace.Compute
	Subnets fact.List[graph.Ref[graph.Subnet]]
	Groups  fact.List[graph.Ref[graph.SecurityGroup]]
	// Functions is the function itself, or those that certainly run on the capacity provider.
	Functions []*graph.Function
}

// EachSender is Each over the functions in a VPC and the capacity providers.
func EachSender(p *Pass, f func(*Pass, Sender)) {
	EachWhere(p, &p.Functions, (*Pass).InVPC, func(p *Pass, fn *graph.Function) { f(p, functionSender(fn)) })
	Each(p, &p.CapacityProviders, func(p *Pass, c *graph.CapacityProvider) {
		s := Sender{Header: &c.Header, Compute: trace.EC2, Subnets: c.Subnets, Groups: c.Groups}
		for fn := range p.Functions.All() {
			runs := fn.CapacityProvider.Is(p.World, func(id graph.ID[graph.CapacityProvider]) bool { return string(id) == c.Address })
			if fact.And(p.Exists(fn), runs).IsTrue() {
				s.Functions = append(s.Functions, fn)
			}
		}
		f(p, s)
	})
}

func functionSender(f *graph.Function) Sender {
	return Sender{Header: &f.Header, Compute: trace.Hyperplane, Subnets: f.Subnets, Groups: f.Groups, Functions: []*graph.Function{f}}
}

// SenderOf is what sends the packets of f into subnets: f itself, or the instances of its capacity provider. The verdict
// is False for a function in no VPC, and Unknown, without a sender, where the provider is not known.
func (p *Pass) SenderOf(f *graph.Function) (Sender, fact.Verdict) {
	c, runs := graph.Lookup(p.View, &p.CapacityProviders, f.CapacityProvider)
	switch runs.Truth {
	case fact.True:
		return Sender{&c.Header, trace.EC2, c.Subnets, c.Groups, []*graph.Function{f}}, runs
	case fact.Unknown:
		return Sender{}, runs
	}
	return functionSender(f), p.InVPC(f)
}

// Name is what a sentence calls the sender.
func (s Sender) Name() string {
	if s.Compute == trace.EC2 {
		return fmt.Sprintf("capacity provider %q", s.Address)
	}
	return fmt.Sprintf("function %q", s.Address)
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

// source is the sender's interface in the subnet. Nothing tells whether a managed instance takes an IPv6 address.
func (s Sender) source(v *graph.View, subnet *graph.Subnet) trace.Source {
	if s.Compute == trace.Hyperplane {
		return FunctionSource(v, s.Functions[0], subnet)
	}
	return trace.Source{
		Compute: s.Compute, Address: s.Address, Subnet: subnet, Groups: s.Groups,
		IPv6: fact.And(v.IPv6(subnet), fact.Wants(fact.Missing{Kind: fact.Attribute, Name: "IPv6 address of " + s.Address, Span: s.Span})),
	}
}

// PathsFrom traces flow from every subnet of the sender that is defined here, and awaits the conditions on the way. Open
// names what may add subnets that are not.
func (p *Pass) PathsFrom(s Sender, flow trace.Flow) (paths []SubnetPath, open []fact.Missing) {
	if s.Compute == trace.Hyperplane {
		return p.Paths(s.Functions[0], flow)
	}
	subnets := graph.Resolve(p.View, &p.Subnets, s.Subnets)
	for _, it := range subnets.Items {
		result := p.Trace.Trace(s.source(p.View, it.Value), flow)
		p.Await(result.Reachable)
		paths = append(paths, SubnetPath{it.Value, result})
	}
	return paths, subnets.Open
}

// Evidence is the trace of r with the sender in front, as a Finding shows it.
func (s Sender) Evidence(r *trace.Result) []trace.Hop { return r.Evidence(s.hop()) }

func (s Sender) hop() trace.Hop {
	return trace.Hop{Address: s.Address, Span: s.At("VpcConfig"), Role: trace.RoleFunction, Message: s.Name() + " sends from its subnets"}
}
