package trace

import (
	"slices"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// walker is one trace under way.
type walker struct {
	*Interface
	*asked
	v *graph.View
	// free says that the source's groups let the flow out to whatever address.
	free bool
	// met says that the way led to an interface whose own groups look at senders.
	met bool
}

// Trace walks the flow from the source; see Interface.
func (e *Engine) Trace(src Source, flow Flow) *Result { return e.At(src).Trace(flow) }

// members are the groups of the source as another interface's groups see them.
func (w *walker) members() groups {
	w.met = true
	return w.team.groups
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
		return w.away(wanted{set: about, public: w.isPublic(about)})
	default:
		return w.away(wanted{set: w.internet(), public: true, internet: true})
	}
	return w.result(l, about)
}

// internet is the public addresses that are not those of the source's own VPC.
func (w *walker) internet() set {
	vpc, _ := graph.Lookup(w.v, &w.v.VPCs, w.src.Subnet.VPC)
	key := outside{vpc, w.flow.To.Family}
	s, ok := w.e.internet[key]
	if !ok {
		own, _ := vpcRanges(w.v, w.src.Subnet.VPC, w.flow.To.Family)
		s = minus(public(w.flow.To.Family), own)
		w.e.internet[key] = s
	}
	return s
}

// outside is what a VPC sees of a family; nil is a VPC of which no range is known.
type outside struct {
	vpc    *graph.VPC
	family Family
}

// near are the addresses of the source's subnet, in the family of the flow.
func (w *walker) near() ranges { return subnetRanges(w.v, w.src.Subnet, w.flow.To.Family) }

func (w *walker) isPublic(s set) bool { return empty(minus(s, w.internet())) }

// away is the result for addresses that no node here is known to have. All groups that let none of it out have the same,
// but for the hop that names them.
func (w *walker) away(want wanted) *Result {
	hop := w.shut(want)
	if hop == nil {
		return w.result(w.toAddresses(want), want.set)
	}
	if known, ok := w.spot.shut[w.asked]; ok {
		return known.result.with(known.hop, hop)
	}
	r := w.result(w.toAddresses(want), want.set)
	if !w.met {
		w.spot.shut[w.asked] = closed{hop, r}
	}
	return r
}

// shut is where the source's groups stop all that goes to the addresses, or nil if something may get out.
func (w *walker) shut(want wanted) *Hop {
	if w.free {
		return nil
	}
	l := w.leave(want.peer(), want.set)
	if len(l.steps) != 1 || len(l.doubts) > 0 || !l.stopsAll(want.set) {
		return nil
	}
	return &l.steps[0].Hop
}

// toAddresses leaves the source's interface and subnet for addresses that no node here is known to have.
func (w *walker) toAddresses(want wanted) leg {
	l := w.sends(want.set, want.peer())
	l.then(w.beyond(want))
	return l
}

// beyond is the way to the addresses from the source's subnet on. Groups of the source have no say there, unless the
// way leads to another interface.
func (w *walker) beyond(want wanted) leg {
	if l, ok := w.spot.ways[w.asked]; ok {
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
		w.spot.ways[w.asked] = l
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
	if !family.IsTrue() {
		l.need(about, family, w.because(at(&s.Header, RoleFunction,
			"the interface has no IPv"+strconv.Itoa(int(w.flow.To.Family))+" address in subnet "+quote(s.Address)), NoAddressFamily))
	}
	if !w.free {
		l.then(w.leave(far, about))
	}
	return l
}

// leave is the leg through the groups of the source.
func (w *walker) leave(far peer, about set) leg {
	out := exit{w.src.Compute, w.flow, about}
	if far.groups == nil {
		for i := range w.team.guards { // few flows
			if w.team.guards[i].exit == out {
				return w.team.guards[i].leg
			}
		}
	}
	l := w.guard(w.team.groups, w.sender(), RoleFunction, far, about)
	if far.groups == nil {
		w.team.guards = append(w.team.guards, guarded{out, l})
	}
	return l
}

// result turns the walk into what a reader sees.
func (w *walker) result(l leg, about set) *Result {
	r := &Result{Reachable: l.settle(about), Via: l.via, Hops: make([]*Hop, 0, len(l.steps))}
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
		if slices.ContainsFunc(r.Hops, func(o *Hop) bool { return *o == h }) {
			continue
		}
		if n := len(r.Hops) - 1; n >= 0 && h.Cause != "" && r.Hops[n].Cause == "" && r.Hops[n].Address == h.Address && r.Hops[n].Role == h.Role {
			r.Hops = r.Hops[:n] // the stop says where it is, too
		}
		r.Hops = append(r.Hops, &h)
		if h.Cause != "" {
			r.Blocks = append(r.Blocks, &h)
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
