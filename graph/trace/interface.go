package trace

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Interface is a source as an engine knows it, so that what flows from it share is worked out once.
type Interface struct {
	e    *Engine
	src  Source
	spot *spot
	// team is the groups of the source.
	team *team
}

// spot is where flows start: a subnet, the compute, and whether there is an IPv6 address. It remembers the results.
type spot struct {
	results map[question]*Result
	// ways are those behind the source's interface, where no group of it had a say.
	ways map[*asked]leg
	// shut are the results for groups that let nothing out.
	shut map[*asked]closed
}

// asked is a flow without defaults. Equal flows of one engine are one.
type asked struct {
	flow Flow
	// known is Unknown where the port is not known.
	known fact.Verdict
}

// closed is the result for some groups that let nothing out, and the hop at which they stop it.
type closed struct {
	hop    *Hop
	result *Result
}

// question is a flow and the groups that it is asked for, nil where they have no say.
type question struct {
	*asked
	groups *team
}

// spotKey identifies a spot.
type spotKey struct {
	compute Compute
	subnet  *graph.Subnet
	ipv6    string
}

// team is a combination of groups. It remembers what they let out.
type team struct {
	groups
	free   []sending
	guards []guarded
}

// sending is a kind of flow, and whether groups certainly let it out to every address.
type sending struct {
	family         Family
	protocol, port int
	free           bool
}

// guarded is the leg through the groups for an exit.
type guarded struct {
	exit
	leg
}

// exit is a flow to addresses of which no group rule names the interfaces.
type exit struct {
	compute Compute
	flow    Flow
	about   set
}

// At is the source as the engine knows it. The source's subnet must be there.
func (e *Engine) At(src Source) *Interface {
	key := spotKey{src.Compute, src.Subnet, src.IPv6.Truth.String() + identity(src.IPv6.Missing)}
	at, ok := e.spots[key]
	if !ok {
		at = &spot{map[question]*Result{}, map[*asked]leg{}, map[*asked]closed{}}
		e.spots[key] = at
	}
	return &Interface{e, src, at, e.team(groupsOf(e.view, src.Groups, src.Subnet.VPC))}
}

// team is the one that consists of the groups.
func (e *Engine) team(gs groups) *team {
	name := ""
	for _, ref := range gs.refs {
		id, ok := ref.Get(e.view.World)
		name += "|" + string(id) + identity(ok.Missing)
	}
	if len(gs.open) > 0 {
		name += "|" + identity(gs.open)
	}
	t, ok := e.teams[name]
	if !ok {
		t = &team{groups: gs}
		e.teams[name] = t
	}
	return t
}

// identity tells facts apart.
func identity(ms []fact.Missing) string {
	if len(ms) == 0 {
		return ""
	}
	var b strings.Builder
	for _, m := range ms {
		fmt.Fprintf(&b, "?%s %s %d", m.Kind, m.Name, m.Span.Pos)
	}
	return b.String()
}

// Trace walks the flow from the interface. It is a pure function of the view, so sources that differ only in their
// Address share one result, which nobody may change; and so do those of different groups as long as no group has a say.
func (i *Interface) Trace(flow Flow) *Result {
	a := i.e.ask(flow)
	free := i.lets(a)
	if free {
		if r, ok := i.spot.results[question{a, nil}]; ok {
			return r
		}
	}
	own := question{a, i.team}
	if r, ok := i.spot.results[own]; ok {
		return r
	}
	w := walker{Interface: i, asked: a, v: i.e.view, free: free}
	r := w.walk()
	if !a.known.IsTrue() {
		r = &Result{Reachable: fact.Wants(orResource(a.known.Missing, "port of "+a.flow.To.Node)...)}
	}
	if free && !w.met {
		own.groups = nil
	}
	i.spot.results[own] = r
	return r
}

// ask is the flow as the engine knows it.
func (e *Engine) ask(flow Flow) *asked {
	a, ok := e.flows[flow]
	if !ok {
		full, known := e.complete(flow)
		if full == flow {
			a = &asked{flow, known}
		} else {
			a = e.ask(full)
		}
		e.flows[flow] = a
	}
	return a
}

// complete fills in what the flow leaves to defaults. The verdict is Unknown where the port is not known.
func (e *Engine) complete(flow Flow) (Flow, fact.Verdict) {
	if flow.To.Family == 0 {
		flow.To.Family = 4
		if flow.To.Prefix.IsValid() && flow.To.Prefix.Addr().Is6() {
			flow.To.Family = 6
		}
	}
	if flow.Protocol == 0 {
		flow.Protocol = 6
	}
	var known fact.Verdict
	flow.Port, known = e.port(flow)
	return flow, known
}

// port is the flow's, else that of the data store it goes to, else 443.
func (e *Engine) port(flow Flow) (int, fact.Verdict) {
	if flow.Port != 0 {
		return flow.Port, fact.Yes()
	}
	if flow.To.Class == ClassNode {
		if d := e.view.DataStores.Get(graph.ID[graph.DataStore](flow.To.Node)); d != nil {
			return d.Port.Or(e.view.World, aws.HTTPS)
		}
	}
	return aws.HTTPS, fact.Yes()
}

// lets reports that the source's groups certainly let the flow out to every address.
func (i *Interface) lets(a *asked) bool {
	family, protocol, port := a.flow.To.Family, a.flow.Protocol, a.flow.Port
	for _, s := range i.team.free { // few ports
		if s.family == family && s.protocol == protocol && s.port == port {
			return s.free
		}
	}
	w := walker{Interface: i, asked: a, v: i.e.view}
	f := w.admits(i.team.groups, packet{true, protocol, port}, peer{}, universe(family))
	free := empty(f.deny) && len(f.doubts) == 0
	i.team.free = append(i.team.free, sending{family, protocol, port, free})
	return free
}
