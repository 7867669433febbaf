package trace

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// crossing is the boundary of one subnet, at which its network ACL looks at a flow and at the answers to it.
type crossing struct {
	subnet *graph.Subnet
	role   Role
	// outward is set when the flow leaves the subnet and the answers come in.
	outward bool
	// answers are the ports at which the flow's sender waits.
	answers ports
}

// acls checks a crossing against the far side's addresses, which are the destinations that the leg speaks of.
func (w *walker) acls(c crossing, about set) leg {
	var l leg
	acl, known := w.v.ACL(c.subnet)
	if acl == nil {
		l.doubt(about, orResource(known.Missing, "network ACL of "+c.subnet.Address)...)
		return l
	}
	there := w.e.filter(acl, packet{c.outward, w.flow.Protocol, w.flow.Port}, about)
	if !empty(there.deny) {
		l.stop(there.deny, w.denies(acl, c, ACLEgress))
	}
	l.doubts = append(l.doubts, there.doubts...)
	back, lost := w.e.returning(acl, packet{!c.outward, w.flow.Protocol, 0}, c.answers, about)
	if !empty(back.deny) {
		l.stop(back.deny, w.denies(acl, c, ACLReturn))
	}
	l.doubts = append(l.doubts, back.doubts...)
	if w.e.detailed && len(l.steps)+len(l.doubts) == 0 && lost == 0 {
		direction := map[bool]string{true: "out of", false: "into"}[c.outward]
		l.pass(at(&acl.Header, c.role, "network ACL %s lets %s %d %s subnet %s, and the answers back",
			quote(acl.Address), protocolName(w.flow.Protocol), w.flow.Port, direction, quote(c.subnet.Address)))
	}
	if lost > 0 && empty(back.deny) {
		h := at(&acl.Header, c.role, "network ACL %s of subnet %s drops answers to %d of the ports from %d to %d",
			quote(acl.Address), quote(c.subnet.Address), lost, c.answers.from, c.answers.to)
		h.Lost = lost
		l.pass(h)
	}
	if !known.IsTrue() { // another ACL may let more through
		return l.either(about, []leg{{}}, known.Missing)
	}
	return l
}

// aclsFor checks a crossing against near, the addresses on the side of the flow's sender. What it answers holds for
// every destination in about alike.
func (w *walker) aclsFor(c crossing, near ranges, about set) leg {
	return spread(w.acls(c, near.set), near, about)
}

// spread turns a leg about other addresses, those of in, into one that holds for all of about alike.
func spread(l leg, in ranges, about set) leg {
	v := l.settle(in.set)
	out := leg{via: l.via}
	for _, st := range l.steps {
		switch {
		case st.stops == nil:
			out.steps = append(out.steps, st)
		case v.IsFalse():
			out.stop(about, st.Hop)
		}
	}
	if v.IsUnknown() {
		out.doubt(about, fact.Unique(append(in.missing, v.Missing...))...)
	}
	return out
}

func (w *walker) denies(acl *graph.NetworkACL, c crossing, cause Cause) Hop {
	what := fmt.Sprintf("%s %d", protocolName(w.flow.Protocol), w.flow.Port)
	direction := map[bool]string{true: "out of", false: "into"}[c.outward == (cause == ACLEgress)]
	if cause == ACLReturn {
		what = fmt.Sprintf("answers to ports %d to %d", c.answers.from, c.answers.to)
	}
	h := at(
		&acl.Header, c.role, "network ACL %s lets no %s %s subnet %s", quote(acl.Address), what, direction,
		quote(c.subnet.Address),
	)
	return w.because(h, cause)
}

func protocolName(p int) string {
	switch p {
	case 1:
		return "ICMP"
	case 6:
		return "TCP"
	case 17:
		return "UDP"
	}
	return fmt.Sprintf("protocol %d, port", p)
}
