package rules

import (
	"iter"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Sender is what sends packets into subnets, in the pass's world.
type Sender struct {
	*trace.Sender
	// Functions are those whose packets it certainly sends, or passes on, and that exist.
	Functions []*graph.Function

	facts *senderFacts
}

// SubnetPath is how one flow of a sender fares from one of its subnets.
type SubnetPath = trace.Path

// EachSender is Each over all that sends packets of functions into subnets. Of a function that a condition attaches to
// a VPC, only the worlds count in which it is attached.
func EachSender(p *Pass, f func(*Pass, Sender)) {
	eachSender(p, func(s *trace.Sender) bool { return !s.IsAgent() }, f)
}

// EachSenderOn is EachSender over the senders of one compute. An agent is only asked about here and in EachProxy: the
// pollers of an event source mapping, an RDS proxy, or a load balancer.
func EachSenderOn(p *Pass, compute trace.Compute, f func(*Pass, Sender)) {
	eachSender(p, func(s *trace.Sender) bool { return s.Compute == compute }, f)
}

// EachProxy is EachSender over what passes on what it takes in: the RDS proxies, and the internal load balancers that a
// function calls.
func EachProxy(p *Pass, f func(*Pass, Sender)) {
	eachSender(p, func(s *trace.Sender) bool { return s.Proxy != nil }, f)
}

func eachSender(p *Pass, meant func(*trace.Sender) bool, f func(*Pass, Sender)) {
	var i int // of all worlds and calls, as in EachWhere
	inVPC := func(q *Pass) fact.Verdict { return q.engine.at(i).inVPC }
	look := func(q *Pass) { f(q, q.engine.at(i).sender) }
	for n, s := range p.engines.senders.all[:p.engines.senders.seen] {
		if i = n; meant(s) {
			p.decide(s, inVPC, look)
		}
	}
}

// SenderOf is what sends the packets of f into subnets; see trace.SenderOf.
func (p *Pass) SenderOf(f *graph.Function) (Sender, fact.Verdict) {
	s, attached := trace.SenderOf(p.View, f)
	return p.engine.of(s.Header).sender, attached
}

// Senders yields the senders of EachSender in the pass's world, whether they exist there or not, for rules about
// something else.
func (p *Pass) Senders() iter.Seq[Sender] {
	return func(yield func(Sender) bool) {
		for i, s := range p.engines.senders.all[:p.engines.senders.seen] {
			if !s.IsAgent() && !yield(p.engine.at(i).sender) {
				return
			}
		}
	}
}

// Inside lists the senders with a subnet for which ask is true, and the functions that each of them serves.
func (p *Pass) Inside(ask func(*graph.Subnet) bool) (addresses []string) {
	for s := range p.Senders() {
		if slices.ContainsFunc(p.SubnetsOf(s).Items, func(it fact.Item[*graph.Subnet]) bool { return ask(it.Value) }) {
			addresses = append(addresses, s.Affected()...)
		}
	}
	return addresses
}

// SendersIn is Inside for one subnet. Nobody is in a nil one.
func (p *Pass) SendersIn(subnet *graph.Subnet) []string {
	return p.Inside(func(s *graph.Subnet) bool { return s == subnet })
}

// Guests lists the functions whose packets the sender sends, in whatever world they exist, or the sender alone where
// there is none in these files.
func (p *Pass) Guests(s Sender) []string {
	var out []string
	for _, f := range s.Sender.Functions(p.View) {
		out = append(out, f.Address)
	}
	if len(out) == 0 {
		return []string{s.Address}
	}
	return out
}

// Affected lists the sender and the functions that it serves.
func (s Sender) Affected() []string {
	if len(s.Functions) == 1 && s.Functions[0].Address == s.Address {
		return []string{s.Address}
	}
	out := []string{s.Address}
	for _, f := range s.Functions {
		out = append(out, f.Address)
	}
	return unique(out)
}

// Because is the hop that shows why h needs what it needs: evidence beside the way.
func Because(h *graph.Header, n need.Need) trace.Hop {
	return trace.Hop{Address: h.Address, Span: n.Span, Role: trace.RoleNeed, Message: n.Evidence}
}

// SubnetsOf are the subnets of the sender that are defined here. They are shared by all who ask.
func (p *Pass) SubnetsOf(s Sender) fact.Elements[*graph.Subnet] { return s.facts.subnets }

// NeedsOf is what the functions of the sender need, in the pass's world, or an agent itself.
func (p *Pass) NeedsOf(s Sender) need.Needs {
	if s.facts.needs == nil {
		needs := p.needsOf(s)
		s.facts.needs = &needs
	}
	return *s.facts.needs
}

func (p *Pass) needsOf(s Sender) need.Needs {
	switch {
	case s.Mapping != nil:
		return need.OfPollers(p.View, s.Mapping)
	case s.Compute == trace.Balancer:
		return need.OfBalancer(p.View, s.Proxy)
	case s.Proxy != nil:
		return need.OfProxy(p.View, s.Proxy)
	}
	if len(s.Functions) == 1 {
		return p.Needs(s.Functions[0])
	}
	all := make([]need.Needs, len(s.Functions))
	for i, f := range s.Functions {
		all[i] = p.Needs(f)
	}
	return need.Union(all...)
}

// Isolated says whether the author declares that no function of the sender shall have a way to the internet. It is
// False for a sender without functions.
func (p *Pass) Isolated(s Sender) fact.Verdict {
	out := fact.Of(len(s.Functions) > 0)
	for _, f := range s.Functions {
		out = fact.And(out, p.isolatedFunction(f))
	}
	return out
}

// Paths traces flow from every subnet of the sender that is defined here, and awaits the conditions on the way. Open
// names what may add subnets that are not. The paths are shared by all who ask.
func (p *Pass) Paths(s Sender, flow trace.Flow) (paths []SubnetPath, open []fact.Missing) {
	paths = p.engine.paths(s.facts, flow)
	p.lookBehind(s, paths...)
	for _, path := range paths {
		p.Await(path.Reachable)
	}
	return paths, s.facts.subnets.Open
}

// AllPaths are Paths, and for a sender none of whose subnets is defined here the way of Unseen.
func (p *Pass) AllPaths(s Sender, flow trace.Flow) []SubnetPath {
	paths, _ := p.Paths(s, flow)
	if path, ok := p.Unseen(s, flow); ok {
		return []SubnetPath{path}
	}
	return paths
}

// Path traces flow from the one subnet of the sender, and awaits nothing.
func (p *Pass) Path(s Sender, subnet *graph.Subnet, flow trace.Flow) SubnetPath {
	one := []SubnetPath{{Subnet: subnet}}
	for _, path := range p.engine.paths(s.facts, flow) {
		if path.Subnet == subnet {
			one[0] = path
		}
	}
	if one[0].Result == nil {
		one[0].Result = p.Trace.Trace(s.From(p.View, subnet), flow)
	}
	p.lookBehind(s, one...)
	return one[0]
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
