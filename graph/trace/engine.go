package trace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// walker is one trace under way.
type walker struct {
	e    *Engine
	v    *graph.View
	src  Source
	flow Flow
	// senders are the groups of the source's interface; see members.
	senders groups
	// key is what the result depends on.
	key request
	// free says that senders let the flow out to whatever address.
	free bool
	// met says that the way led to an interface whose own groups look at senders.
	met bool
}

// Trace walks the flow from the source. It is a pure function of the view, so sources that differ only in their Address
// share one result, which nobody may change; and so do those of different groups as long as no group has a say. The
// source's subnet must be there.
func (e *Engine) Trace(src Source, flow Flow) *Result {
	if flow.To.Family == 0 {
		flow.To.Family = 4
		if flow.To.Prefix.IsValid() && flow.To.Prefix.Addr().Is6() {
			flow.To.Family = 6
		}
	}
	if flow.Protocol == 0 {
		flow.Protocol = 6
	}
	w := walker{e: e, v: e.view, src: src}
	var known fact.Verdict
	flow.Port, known = w.port(flow)
	w.flow = flow
	w.senders = w.groupsOf(src.Groups, src.Subnet.VPC)
	own := w.request()
	w.key = own
	w.free = e.lets(&w, own.groups)
	shared := own
	shared.groups = ""
	if r, ok := e.memo[shared]; ok && w.free {
		return r
	}
	if r, ok := e.memo[own]; ok {
		return r
	}
	under := w // what is found in the memo needs no walker that outlives this call
	r := under.walk()
	if !known.IsTrue() {
		r = &Result{Reachable: fact.Wants(orResource(known.Missing, "port of "+flow.To.Node)...)}
	}
	if under.free && !under.met {
		own = shared
	}
	e.memo[own] = r
	return r
}

// port is the flow's, else that of the data store it goes to, else 443.
func (w *walker) port(flow Flow) (int, fact.Verdict) {
	if flow.Port != 0 {
		return flow.Port, fact.Yes()
	}
	if flow.To.Class == ClassNode {
		if d := w.v.DataStores.Get(graph.ID[graph.DataStore](flow.To.Node)); d != nil {
			return d.Port.Or(w.v.World, 443)
		}
	}
	return 443, fact.Yes()
}

// request is what a result depends on.
type request struct {
	compute Compute
	subnet  *graph.Subnet
	flow    Flow
	ipv6    string
	// groups identifies those of the source, and is empty where they have no say.
	groups string
}

func (w *walker) request() request {
	r := request{compute: w.src.Compute, subnet: w.src.Subnet, flow: w.flow, ipv6: w.src.IPv6.Truth.String() + identity(w.src.IPv6.Missing)}
	for _, ref := range w.senders.refs {
		id, ok := ref.Get(w.v.World)
		r.groups += "|" + string(id) + identity(ok.Missing)
	}
	if len(w.senders.open) > 0 {
		r.groups += "|" + identity(w.senders.open)
	}
	return r
}

func identity(ms []fact.Missing) string {
	var b strings.Builder
	for _, m := range ms {
		fmt.Fprintf(&b, "?%s %s %d", m.Kind, m.Name, m.Span.Pos)
	}
	return b.String()
}

// sending is a kind of flow that groups let out or not.
type sending struct {
	groups         string
	family         Family
	protocol, port int
}

// lets reports that the source's groups, identified by the text, certainly let the flow out to every address.
func (e *Engine) lets(w *walker, groups string) bool {
	s := sending{groups, w.flow.To.Family, w.flow.Protocol, w.flow.Port}
	free, ok := e.free[s]
	if !ok {
		f := w.admits(w.senders, packet{true, s.protocol, s.port}, peer{}, universe(s.family))
		free = empty(f.deny) && len(f.doubts) == 0
		e.free[s] = free
	}
	return free
}

// members are the groups of the source as another interface's groups see them.
func (w *walker) members() groups {
	w.met = true
	return w.senders
}

// walk goes by each way that the packet may take and reports what they agree on.
func (w *walker) walk() *Result {
	var l leg
	var about set
	switch w.flow.To.Class {
	case ClassService:
		l, about = w.toService()
	case ClassNode:
		l, about = w.toNode()
	case ClassAddress:
		about = prefixes(w.flow.To.Prefix.Masked())
		l = w.toAddresses(wanted{set: about, public: w.isPublic(about)})
	default:
		about = w.internet()
		l = w.toAddresses(wanted{set: about, public: true, internet: true})
	}
	return w.result(l, about)
}

