package fact

import (
	"cmp"
	"slices"
	"strings"
)

// Atom is the smallest condition: "Subject equals Literal". A Subject is a parameter, a variable or an expression, as a
// person reads it. Two atoms of one Subject with different literals exclude each other.
type Atom struct {
	Subject, Literal string
	// Domain lists every value that the Subject can take. Empty: it may take any.
	Domain []string
	// Why are the facts that would decide the atom.
	Why []Missing
	// Usual is what holds unless somebody gives the Subject a value. Unknown: it has no default.
	Usual Truth
	// Abridged says that the Subject stands for a condition that is too long to keep. As that may hang together with
	// any other, no world assumes it to hold or not.
	Abridged bool
}

func (a *Atom) key() string { return a.Subject + "=" + a.Literal }

// compare orders atoms by what they say; no atom is the least.
func (a *Atom) compare(b *Atom) int {
	switch {
	case a == b:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	if subject := strings.Compare(a.Subject, b.Subject); subject != 0 {
		return subject
	}
	return strings.Compare(a.Literal, b.Literal)
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

// Equal reports that both are written alike, over atoms that say the same.
func (c Cond) Equal(d Cond) bool {
	return c.op == d.op && c.atom.compare(d.atom) == 0 && slices.EqualFunc(c.args, d.args, Cond.Equal)
}

// World is one way in which conditions may turn out: an assignment of truth to some atoms. Whatever is asked in a world
// gets the answer that holds there; what depends on an atom that the world does not assign is Unknown and waits for it.
// A World is immutable. The nil World assigns nothing.
type World struct{ bound []binding } // few

type binding struct {
	atom  *Atom
	value bool
}

// With returns the world that also assigns value to a.
func (w *World) With(a *Atom, value bool) *World {
	next := &World{bound: make([]binding, 0, len(w.all())+1)}
	for _, b := range w.all() {
		if b.atom.compare(a) != 0 {
			next.bound = append(next.bound, b)
		}
	}
	next.bound = append(next.bound, binding{a, value})
	return next
}

// all is what the world assigns.
func (w *World) all() []binding {
	if w == nil {
		return nil
	}
	return w.bound
}

// Assignment is one thing that a world assigns: whether Subject equals Literal.
type Assignment struct {
	Subject, Literal string
	Domain           []string
	Is               bool
}

// Equal compares what two worlds assign.
func (a Assignment) Equal(b Assignment) bool {
	return a.Subject == b.Subject && a.Literal == b.Literal && a.Is == b.Is
}

// Assignments lists what the world assigns, by subject and literal.
func (w *World) Assignments() (out []Assignment) {
	for _, b := range w.all() {
		out = append(out, Assignment{b.atom.Subject, b.atom.Literal, b.atom.Domain, b.value})
	}
	slices.SortFunc(out, func(a, b Assignment) int {
		return cmp.Or(strings.Compare(a.Subject, b.Subject), strings.Compare(a.Literal, b.Literal))
	})
	return out
}

// Holds evaluates c. Where atoms are unassigned and matter, the verdict is Unknown and its missing facts name them.
func (w *World) Holds(c Cond) Verdict {
	var out Verdict
	out.Truth = w.holds(c, &out.Missing)
	if len(out.Missing) > 1 && !c.isAtom() {
		out.Missing = Unique(out.Missing)
	}
	return out
}

// isAtom reports a single atom, negated or not.
func (c Cond) isAtom() bool { return c.op == opAtom || c.op == opNot && c.args[0].isAtom() }

// holds is the truth of c. It adds to missing what c waits for: nothing where it is definite.
func (w *World) holds(c Cond, missing *[]Missing) Truth {
	switch c.op {
	case opAlways:
		return True
	case opNever:
		return False
	case opAtom:
		return w.atom(c.atom, missing)
	case opNot:
		return Verdict{Truth: w.holds(c.args[0], missing)}.Not().Truth
	}
	absorbing, out := True, False
	if c.op == opAnd {
		absorbing, out = False, True
	}
	before := len(*missing)
	for i := range c.args {
		switch w.holds(c.args[i], missing) {
		case absorbing:
			*missing = (*missing)[:before]
			return absorbing
		case Unknown:
			out = Unknown
		}
	}
	return out
}

func (w *World) atom(a *Atom, missing *[]Missing) Truth {
	if len(a.Domain) > 0 && !slices.Contains(a.Domain, a.Literal) {
		return False
	}
	if v := a.among(w.all()); v != Unknown {
		return v
	}
	wants := a
	if a.Abridged {
		wants = nil
	}
	for _, m := range a.Why {
		m.Atom = wants
		*missing = append(*missing, m)
	}
	if len(a.Why) == 0 {
		*missing = append(*missing, Missing{Kind: Intrinsic, Name: a.key(), Atom: wants})
	}
	return Unknown
}

// among is what the assignments make of a.
func (a *Atom) among(bound []binding) Truth {
	for _, b := range bound {
		switch {
		case b.atom.Subject != a.Subject:
		case b.atom.Literal == a.Literal:
			return Of(b.value).Truth
		case b.value:
			return False
		}
	}
	isOpen := func(v string) bool {
		return v != a.Literal && !slices.ContainsFunc(bound, func(b binding) bool {
			return b.atom.Literal == v && b.atom.Subject == a.Subject
		})
	}
	if len(a.Domain) > 0 && !slices.ContainsFunc(a.Domain, isOpen) {
		return True
	}
	return Unknown
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

// IsUsual reports that nothing which the world assigns goes against a default.
func (w *World) IsUsual() bool {
	for _, b := range w.all() {
		if b.atom.Usual != Unknown && b.value != (b.atom.Usual == True) {
			return false
		}
	}
	return true
}

// IsSpelledOut reports that no subject of the world has a value beyond those that conditions compare it with, where
// they compare it with several: what stands beside "true" and "false" is written by nobody, as a rule.
func (w *World) IsSpelledOut() bool {
	denied, listed := map[string]int{}, map[string]bool{}
	for _, b := range w.all() {
		listed[b.atom.Subject] = listed[b.atom.Subject] || b.value || len(b.atom.Domain) > 0
		denied[b.atom.Subject]++
	}
	for subject, n := range denied {
		if n > 1 && !listed[subject] {
			return false
		}
	}
	return true
}

// Missing lists the facts that would decide what the world assigns.
func (w *World) Missing() []Missing {
	var ms []Missing
	for _, b := range w.all() {
		ms = append(ms, b.atom.Why...)
	}
	return Unique(ms)
}

// String is a stable text of the world: equal worlds have equal texts.
func (w *World) String() string {
	if w == nil {
		return ""
	}
	var b strings.Builder
	for _, a := range w.Assignments() {
		b.WriteString(a.Subject + "=" + a.Literal)
		if a.Is {
			b.WriteString(" yes;")
		} else {
			b.WriteString(" no;")
		}
	}
	return b.String()
}
