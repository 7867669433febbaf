package eval

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// condition is a named condition.
type condition struct {
	node *tree.Node
	span source.Span
}

// settledCondition is an evaluated one; size counts the atoms of its expression, repeats included.
type settledCondition struct {
	cond fact.Cond
	size int
}

// maxAtoms bounds the size of one condition. Without it, a chain of conditions in which each uses the next one twice
// would double at every step.
const maxAtoms = 200

// Condition is the condition of that name; "" always holds. A condition that is defined elsewhere, refers to itself or
// is too large is one atom: it may hold or not.
func (e *Evaluator) Condition(name string) fact.Cond {
	c, _ := e.conditionNamed(name, source.Span{})
	return c
}

func (e *Evaluator) conditionNamed(name string, span source.Span) (fact.Cond, int) {
	if name == "" {
		return fact.Always(), 0
	}
	c, defined := e.conditions[name]
	key := "Condition " + e.Address(name)
	if !defined {
		return opaque(key, fact.Missing{Kind: fact.Resource, Name: key, Span: span})
	}
	if done, ok := e.settled[name]; ok {
		return done.cond, done.size
	}
	if e.active[key] {
		e.say(c.span, "condition %q refers to itself", name)
		return opaque(key, fact.Missing{Kind: fact.Intrinsic, Name: key, Span: c.span})
	}
	e.active[key] = true
	cond, size := e.cond(c.node)
	delete(e.active, key)
	e.settled[name] = settledCondition{cond, size}
	return cond, size
}

// opaque is a condition about which nothing is known.
func opaque(subject string, m fact.Missing) (fact.Cond, int) {
	domain := []string{"true", "false"}
	return fact.If(&fact.Atom{Subject: subject, Literal: "true", Domain: domain, Why: []fact.Missing{m}}), 1
}

// cond evaluates a condition function and counts its atoms.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
func (e *Evaluator) cond(n *tree.Node) (fact.Cond, int) {
	name, arg, ok := n.Intrinsic()
	switch {
	case n.Kind == tree.Scalar && (isTrue(n.Text) || strings.EqualFold(n.Text, "false")):
		return settled(isTrue(n.Text))
	case !ok:
		return e.oddCondition(n, "this")
	case name == "Condition" && arg.Kind == tree.Mapping:
		return e.cond(arg)
	case name == "Condition" && arg.Kind == tree.Scalar:
		return e.conditionNamed(arg.Text, n.Span)
	case arg.Kind != tree.Sequence || len(arg.Items) == 0:
	case name == "Fn::Equals" && len(arg.Items) == 2:
		return e.equals(e.Eval(arg.Items[0]), e.Eval(arg.Items[1]))
	case name == "Fn::Not" && len(arg.Items) == 1:
		c, size := e.cond(arg.Items[0])
		return c.Not(), size
	case name == "Fn::And":
		return e.several(arg.Items, fact.Cond.And)
	case name == "Fn::Or":
		return e.several(arg.Items, fact.Cond.Or)
	}
	return e.oddCondition(n, name)
}

func (e *Evaluator) oddCondition(n *tree.Node, what string) (fact.Cond, int) {
	e.say(n.Span, "%s is no condition that can be evaluated", what)
	missing := fact.Missing{Kind: fact.Intrinsic, Name: what, Span: n.Span}
	return opaque(e.key("Condition", []Value{unknown(n.Span)}), missing)
}

func (e *Evaluator) several(ns []*tree.Node, join func(fact.Cond, ...fact.Cond) fact.Cond) (fact.Cond, int) {
	first, size := e.cond(ns[0])
	rest := make([]fact.Cond, 0, len(ns)-1)
	for _, n := range ns[1:] {
		c, more := e.cond(n)
		if size += more; size > maxAtoms {
			e.say(n.Span, "this condition is too large: it is taken as one that may hold or not")
			missing := fact.Missing{Kind: fact.Intrinsic, Name: "condition", Span: n.Span}
			return opaque(e.key("Condition", []Value{unknown(n.Span)}), missing)
		}
		rest = append(rest, c)
	}
	return join(first, rest...), size
}

// equals compares two values. If the result depends on a symbol, it is an atom about that symbol. So comparisons of one
// symbol with different texts exclude each other.
func (e *Evaluator) equals(a, b Value) (fact.Cond, int) {
	left := maxCases
	if c, size := e.equalCases(a, b, &left); left >= 0 && size <= maxAtoms {
		return c, size
	}
	return e.undecided(a, b)
}

