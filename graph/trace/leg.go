package trace

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// leg is a stretch of the way of a set of addresses. For each address it has one of three answers: the packet stops if
// one of the steps stops it; else it is not known if there is a doubt about it; else it passes. So legs one after
// another are joined by appending, and that is Kleene's conjunction.
type leg struct {
	steps  []step
	doubts []doubt
	via    string
}

// step is a hop and the addresses that stop there.
type step struct {
	Hop
	stops set
}

// doubt is what the answer for some addresses waits for.
type doubt struct {
	about   set
	missing []fact.Missing
}

// then goes on with the next leg.
func (l *leg) then(next leg) {
	l.steps = append(l.steps, next.steps...)
	l.doubts = append(l.doubts, next.doubts...)
	if l.via == "" {
		l.via = next.via
	}
}

func (l *leg) pass(h Hop) { l.steps = append(l.steps, step{Hop: h}) }

// stop blocks the addresses at a hop. Blocking none is no step.
func (l *leg) stop(at set, h Hop) {
	if !empty(at) {
		l.steps = append(l.steps, step{h, at})
	}
}

func (l *leg) doubt(about set, missing ...fact.Missing) {
	if !empty(about) {
		l.doubts = append(l.doubts, doubt{about, orResource(missing, "what lies on the way")})
	}
}

// inDoubt is a leg on which it is not known what happens to the addresses.
func inDoubt(about set, missing []fact.Missing) leg {
	var l leg
	l.doubt(about, missing...)
	return l
}

// need makes the addresses pass only where v is true; where it is false they stop at the hop.
func (l *leg) need(at set, v fact.Verdict, h Hop) {
	switch v.Truth {
	case fact.False:
		l.stop(at, h)
	case fact.Unknown:
		l.doubt(at, v.Missing...)
	}
}

// within forgets what the leg says about other addresses.
func (l leg) within(s set) leg {
	out := leg{via: l.via}
	for _, st := range l.steps {
		if st.stops == nil {
			out.steps = append(out.steps, st)
		} else if stops := intersect(st.stops, s); !empty(stops) {
			out.steps = append(out.steps, step{st.Hop, stops})
		}
	}
	for _, d := range l.doubts {
		out.doubt(intersect(d.about, s), d.missing...)
	}
	return out
}

// stopsAll reports a step that stops just the addresses of s.
func (l leg) stopsAll(s set) bool {
	return slices.ContainsFunc(l.steps, func(st step) bool { return st.stops == s })
}

func (l leg) stopped() set {
	all := make([]set, 0, len(l.steps))
	for _, st := range l.steps {
		all = append(all, st.stops)
	}
	return union(all...)
}

// passed are the addresses of s about which there is neither stop nor doubt.
func (l leg) passed(s set) set {
	rest := minus(s, l.stopped())
	for _, d := range l.doubts {
		rest = minus(rest, d.about)
	}
	return rest
}

// either is the leg for the addresses s when the others, too, may be the way they go: only what all ways agree on is
// definite, and the rest waits for missing. It reads like l.
func (l leg) either(s set, others []leg, missing []fact.Missing) leg {
	no, yes := intersect(l.stopped(), s), l.passed(s)
	for _, o := range others {
		no, yes = intersect(no, o.stopped()), intersect(yes, o.passed(s))
	}
	out := l.within(s)
	for i, st := range out.steps {
		if st.stops != nil {
			out.steps[i].stops = intersect(st.stops, no)
		}
	}
	out.doubt(minus(s, no, yes), missing...)
	return out
}

// settle answers for all of s at once: True when every address passes, False when none does.
func (l leg) settle(s set) fact.Verdict {
	if l.stopsAll(s) {
		return fact.No()
	}
	no := intersect(l.stopped(), s)
	open := minus(s, no)
	if empty(open) {
		return fact.No()
	}
	var missing []fact.Missing
	for _, d := range l.doubts {
		if overlap(d.about, open) {
			missing = append(missing, orResource(d.missing, "what lies on the way")...)
		}
	}
	if !empty(no) {
		missing = append(missing, fact.Missing{Kind: fact.Intent, Name: SomeAddresses})
	}
	if len(missing) == 0 {
		return fact.Yes()
	}
	return fact.Wants(fact.Unique(missing)...)
}

// SomeAddresses is the fact that a flow waits for which gets through to a part of its destination.
const SomeAddresses = "the addresses that are called, as some of them cannot be reached"

// at starts a hop at a node, with the sentence about it.
func at(h *graph.Header, role Role, format string, args ...any) Hop {
	return Hop{Address: h.Address, Span: h.Span, Role: role, Message: fmt.Sprintf(format, args...)}
}

// because marks the hop as a stop.
func (w *walker) because(h Hop, c Cause) Hop {
	h.Cause = c
	h.Key = Key{Cause: c, Class: w.flow.To.Class, Family: w.flow.To.Family, Compute: w.src.Compute, Role: h.Role}
	return h
}

// place moves the hop to another span when that is present.
func (h Hop) place(s source.Span) Hop {
	if s.IsValid() {
		h.Span = s
	}
	return h
}

func quote(address string) string { return `"` + address + `"` }
