package trace

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Engine traces flows in one view and remembers the results. The network under the view does not change, so what is
// remembered stays right. An engine is not for several goroutines at once.
type Engine struct {
	view    *graph.View
	results map[memoKey]*Result
	last    exit
	// ways are those behind the source's interface, where no group of it had a say.
	ways map[memoKey]leg
	// internet remembers the public addresses outside of a VPC, as its own are not the internet.
	internet map[outside]set
	sets     map[netip.Prefix]set
	// detailed shows also what lets a packet pass.
	detailed bool
	// unseen are stand-ins for subnets that are not here, by the address of the resource that is in them.
	unseen map[string]*graph.Subnet
	// undecided settles whether a route exists, where that is not known. Only tests set it, to break the engine.
	undecided func(fact.Verdict) fact.Verdict
}

// New returns an engine for the view.
func New(v *graph.View) *Engine {
	return &Engine{view: v, results: map[memoKey]*Result{}, ways: map[memoKey]leg{}, internet: map[outside]set{},
		unseen: map[string]*graph.Subnet{}, sets: map[netip.Prefix]set{}}
}

// Detailed has the engine show also the security groups and network ACLs that let the packet pass. It is called before
// the first trace.
func (e *Engine) Detailed() *Engine {
	e.detailed = true
	return e
}

// memoKey is all that a result depends on. The groups and the IPv6 address stand as text that tells them apart; no
// groups are those that have no say.
type memoKey struct {
	compute      Compute
	subnet       *graph.Subnet
	ipv6, groups string
	flow         Flow
}

// traceWork is the least that a question costs, in routes looked at.
const traceWork = 10

// Trace walks the flow from the source. It is a pure function of the view, so sources that differ only in their Address
// share one result, which nobody may change; and so do those of different groups as long as no group has a say.
func (e *Engine) Trace(src Source, flow Flow) *Result {
	e.view.Spend(traceWork)
	flow, port := e.complete(flow)
	if !port.IsTrue() {
		return &Result{Reachable: fact.Wants(orResource(port.Missing, "port of "+flow.To.Node)...)}
	}
	if src.groups == nil {
		src.groups = sourceGroups(e.view, src)
	}
	w := walker{e: e, v: e.view, src: src, groups: *src.groups, flow: flow}
	w.want = w.wanted()
	own, anyGroups := w.key(), w.key()
	own.groups = w.groups.name
	w.out = e.letOut(&w)
	silent := len(w.out.steps)+len(w.out.doubts) == 0
	if r, ok := e.results[anyGroups]; ok && silent {
		return r
	}
	if r, ok := e.results[own]; ok {
		return r
	}
	r := w.walk()
	if silent && !w.met {
		own = anyGroups
	}
	e.results[own] = r
	return r
}

// exit is what the groups of a source do to a flow, and all that this depends on.
type exit struct {
	compute Compute
	groups  string
	flow    Flow
	want    wanted
	out     leg
}

// letOut is the leg through the source's groups. The last one is remembered, as a sender has the same groups in each of
// its subnets, and these are asked about one after another.
func (e *Engine) letOut(w *walker) leg {
	if l := &e.last; l.groups != w.groups.name || l.want != w.want || l.flow != w.flow || l.compute != w.src.Compute {
		*l = exit{w.src.Compute, w.groups.name, w.flow, w.want, w.letOut(w.want.peer(), w.want.set)}
	}
	return e.last.out
}

// key is that of the walk for groups that have no say.
func (w *walker) key() memoKey {
	return memoKey{w.src.Compute, w.src.Subnet, w.src.IPv6.Truth.String() + identity(w.src.IPv6.Missing), "", w.flow}
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
		if d := e.view.Store(flow.To.Node); d != nil {
			return d.Port.Or(e.view.World, aws.HTTPS)
		}
	}
	return aws.HTTPS, fact.Yes()
}