// equalCases compares in every case of the conditions that the values depend on; left counts the cases down.
func (e *Evaluator) equalCases(a, b Value, left *int) (fact.Cond, int) {
	c := firstChoice([]Value{a, b})
	if c == nil || *left < 0 {
		*left--
		return e.compareAll(a, b)
	}
	yes, n := e.equalCases(assume(a, c.When, true), assume(b, c.When, true), left)
	no, m := e.equalCases(assume(a, c.When, false), assume(b, c.When, false), left)
	return c.When.And(yes).Or(c.When.Not().And(no)), n + m + 2*atoms(c.When)
}

func (e *Evaluator) compareAll(a, b Value) (fact.Cond, int) {
	a, b = e.reveal(a), e.reveal(b)
	x, xok := e.literal(a)
	y, yok := e.literal(b)
	switch {
	case xok && yok:
		return settled(x == y)
	case xok && b.Kind == Text:
		return e.compare(b, x)
	case yok && a.Kind == Text:
		return e.compare(a, y)
	case a.Kind == Absent && b.Kind == Absent:
		return settled(true)
	}
	return e.undecided(a, b)
}

// compare says whether a text with symbols equals literal.
func (e *Evaluator) compare(v Value, literal string) (fact.Cond, int) {
	text := e.table.Text(v.Text)
	atom := &fact.Atom{Subject: text.String(), Literal: literal, Why: e.asked(text)}
	if s, ok := e.table.Only(v.Text); ok {
		atom.Subject, atom.Domain = s.Key, s.Domain
		if s.Address != "" && literal == "" {
			return settled(false) // a resource has an identity
		}
		if s.Unset == "empty" {
			atom.Usual = fact.Of(literal == "").Truth
		}
	}
	if fact.Same(text, fact.Lit(literal)).IsFalse() || len(atom.Domain) > 0 && !slices.Contains(atom.Domain, literal) {
		return settled(false)
	}
	return fact.If(atom), 1
}

func (e *Evaluator) undecided(a, b Value) (fact.Cond, int) {
	if a.Kind == Text && b.Kind == Text {
		if same := fact.Same(e.table.Text(a.Text), e.table.Text(b.Text)); !same.IsUnknown() {
			return settled(same.IsTrue())
		}
	}
	x, y := e.canonical(a), e.canonical(b)
	if x == y && a.Kind == b.Kind {
		return settled(true)
	}
	missing := append(e.missing(a), e.missing(b)...)
	if len(missing) == 0 {
		return settled(false)
	}
	return opaque(min(x, y)+" equals "+max(x, y), e.firstMissing([]Value{a, b}, "Fn::Equals", a.Span))
}

// asked are the facts that would decide a comparison with the text. A secret that nobody has given is a parameter here:
// its value is compared, if not used for anything else.
func (e *Evaluator) asked(text fact.Text) []fact.Missing {
	out := text.Missing()
	for i := range out {
		if _, given := e.secrets[out[i].Name]; out[i].Kind == fact.Secret && !given {
			out[i].Kind = fact.Parameter
		}
	}
	return out
}

// reveal gives the known value of a parameter that must not be shown, for comparison only.
func (e *Evaluator) reveal(v Value) Value {
	if s, ok := e.table.Only(v.Text); ok && v.Kind == Text {
		if secret, known := e.secrets[s.Key]; known {
			v.Text = secret
		}
	}
	return v
}

func settled(holds bool) (fact.Cond, int) {
	if holds {
		return fact.Always(), 0
	}
	return fact.Never(), 0
}

// atoms is an upper bound of the atoms in c.
func atoms(c fact.Cond) int { return 1 + len(c.String())/8 }

// ifElse evaluates Fn::If. A settled condition leaves only its branch.
func (e *Evaluator) ifElse(arg, n *tree.Node) Value {
	if arg.Kind != tree.Sequence || len(arg.Items) != 3 {
		return e.malformed("Fn::If", n)
	}
	var when fact.Cond
	if c := arg.Items[0]; c.Kind == tree.Scalar {
		when, _ = e.conditionNamed(c.Text, c.Span)
	} else {
		when, _ = e.cond(c)
	}
	switch {
	case when.IsAlways():
		return e.Eval(arg.Items[1])
	case when.Not().IsAlways():
		return e.Eval(arg.Items[2])
	}
	return choice(when, e.Eval(arg.Items[1]), e.Eval(arg.Items[2]), n.Span)
}
