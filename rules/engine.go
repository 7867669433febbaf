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
	senders *senders
	intent  *Intent
	packs   []Pack
	first   *engine // of the world that assigns nothing, which most questions are asked in
	byWorld map[string]*engine
	after   map[[2]string]bool // what DependsOn says of two addresses
}

func newEngines(n *graph.Network, intent *Intent) *engines {
	out := &engines{
		network: n, senders: sendersOf(n), intent: intent, byWorld: map[string]*engine{},
		after: map[[2]string]bool{},
	}
	out.first = out.newEngine(nil)
	return out
}

// senders are those of a network. They are counted, as every rule asks about each of them.
type senders struct {
	all    []*trace.Sender
	seen   int // those that the files hold come first, then the tenants
	number map[*graph.Header]int
}

func sendersOf(n *graph.Network) *senders {
	out := &senders{number: map[*graph.Header]int{}}
	for s := range trace.Senders(n) {
		out.number[s.Header] = len(out.all)
		out.all = append(out.all, s)
	}
	out.seen = len(out.all)
	for _, s := range tenantsOf(n) {
		out.number[s.Header] = len(out.all)
		out.all = append(out.all, s)
	}
	return out
}

// engine is the network in one world, and what rules have asked about it so far. A linked network does not change, so
// no answer goes stale.
type engine struct {
	view      *graph.View
	trace     *trace.Engine
	senders   *senders
	facts     []*senderFacts // of the senders, nil until somebody asks
	needs     map[*graph.Function]*need.Needs
	tables    map[*graph.Subnet]tableOf
	ipv6      map[*graph.Subnet]fact.Verdict
	roles     map[*graph.Role]*abilities
	wanted    map[wish]bool
	inhabited map[graph.ID[graph.VPC]]bool // nil until somebody asks
}

func (e *engines) newEngine(w *fact.World) *engine {
	v, s := e.network.In(w), e.senders
	return &engine{
		view: v, trace: trace.New(v),
		senders: s, facts: make([]*senderFacts, len(s.all)),
		needs:  map[*graph.Function]*need.Needs{},
		tables: map[*graph.Subnet]tableOf{},
		ipv6:   map[*graph.Subnet]fact.Verdict{},
		roles:  map[*graph.Role]*abilities{},
		wanted: map[wish]bool{},
	}
}

func (e *engines) in(w *fact.World) *engine {
	if w == nil {
		return e.first
	}
	return remember(e.byWorld, w.String(), func() *engine { return e.newEngine(w) })
}

// pass puts the rule to work in the world.
func (e *engines) pass(rule *Rule, pack string, w *fact.World) *Pass {
	here := e.in(w)
	return &Pass{View: here.view, Trace: here.trace, rule: rule, pack: pack, engines: e, engine: here}
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

// DependsOn is that of the network. No world changes the answer, and rules ask for it in each.
func (p *Pass) DependsOn(from, to string) bool {
	return remember(p.engines.after, [2]string{from, to}, func() bool { return p.Network.DependsOn(from, to) })
}

// tableOf is the route table in force for a subnet.
type tableOf struct {
	table    *graph.RouteTable
	explicit *graph.RouteTableAssociation
	known    fact.Verdict
}

// RouteTable is that of the View, asked once for each subnet.
func (p *Pass) RouteTable(
	s *graph.Subnet,
) (table *graph.RouteTable, explicit *graph.RouteTableAssociation, known fact.Verdict) {
	t := remember(p.engine.tables, s, func() (t tableOf) {
		t.table, t.explicit, t.known = p.View.RouteTable(s)
		return t
	})
	return t.table, t.explicit, t.known
}

// IPv6 is that of the View, asked once for each subnet.
func (p *Pass) IPv6(s *graph.Subnet) fact.Verdict { return p.engine.isIPv6(s) }

func (e *engine) isIPv6(s *graph.Subnet) fact.Verdict {
	return remember(e.ipv6, s, func() fact.Verdict { return e.view.IPv6(s) })
}

// abilities is what a role may do on some resource, as far as somebody has asked.
type abilities struct {
	identity policy.Identity
	asked    []ability
}

// eniActions is the number of actions on network interfaces, which all are asked about.
const eniActions = 6

type ability struct {
	action   string
	decision *policy.Decision
}

func (e *engine) can(role *graph.Role) *abilities {
	return remember(
		e.roles, role, func() *abilities { return &abilities{e.view.Identity(role), make([]ability, 0, eniActions)} },
	)
}

// Identity is that of the View, asked once for each role.
func (p *Pass) Identity(role *graph.Role) policy.Identity { return p.engine.can(role).identity }

// Allows decides whether the role may do the action on some resource of its service, in the pass's world. The decision
// is shared by all who ask.
func (p *Pass) Allows(role *graph.Role, action string) *policy.Decision {
	of := p.engine.can(role)
	for _, a := range of.asked { // few actions
		if a.action == action {
			return a.decision
		}
	}
	d := of.identity.Allows(p.World, action, policy.Anything)
	of.asked = append(of.asked, ability{action, &d})
	return &d
}