// internet is the public addresses that are not those of the source's own VPC.
func (w *walker) internet() set {
	key := place{w.src.Subnet, w.flow.To.Family}
	s, ok := w.e.internet[key]
	if !ok {
		own, _ := vpcRanges(w.v, w.src.Subnet.VPC, w.flow.To.Family)
		s = minus(public(w.flow.To.Family), own)
		w.e.internet[key] = s
	}
	return s
}

// place is where a flow of the family starts.
type place struct {
	subnet *graph.Subnet
	family Family
}

// near are the addresses of the source's subnet, in the family of the flow.
func (w *walker) near() ranges { return subnetRanges(w.v, w.src.Subnet, w.flow.To.Family) }

func (w *walker) isPublic(s set) bool { return empty(minus(s, w.internet())) }

// toAddresses leaves the source's interface and subnet for addresses that no node here is known to have.
func (w *walker) toAddresses(want wanted) leg {
	l := w.sends(want.set, want.peer())
	l.then(w.beyond(want))
	return l
}

// beyond is the way to the addresses from the source's subnet on. Groups of the source have no say there, unless the
// way leads to another interface.
func (w *walker) beyond(want wanted) leg {
	key := w.key
	key.groups = ""
	if l, ok := w.e.beyond[key]; ok {
		return l
	}
	var l leg
	outside := want.set
	if home := subnetRanges(w.v, w.src.Subnet, w.flow.To.Family); len(home.missing) == 0 {
		outside = minus(want.set, home.set) // an ACL does not look at what stays in its subnet
	}
	if !empty(outside) {
		l.then(w.acls(crossing{w.src.Subnet, RoleSubnet, true, w.answers()}, outside))
	}
	l.then(w.forward(w.start(), want, anywhere))
	if !w.met {
		w.e.beyond[key] = l
	}
	return l
}

// usual is the number of steps for which a way has room from the start.
const usual = 6

// sends is the source's interface: its subnet, its address, its groups.
func (w *walker) sends(about set, far peer) leg {
	l := leg{steps: make([]step, 0, usual)}
	s := w.src.Subnet
	l.pass(at(&s.Header, RoleSubnet, "subnet "+quote(s.Address)))
	family := w.src.IPv6
	if w.flow.To.Family == 4 {
		family = s.IPv6Native.Is(w.v.World, func(only bool) bool { return only }).Not()
	}
	l.need(about, family, w.because(at(&s.Header, RoleFunction,
		fmt.Sprintf("the interface has no IPv%d address in subnet %s", w.flow.To.Family, quote(s.Address))), NoAddressFamily))
	if !w.free {
		l.then(w.guard(w.senders, w.sender(), RoleFunction, far, about))
	}
	return l
}

// result turns the walk into what a reader sees.
func (w *walker) result(l leg, about set) *Result {
	r := &Result{Reachable: l.settle(about), Via: l.via, Hops: make([]Hop, 0, len(l.steps))}
	for _, st := range l.steps {
		stops := !empty(intersect(st.stops, about))
		h := st.Hop
		if st.stops != nil && !stops {
			continue
		}
		if !r.Reachable.IsFalse() {
			h.Cause, h.Key = "", Key{} // only a part stops here
		}
		if stops && !empty(minus(about, st.stops)) {
			h.Message += " (a part of the addresses)"
			h.Part = h.Cause != ""
		}
		if slices.Contains(r.Hops, h) {
			continue
		}
		if n := len(r.Hops) - 1; n >= 0 && h.Cause != "" && r.Hops[n].Cause == "" && r.Hops[n].Address == h.Address && r.Hops[n].Role == h.Role {
			r.Hops = r.Hops[:n] // the stop says where it is, too
		}
		r.Hops = append(r.Hops, h)
		if h.Cause != "" {
			r.Blocks = append(r.Blocks, h)
		}
	}
	return r
}

// sender is what a sentence calls the source.
func (w *walker) sender() string {
	if w.src.Compute == EC2 {
		return "the managed instance"
	}
	return "the function"
}

// answers are the ports at which the source waits; managed instances run Linux.
func (w *walker) answers() ports {
	if w.src.Compute == EC2 {
		return linuxPorts
	}
	return gatewayPorts
}

// destination is what a sentence calls the place that the packet shall reach.
func (w *walker) destination() string {
	to := w.flow.To
	switch {
	case to.Class == ClassService:
		return "service " + quote(to.Service)
	case to.Class == ClassAddress:
		return to.Prefix.String()
	case to.Class == ClassNode:
		return quote(to.Node)
	case to.Family == 6:
		return "the IPv6 internet"
	}
	return "the internet"
}
