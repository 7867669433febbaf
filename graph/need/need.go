// Package need says which services, data stores and public hosts a function needs, and by what evidence. A need is
// only claimed where the files speak of it: nobody reads the function's code.
package need

import (
	"cmp"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Strength is how good the evidence is.
type Strength int

// Weak: the role allows a specific action on a specific resource. Strong: the environment names a resource or a URL.
const (
	None Strength = iota
	Weak
	Strong
)

func (s Strength) String() string { return [...]string{"none", "weak", "strong"}[s] }

// Need is one thing that a function needs. Name is the id of an endpoint service, such as "sqs", the address of a data
// store, or a host name.
type Need struct {
	Name     string
	Strength Strength
	// Evidence says what shows the need, as a clause: `environment variable "URL" names "Queue"`.
	Evidence string
	Span     source.Span
	// Port is where a node is called by this evidence, if that tells; 0 is the port that the node itself tells.
	Port int
}

// Needs is what a function needs, each thing once, with its best evidence, ordered by name.
type Needs struct {
	Services []Need
	Nodes    []Need // data stores of the deployment
	Internet []Need // public hosts
	// Addresses are private IPv4 addresses with ports, named as in 10.0.3.7:5432, that the environment spells out.
	Addresses []Need
	// Answer is the need of S3 of a function that answers custom resources, else of Strength None. It is among the
	// Services, unless other evidence is as good.
	Answer Need
	// redirect is what may send requests elsewhere than to the destinations listed: a proxy, an endpoint override, an
	// open list of variables, which may hold one.
	redirect []fact.Missing
	// further is what may add needs that are not listed, and takes none away: a role from elsewhere, an open list of
	// policies, a variable under a condition.
	further []fact.Missing
	// broad is set when a policy lets the code call a service on whatever resource, as most AWS managed policies do.
	// That shows no need of any one service, but that the code is likely to call something.
	broad bool
}

// Of collects the needs of the function in the view's world.
func Of(v *graph.View, f *graph.Function) Needs {
	c := &collector{v: v, f: f, granted: map[string]bool{}}
	c.environment()
	c.mounts()
	c.role()
	if by := c.forwarded(); len(by) > 0 {
		c.found.services = slices.DeleteFunc(c.found.services, func(n Need) bool { return slices.Contains(by, n.Name) })
	}
	c.rotates()
	c.durable()
	answer := c.answer()
	if answer.Strength != None {
		c.found.services = append(c.found.services, answer)
	}
	return Needs{
		Services: merge(c.found.services), Nodes: merge(c.found.nodes), Internet: merge(c.found.internet),
		Addresses: merge(c.found.addresses),
		redirect:  fact.Unique(c.redirect), further: fact.Unique(c.further), broad: c.broad,
		Answer: answer,
	}
}

// Union is what several functions need together.
func Union(all ...Needs) Needs {
	var out Needs
	for _, n := range all {
		out.Services = append(out.Services, n.Services...)
		out.Nodes = append(out.Nodes, n.Nodes...)
		out.Internet = append(out.Internet, n.Internet...)
		out.Addresses = append(out.Addresses, n.Addresses...)
		out.redirect = append(out.redirect, n.redirect...)
		out.further = append(out.further, n.further...)
		out.broad = out.broad || n.broad
		if out.Answer.Strength == None {
			out.Answer = n.Answer
		}
	}
	out.Services, out.Nodes = merge(out.Services), merge(out.Nodes)
	out.Internet, out.Addresses = merge(out.Internet), merge(out.Addresses)
	out.redirect, out.further = fact.Unique(out.redirect), fact.Unique(out.further)
	return out
}

// None reports that nothing is listed, and nothing broadly allowed. Doubts may remain.
func (n Needs) None() bool { return !n.Named() && !n.broad }

// Named reports that anything is listed.
func (n Needs) Named() bool { return len(n.Services)+len(n.Nodes)+len(n.Internet)+len(n.Addresses) > 0 }

// Complete is True when nothing is needed but what is listed, where it is listed; else Unknown.
func (n Needs) Complete() fact.Verdict { return settled(n.redirect, n.further) }

// Direct is True when a need of that strength goes where it is listed; else Unknown. The environment names what it
// names, whatever the policies of the role are; weak evidence counts only where all of them are known.
func (n Needs) Direct(s Strength) fact.Verdict {
	if s == Strong {
		return settled(n.redirect)
	}
	return n.Complete()
}

func settled(doubts ...[]fact.Missing) fact.Verdict {
	return fact.Doubt(fact.Unique(slices.Concat(doubts...))).Not()
}

// Service returns the need of the service, or a Need of Strength None.
func (n Needs) Service(id string) Need { return find(n.Services, id) }

// Node returns the need of the data store at address, or a Need of Strength None.
func (n Needs) Node(address string) Need { return find(n.Nodes, address) }

func find(needs []Need, name string) Need {
	for _, n := range needs {
		if n.Name == name {
			return n
		}
	}
	return Need{Name: name}
}

type collector struct {
	v                 *graph.View
	f                 *graph.Function
	found             found
	redirect, further []fact.Missing
	broad             bool
	// granted are the services of the role's policies, each with its first need among those found.
	granted map[string]bool
	// calling says that calls are asked for: a big role has very many.
	calling bool
	calls   []Call
}

// found is what one text or policy shows.
type found struct {
	services, nodes, internet, addresses []Need
}

func (f *found) add(g found) {
	f.services = append(f.services, g.services...)
	f.nodes = append(f.nodes, g.nodes...)
	f.internet = append(f.internet, g.internet...)
	f.addresses = append(f.addresses, g.addresses...)
}

// merge keeps the best evidence for each name and port; of equal evidence, the first.
func merge(needs []Need) []Need {
	slices.SortStableFunc(needs, func(a, b Need) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(b.Strength, a.Strength), cmp.Compare(b.Port, a.Port))
	})
	return slices.CompactFunc(needs, func(a, b Need) bool {
		return a.Name == b.Name && (a.Port == b.Port || b.Port == 0)
	})
}
