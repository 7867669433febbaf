package rules

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// attachment is what rules have asked about one function in one world: most ask the same.
type attachment struct {
	inVPC   fact.Verdict
	role    *graph.Role // nil unless it is one of this deployment
	isRole  fact.Verdict
	subnets fact.Elements[*graph.Subnet]
	sources []trace.Source // its interfaces in the subnets
	traced  []traced
	needs   *need.Needs // nil until somebody asks
}

// usual is the number of flows for which an attachment has room from the start: both internets, and some services.
const usual = 6

// traced is how one flow fares from each subnet of a function.
type traced struct {
	flow  trace.Flow
	paths []SubnetPath
}

func (e *engine) of(f *graph.Function) *attachment {
	return remember(e.functions, f, func() *attachment {
		a := &attachment{inVPC: e.view.InVPC(f), subnets: graph.Resolve(e.view, &e.view.Subnets, f.Subnets)}
		sender := trace.FunctionSender(f)
		a.role, a.isRole = graph.Lookup(e.view, &e.view.Roles, f.Role)
		a.traced = make([]traced, 0, usual)
		a.sources = make([]trace.Source, 0, len(a.subnets.Items))
		for _, it := range a.subnets.Items {
			a.sources = append(a.sources, sender.From(e.view, it.Value))
		}
		return a
	})
}

// InVPC is that of the View, asked once for each function.
func (p *Pass) InVPC(f *graph.Function) fact.Verdict { return p.engine.of(f).inVPC }

// RoleOf is the Lookup of the execution role of f, made once for each function.
func (p *Pass) RoleOf(f *graph.Function) (role *graph.Role, known fact.Verdict) {
	a := p.engine.of(f)
	return a.role, a.isRole
}

// SubnetsOf are the subnets of f that are defined here. They are shared by all who ask.
func (p *Pass) SubnetsOf(f *graph.Function) fact.Elements[*graph.Subnet] {
	return p.engine.of(f).subnets
}

// FunctionsIn lists the functions that are certainly in the subnet. A nil subnet has none.
func (p *Pass) FunctionsIn(s *graph.Subnet) (out []string) {
	for f := range p.Functions.All() {
		if slices.ContainsFunc(p.SubnetsOf(f).Items, func(it fact.Item[*graph.Subnet]) bool { return it.Value == s }) {
			out = append(out, f.Address)
		}
	}
	return out
}

// Needs is what f needs, in the pass's world.
func (p *Pass) Needs(f *graph.Function) need.Needs {
	a := p.engine.of(f)
	if a.needs == nil {
		needs := need.Of(p.View, f)
		a.needs = &needs
	}
	return *a.needs
}

// Paths traces flow from every subnet of f that is defined here, and awaits the conditions on the way. Open names what
// may add subnets that are not. The paths are shared by all who ask.
func (p *Pass) Paths(f *graph.Function, flow trace.Flow) (paths []SubnetPath, open []fact.Missing) {
	a := p.engine.of(f)
	paths = p.engine.paths(a, flow)
	p.lookBehind(functionSender(f), paths...)
	for _, path := range paths {
		p.Await(path.Reachable)
	}
	return paths, a.subnets.Open
}

func (e *engine) paths(a *attachment, flow trace.Flow) []SubnetPath {
	for i := range a.traced { // few flows, so that it is faster to look than to hash
		if a.traced[i].flow == flow {
			return a.traced[i].paths
		}
	}
	paths := make([]SubnetPath, 0, len(a.subnets.Items))
	for i, it := range a.subnets.Items {
		paths = append(paths, SubnetPath{Subnet: it.Value, Result: e.trace.Trace(a.sources[i], flow)})
	}
	a.traced = append(a.traced, traced{flow, paths})
	return paths
}

// Path traces flow from the one subnet of f, and awaits nothing.
func (p *Pass) Path(f *graph.Function, s *graph.Subnet, flow trace.Flow) *trace.Result {
	return p.engine.path(f, s, flow)
}

func (e *engine) path(f *graph.Function, s *graph.Subnet, flow trace.Flow) *trace.Result {
	for _, path := range e.paths(e.of(f), flow) {
		if path.Subnet == s {
			return path.Result
		}
	}
	return e.trace.Trace(trace.FunctionSender(f).From(e.view, s), flow)
}
