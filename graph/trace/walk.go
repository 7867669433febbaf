package trace

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// walker is one trace under way.
type walker struct {
	e   *Engine
	v   *graph.View
	src Source
	// groups are those of the source's interface.
	groups groups
	// flow has no defaults left.
	flow Flow
	// want is where the flow goes to, unless that is a node of the deployment; out is what the source's groups do to
	// it.
	want wanted
	out  leg
	// met says that the way led to an interface whose own groups look at senders.
	met bool
}

// members are the groups of the source as another interface's groups see them.
func (w *walker) members() groups {
	w.met = true
	return w.groups
}

// wanted is where the flow goes to, if not to a node of the deployment.
func (w *walker) wanted() wanted {
	switch w.flow.To.Class {
	case ClassNode:
		return wanted{}
	case ClassService:
		return wanted{set: w.internet(), service: w.flow.To.Service, public: true}
	case ClassAddress:
		about := prefixes(w.flow.To.Prefix.Masked())
		return wanted{set: about, public: w.isPublic(about)}
	}
	return wanted{set: w.internet(), public: true, internet: true}
}

// walk goes by each way that the packet may take and reports what they agree on.
func (w *walker) walk() *Result {
	switch w.flow.To.Class {
	case ClassNode:
		about := universe(w.flow.To.Family)
		return w.result(w.toNode(about), about)
	case ClassService:
		return w.result(w.toService(), w.want.set)
	}
	return w.result(w.toAddresses(), w.want.set)
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

// outside is what a VPC sees of a family. A nil VPC is one from elsewhere, whose ranges are not known.
type outside struct {
	vpc    *graph.VPC
	family Family
}

// near are the addresses of the source's subnet, in the family of the flow.
func (w *walker) near() ranges { return subnetRanges(w.v, w.src.Subnet, w.flow.To.Family) }

func (w *walker) isPublic(s set) bool { return empty(minus(s, w.internet())) }

// toAddresses leaves the source's interface and subnet for addresses that no node here is known to have.
func (w *walker) toAddresses() leg {
	l := w.interfaceFor(w.want.set)
	l.then(w.out)
	l.then(w.beyond())
	return l
}

// beyond is the way to the addresses from the source's subnet on. Groups of the source have no say there, unless the
// way leads to another interface.
func (w *walker) beyond() leg {
	q := w.key()
	if l, ok := w.e.ways[q]; ok {
		return l
	}
	var l leg
	outside := w.want.set
	if home := w.near(); len(home.missing) == 0 {
		outside = minus(outside, home.set) // an ACL does not look at what stays in its subnet
	}
	if !empty(outside) {
		l.then(w.acls(crossing{w.src.Subnet, RoleSubnet, true, w.answers()}, outside))
	}
	l.then(w.forward(w.start(), w.want, anywhere))
	if !w.met {
		w.e.ways[q] = l
	}
	return l
}

// usual is the number of steps for which a way has room from the start.
const usual = 6

// interfaceFor is the source's interface: its subnet, and its address of the flow's family.
func (w *walker) interfaceFor(about set) leg {
	l := leg{steps: make([]step, 0, usual)}
	s := w.src.Subnet
	l.pass(at(&s.Header, RoleSubnet, "%s", w.inSubnet(s)))
	family := w.src.IPv6
	if w.flow.To.Family == 4 {
		family = fact.IsOn(s.IPv6Native, w.v.World).Not()
	}
	if !family.IsTrue() {
		l.need(about, family, w.because(at(&s.Header, RoleFunction,
			"the interface has no IPv%d address in subnet %s", w.flow.To.Family, quote(s.Address)), NoAddressFamily))
	}
	return l
}

// letOut is the leg through the source's groups.
func (w *walker) letOut(far peer, about set) leg {
	if w.groups.free {
		return leg{}
	}
	return w.guard(w.groups, w.sender(), RoleFunction, far, about)
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
		if n := len(r.Hops) - 1; n >= 0 && h.Cause != "" && r.Hops[n].Cause == "" && r.Hops[n].Address == h.Address &&
			r.Hops[n].Role == h.Role {
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
	switch w.src.Compute {
	case EC2:
		return "the managed instance"
	case Poller:
		return "the poller"
	case Proxy:
		return "the proxy"
	case Balancer:
		return "the load balancer"
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
