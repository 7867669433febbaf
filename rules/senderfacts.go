package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// senderFacts are what rules have asked about one sender in one world: most ask the same.
type senderFacts struct {
	sender  Sender
	inVPC   fact.Verdict
	subnets fact.Elements[*graph.Subnet]
	sources []trace.Source // its interfaces in the subnets
	traced  []traced
	needs   *need.Needs // nil until somebody asks
}

// usual is the number of flows for which there is room from the start: both internets, and some services.
const usual = 6

// traced is how one flow fares from each subnet of a sender.
type traced struct {
	flow  trace.Flow
	paths []SubnetPath
}

// of are the facts of the sender with that header: for a function its own, whatever it runs on.
func (e *engine) of(h *graph.Header) *senderFacts { return e.at(e.senders.number[h]) }

// at are the facts of the sender of that number.
func (e *engine) at(i int) *senderFacts {
	if e.facts[i] == nil {
		e.facts[i] = e.factsOf(e.senders.all[i])
	}
	return e.facts[i]
}

func (e *engine) factsOf(s *trace.Sender) *senderFacts {
	a := &senderFacts{inVPC: s.InVPC(e.view), subnets: graph.Resolve(e.view, &e.view.Subnets, s.Subnets)}
	a.sender = Sender{Sender: s, facts: a}
	for _, f := range s.Functions(e.view) {
		if s.Header == &f.Header || e.view.Exists(f).IsTrue() {
			a.sender.Functions = append(a.sender.Functions, f)
		}
	}
	if s.Compute == trace.Balancer {
		a.sender.Functions = e.callers(s.Address)
		a.inVPC = fact.Of(len(a.sender.Functions) > 0)
	}
	a.traced = make([]traced, 0, usual)
	a.sources = make([]trace.Source, 0, len(a.subnets.Items))
	for _, it := range a.subnets.Items {
		a.sources = append(a.sources, s.From(e.view, it.Value))
	}
	return a
}

// lookWork is how many flows are looked at in the time of a route.
const lookWork = 16

func (e *engine) paths(a *senderFacts, flow trace.Flow) []SubnetPath {
	e.view.Spend(1 + len(a.traced)/lookWork)
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

// InVPC is that of the View, asked once for each function.
func (p *Pass) InVPC(f *graph.Function) fact.Verdict {
	return p.engine.of(&f.Header).inVPC
}

// Needs is what f needs, in the pass's world.
func (p *Pass) Needs(f *graph.Function) need.Needs { return *p.engine.needsOf(f) }

func (e *engine) needsOf(f *graph.Function) *need.Needs {
	return remember(e.needs, f, func() *need.Needs {
		needs := need.Of(e.view, f)
		return &needs
	})
}

// callers are the functions that need the data store and exist.
func (e *engine) callers(store string) (out []*graph.Function) {
	for f := range e.view.Functions.All() {
		if e.view.Exists(f).IsTrue() && e.needsOf(f).Node(store).Strength != need.None {
			out = append(out, f)
		}
	}
	return out
}
