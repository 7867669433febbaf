package eval

import (
	"errors"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

const (
	maxCases     = 16  // results that one computation on conditional values may have
	maxCondition = 600 // bytes of the text of a condition; a longer one is taken as one atom
)

// choice is a where the condition holds and otherwise b, in the simplest form.
func (r *run) choice(when fact.Cond, a, b cty.Value) cty.Value {
	switch {
	case when.IsAlways():
		return a
	case when.IsNever():
		return b
	case isBool(a) && isBool(b) && (a.IsKnown() || b.IsKnown()):
		x, xerr := r.cond(a)
		y, yerr := r.cond(b)
		if xerr == nil && yerr == nil {
			return r.truth(when.And(x).Or(when.Not().And(y)))
		}
	case isText(a) && isText(b):
		if a.RawEquals(b) {
			return a
		}
		key := "if " + when.String() + " then " + r.canonical(a) + " else " + r.canonical(b)
		return r.token(symbol.Symbol{
			Key: key, Missing: reason(when), Choice: &symbol.Choice{When: when, Then: a.AsString(), Else: b.AsString()},
			Inputs: r.inputs([]cty.Value{a, b}),
		})
	case r.unmarked(a, b) && a.RawEquals(b):
		return a
	}
	when = r.brief(when)
	ty := cty.DynamicPseudoType
	if a.Type().Equals(b.Type()) && a.Type() != handleType {
		ty = a.Type()
	}
	return cty.UnknownVal(ty).Mark(Source{Missing: reason(when), Choice: &Choice{When: when, Then: a, Else: b}})
}

// reason is the first fact that a condition waits for.
func reason(when fact.Cond) fact.Missing {
	if ms := (*fact.World)(nil).Holds(when).Missing; len(ms) > 0 {
		return ms[0]
	}
	return fact.Missing{Kind: fact.Intrinsic, Name: when.String()}
}

func isBool(v cty.Value) bool { return v.Type() == cty.Bool && !isNull(v) }

// truth is the boolean that a condition is.
func (r *run) truth(c fact.Cond) cty.Value {
	switch {
	case c.IsAlways():
		return cty.True
	case c.IsNever():
		return cty.False
	}
	c = r.brief(c)
	is := &Choice{When: c, Then: cty.True, Else: cty.False}
	return cty.UnknownVal(cty.Bool).Mark(Source{Missing: reason(c), Choice: is})
}

// unmarked reports two values without a mark on them or in them. To look into them costs fuel.
func (r *run) unmarked(a, b cty.Value) bool {
	return !a.IsMarked() && !b.IsMarked() && r.passed(a, b) && !a.ContainsMarked() && !b.ContainsMarked()
}

// brief is the condition, as one atom if its text is long.
func (r *run) brief(c fact.Cond) fact.Cond {
	text := c.String()
	if len(text) <= maxCondition {
		return c
	}
	subject := r.canonical(cty.StringVal(text))
	domain, why := []string{"true", "false"}, []fact.Missing{reason(c)}
	return fact.If(&fact.Atom{Subject: subject, Literal: "true", Domain: domain, Why: why, Abridged: true})
}

// opaque is a condition about which only its identity is known.
func opaque(subject string, m fact.Missing) fact.Cond {
	domain := []string{"true", "false"}
	return fact.If(&fact.Atom{Subject: subject, Literal: "true", Domain: domain, Why: []fact.Missing{m}})
}

var errNotBool = errors.New("a condition must be true or false")

// cond is the condition under which v is true.
func (r *run) cond(v cty.Value) (fact.Cond, error) {
	if c, ok := AsChoice(v, r.table); ok {
		a, aerr := r.cond(c.Then)
		b, berr := r.cond(c.Else)
		switch {
		case aerr != nil && berr != nil:
			return fact.Cond{}, aerr
		case aerr != nil:
			return b, nil // the case that fails does not occur
		case berr != nil:
			return a, nil
		}
		return c.When.And(a).Or(c.When.Not().And(b)), nil
	}
	if failed, f := failureOf(v); failed {
		return fact.Cond{}, f
	}
	if v.Type() == cty.String && !hasToken(v) && v.IsKnown() {
		v = r.convert(v, cty.Bool)
	}
	plain, _ := v.Unmark()
	switch {
	case hasToken(v), !plain.IsKnown():
		return opaque(r.name(v), r.firstMissing(v)), nil
	case plain.IsNull() || plain.Type() != cty.Bool:
		return fact.Cond{}, errNotBool
	case plain.True():
		return fact.Always(), nil
	}
	return fact.Never(), nil
}

func (r *run) firstMissing(vs ...cty.Value) fact.Missing {
	if ms := r.missing(vs...); len(ms) > 0 {
		return ms[0]
	}
	return fact.Missing{Kind: fact.Intrinsic, Name: r.canonical(vs...)}
}

func failed(err error) cty.Value { return cty.DynamicVal.Mark(failure{err}) }

func failureOf(v cty.Value) (failed bool, err error) {
	for f := range cty.ValueMarksOfType[failure](v) {
		if err == nil || f.err.Error() < err.Error() {
			err = f.err
		}
	}
	return err != nil, err
}

// mayFail reports a choice with a branch that fails.
func mayFail(v cty.Value) bool {
	if ok, _ := failureOf(v); ok {
		return true
	}
	s, _ := SourceOf(v)
	return s.Choice != nil && (mayFail(s.Choice.Then) || mayFail(s.Choice.Else))
}

// settle leaves out the branches that fail: Terraform would not go on there.
func (r *run) settle(v cty.Value) (cty.Value, error) {
	if ok, err := failureOf(v); ok {
		return cty.NilVal, err
	}
	if !mayFail(v) {
		return v, nil
	}
	s, _ := SourceOf(v)
	a, aerr := r.settle(s.Choice.Then)
	b, berr := r.settle(s.Choice.Else)
	switch {
	case aerr != nil:
		return b, berr
	case berr != nil:
		return a, nil
	}
	return r.choice(s.Choice.When, a, b), nil
}

// spread calls f for every case of the conditions that args depend on, so that f sees no choice, and gives the results
// as a choice. Equal conditions are assumed alike in all of args. A case in which f fails is a failing branch.
func (r *run) spread(args []cty.Value, f func([]cty.Value) (cty.Value, error)) (cty.Value, error) {
	left := maxCases
	return r.divide(args, &left, f)
}

func (r *run) divide(args []cty.Value, left *int, f func([]cty.Value) (cty.Value, error)) (cty.Value, error) {
	c := r.firstChoice(args)
	if c == nil {
		for _, a := range args {
			if ok, err := failureOf(a); ok {
				return cty.NilVal, err
			}
		}
		*left--
		return f(args)
	}
	if *left <= 1 {
		*left--
		return r.derived(cty.DynamicPseudoType, "one of "+r.canonical(args...), args...), nil
	}
	a, aerr := r.divide(r.assume(args, c.When, true), left, f)
	b, berr := r.divide(r.assume(args, c.When, false), left, f)
	switch {
	case aerr != nil && berr != nil:
		return cty.NilVal, aerr
	case aerr != nil:
		a = failed(aerr)
	case berr != nil:
		b = failed(berr)
	}
	return r.choice(c.When, a, b), nil
}

// casesWithin calls f for every case of the choices that find finds inside v, and gives the results as a choice. With too
// many cases f sees those that are left.
func (s *scope) casesWithin(
	v cty.Value, find func(cty.Value) *Choice, f func(cty.Value) (cty.Value, error),
) (cty.Value, error) {
	left := maxCases
	var divide func(cty.Value) (cty.Value, error)
	divide = func(v cty.Value) (cty.Value, error) {
		c := find(v)
		if c == nil || left <= 1 {
			left--
			return f(v)
		}
		a, err := divide(s.assumeDeep(v, c.When, true))
		if err != nil {
			return a, err
		}
		b, err := divide(s.assumeDeep(v, c.When, false))
		if err != nil {
			return b, err
		}
		return s.choice(c.When, a, b), nil
	}
	return divide(v)
}

func (r *run) firstChoice(args []cty.Value) *Choice {
	for _, a := range args {
		if c, ok := AsChoice(a, r.table); ok {
			return c
		}
	}
	return nil
}

// assume settles the choices among args that are keyed by the condition.
func (r *run) assume(args []cty.Value, when fact.Cond, holds bool) []cty.Value {
	out := make([]cty.Value, len(args))
	for i, v := range args {
		for {
			c, ok := AsChoice(v, r.table)
			if !ok || !c.When.Equal(when) {
				break
			}
			if v = c.Else; holds {
				v = c.Then
			}
		}
		out[i] = v
	}
	return out
}

// oneCase is a value and the condition under which it is the one.
type oneCase struct {
	when  fact.Cond
	value cty.Value
}

// cases takes a value apart by its conditions.
func (r *run) cases(v cty.Value) []oneCase {
	c, ok := AsChoice(v, r.table)
	if !ok {
		return []oneCase{{value: v}}
	}
	var out []oneCase
	for _, x := range r.cases(c.Then) {
		out = append(out, oneCase{c.When.And(x.when), x.value})
	}
	for _, x := range r.cases(c.Else) {
		out = append(out, oneCase{c.When.Not().And(x.when), x.value})
	}
	return out
}
