package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// engines keeps one engine a world, so that answers are remembered across rules and subjects. It is for one goroutine.
type engines struct {
	network *graph.Network
	intent  *Intent
	byWorld map[string]*engine
}

func newEngines(n *graph.Network, intent *Intent) *engines {
	return &engines{network: n, intent: intent, byWorld: map[string]*engine{}}
}

// engine is the network in one world, and what rules have asked about it so far. A linked network does not change, so
// no answer goes stale.
type engine struct {
	view      *graph.View
	trace     *trace.Engine
	surveys   map[*graph.Function][]survey
	needs     map[*graph.Function]need.Needs
	decisions map[ability]policy.Decision
}

func (e *engines) in(w *fact.World) *engine {
	key := w.String()
	got, ok := e.byWorld[key]
	if !ok {
		v := e.network.In(w)
		got = &engine{v, trace.New(v), map[*graph.Function][]survey{}, map[*graph.Function]need.Needs{}, map[ability]policy.Decision{}}
		e.byWorld[key] = got
	}
	return got
}

// pass puts the rule to work in the world.
func (e *engines) pass(rule *Rule, pack string, w *fact.World) *Pass {
	here := e.in(w)
	return &Pass{View: here.view, Trace: here.trace, rule: rule, pack: pack, share: share{0, 1}, engines: e, engine: here}
}

// remember answers from the table, or asks and keeps the answer there.
func remember[K comparable, V any](table map[K]V, key K, ask func() V) V {
	v, ok := table[key]
	if !ok {
		v = ask()
		table[key] = v
	}
	return v
}

// survey is how one flow fares from each subnet of a function, and what may add subnets.
type survey struct {
	flow  trace.Flow
	paths []SubnetPath
	open  []fact.Missing
}

// Paths traces flow from every subnet of f that is defined here, and awaits the conditions on the way. Open names what
// may add subnets that are not. The paths are shared by all who ask.
func (p *Pass) Paths(f *graph.Function, flow trace.Flow) (paths []SubnetPath, open []fact.Missing) {
	s := p.engine.paths(f, flow)
	for _, path := range s.paths {
		p.Await(path.Reachable)
	}
	return s.paths, s.open
}

func (e *engine) paths(f *graph.Function, flow trace.Flow) survey {
	done := e.surveys[f] // few flows, so that it is faster to look than to hash
	for _, s := range done {
		if s.flow == flow {
			return s
		}
	}
	s := e.survey(f, flow)
	e.surveys[f] = append(done, s)
	return s
}

func (e *engine) survey(f *graph.Function, flow trace.Flow) survey {
	subnets := graph.Resolve(e.view, &e.view.Subnets, f.Subnets)
	s := survey{flow: flow, paths: make([]SubnetPath, 0, len(subnets.Items)), open: subnets.Open}
	for _, it := range subnets.Items {
		s.paths = append(s.paths, SubnetPath{it.Value, e.trace.Trace(FunctionSource(e.view, f, it.Value), flow)})
	}
	return s
}

// Path traces flow from the one subnet of f, and awaits nothing.
func (p *Pass) Path(f *graph.Function, s *graph.Subnet, flow trace.Flow) *trace.Result {
	return p.engine.path(f, s, flow)
}

func (e *engine) path(f *graph.Function, s *graph.Subnet, flow trace.Flow) *trace.Result {
	for _, path := range e.paths(f, flow).paths {
		if path.Subnet == s {
			return path.Result
		}
	}
	return e.trace.Trace(FunctionSource(e.view, f, s), flow)
}

// Needs is what f needs, in the pass's world.
func (p *Pass) Needs(f *graph.Function) need.Needs {
	return remember(p.engine.needs, f, func() need.Needs { return need.Of(p.View, f) })
}

// ability is a role's to do something on some resource.
type ability struct {
	role   *graph.Role
	action string
}

// Allows decides whether the role may do the action on some resource of its service, in the pass's world.
func (p *Pass) Allows(role *graph.Role, action string) policy.Decision {
	return remember(p.engine.decisions, ability{role, action}, func() policy.Decision {
		return p.Identity(role).Allows(p.World, action, policy.Anything())
	})
}
