package fact

import (
	"maps"
	"slices"
	"strings"
)

// Atom is the smallest condition: "Subject equals Literal". Two atoms of one Subject exclude each other, and Domain,
// when given, lists every value the Subject can take. Why says what would decide it.
type Atom struct {
	Subject, Literal string
	Domain           []string
	Why              []Missing
}

func (a *Atom) key() string {
	if a == nil {
		return ""
	}
	return a.Subject + "=" + a.Literal
}

// Cond is a boolean expression over atoms. The zero Cond always holds.
type Cond struct {
	op   condOp
	atom *Atom
	args []Cond
}

type condOp int8

const (
	opAlways condOp = iota
	opNever
	opAtom
	opNot
	opAnd
	opOr
)

// Always holds in every world.
func Always() Cond { return Cond{} }

// Never holds in none.
func Never() Cond { return Cond{op: opNever} }

// If holds where the atom does.
func If(a *Atom) Cond { return Cond{op: opAtom, atom: a} }

// Not holds where c does not.
func (c Cond) Not() Cond {
	switch c.op {
	case opAlways:
		return Never()
	case opNever:
		return Always()
	case opNot:
		return c.args[0]
	}
	return Cond{op: opNot, args: []Cond{c}}
}

// And holds where every one of cs does.
func (c Cond) And(cs ...Cond) Cond { return join(opAnd, opNever, opAlways, append([]Cond{c}, cs...)) }

// Or holds where one of cs does.
func (c Cond) Or(cs ...Cond) Cond { return join(opOr, opAlways, opNever, append([]Cond{c}, cs...)) }

func join(op, absorbing, neutral condOp, cs []Cond) Cond {
	var args []Cond
	for _, c := range cs {
		switch c.op {
		case absorbing:
			return Cond{op: absorbing}
		case neutral:
		case op:
			args = append(args, c.args...)
		default:
			args = append(args, c)
		}
	}
	switch len(args) {
	case 0:
		return Cond{op: neutral}
	case 1:
		return args[0]
	}
	return Cond{op: op, args: args}
}

// IsAlways reports that c depends on nothing.
func (c Cond) IsAlways() bool { return c.op == opAlways }

// IsNever reports that c holds in no world, as far as its form shows.
func (c Cond) IsNever() bool { return c.op == opNever }

// String is a stable text of the condition: equal conditions written alike have equal texts.
func (c Cond) String() string {
	switch c.op {
	case opAlways:
		return "always"
	case opNever:
		return "never"
	case opAtom:
		return c.atom.key()
	case opNot:
		return "not(" + c.args[0].String() + ")"
	}
	parts := make([]string, len(c.args))
	for i, a := range c.args {
		parts[i] = a.String()
	}
	if c.op == opAnd {
		return "and(" + strings.Join(parts, ",") + ")"
	}
	return "or(" + strings.Join(parts, ",") + ")"
}

// World is an assignment of truth to some atoms. It is immutable; the nil World assigns nothing.
type World struct{ bound map[string]binding }

type binding struct {
	atom  *Atom
	value bool
}

// With returns the world that also assigns value to a.
func (w *World) With(a *Atom, value bool) *World {
	next := &World{bound: map[string]binding{}}
	if w != nil {
		maps.Copy(next.bound, w.bound)
	}
	next.bound[a.key()] = binding{a, value}
	return next
}

// Assigned lists what the world assigns, as "Subject=Literal" to its truth.
func (w *World) Assigned() map[string]bool {
	out := map[string]bool{}
	if w != nil {
		for k, b := range w.bound {
			out[k] = b.value
		}
	}
	return out
}

// Holds evaluates c. Where atoms are unassigned and matter, the verdict is Unknown and its missing facts name them.
func (w *World) Holds(c Cond) Verdict {
	switch c.op {
	case opAlways:
		return Yes()
	case opNever:
		return No()
	case opAtom:
		return w.atom(c.atom)
	case opNot:
		return w.Holds(c.args[0]).Not()
	}
	vs := make([]Verdict, len(c.args))
	for i, a := range c.args {
		vs[i] = w.Holds(a)
	}
	if c.op == opAnd {
		return And(vs...)
	}
	return Or(vs...)
}

func (w *World) atom(a *Atom) Verdict {
	if len(a.Domain) > 0 && !slices.Contains(a.Domain, a.Literal) {
		return No()
	}
	if w != nil {
		if b, ok := w.bound[a.key()]; ok {
			return Of(b.value)
		}
		excluded := map[string]bool{}
		for _, b := range w.bound {
			switch {
			case b.atom.Subject != a.Subject:
			case b.value:
				return No()
			default:
				excluded[b.atom.Literal] = true
			}
		}
		others := slices.DeleteFunc(slices.Clone(a.Domain), func(v string) bool { return v == a.Literal || excluded[v] })
		if len(a.Domain) > 0 && len(others) == 0 {
			return Yes()
		}
	}
	missing := make([]Missing, 0, len(a.Why))
	for _, m := range a.Why {
		m.Atom = a
		missing = append(missing, m)
	}
	if len(missing) == 0 {
		missing = []Missing{{Kind: Intrinsic, Name: a.key(), Atom: a}}
	}
	return Wants(missing...)
}

// Leaves evaluates f in w and, as long as its answer waits for a condition, in both worlds that the condition divides w
// into, at most budget times in all. wants names the facts an answer waits for; none means it is definite. The result
// holds one answer for each world that was not divided further.
func Leaves[R any](w *World, budget int, f func(*World) R, wants func(R) []Missing) []R {
	l := leaves[R]{budget: budget - 1, f: f, wants: wants}
	l.visit(w)
	return l.out
}

type leaves[R any] struct {
	out    []R
	budget int
	f      func(*World) R
	wants  func(R) []Missing
}

func (l *leaves[R]) visit(w *World) {
	r := l.f(w)
	if a := firstAtom(l.wants(r)); a != nil && l.budget >= 2 {
		l.budget -= 2 // both halves are paid for here, so that the first cannot use up the second's share
		l.visit(w.With(a, true))
		l.visit(w.With(a, false))
		return
	}
	l.out = append(l.out, r)
}

func firstAtom(ms []Missing) *Atom {
	for _, m := range ms {
		if m.Atom != nil {
			return m.Atom
		}
	}
	return nil
}

// Missing lists the facts that would decide what the world assigns.
func (w *World) Missing() []Missing {
	var ms []Missing
	if w != nil {
		for _, b := range w.bound {
			ms = append(ms, b.atom.Why...)
		}
	}
	return Unique(ms)
}

// String is a stable text of the world: equal worlds have equal texts.
func (w *World) String() string {
	if w == nil {
		return ""
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(w.bound)) {
		b.WriteString(key)
		if w.bound[key].value {
			b.WriteString(" yes;")
		} else {
			b.WriteString(" no;")
		}
	}
	return b.String()
}
