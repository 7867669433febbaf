package calc

import (
	"errors"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// MaxCases is how many results one computation on conditional values may have.
const MaxCases = 16

// maxCondition is how many bytes the text of a condition has; a longer one is taken as one atom.
const maxCondition = 600

// Choice is a where the condition holds and otherwise b, in the simplest form.
func (r *Run) Choice(when fact.Cond, a, b cty.Value) cty.Value {
	switch {
	case when.IsAlways():
		return a
	case when.IsNever():
		return b
	case IsBool(a) && IsBool(b) && (a.IsKnown() || b.IsKnown()):
		x, xerr := r.Cond(a)
		y, yerr := r.Cond(b)
		if xerr == nil && yerr == nil {
			return r.Truth(when.And(x).Or(when.Not().And(y)))
		}
	case IsText(a) && IsText(b):
		if a.RawEquals(b) {
			return a
		}
		key := "if " + when.String() + " then " + r.Canonical(a) + " else " + r.Canonical(b)
		return r.Token(symbol.Symbol{
			Key: key, Missing: Reason(when), Choice: &symbol.Choice{When: when, Then: a.AsString(), Else: b.AsString()},
			Inputs: r.Inputs([]cty.Value{a, b}),
		})
	case r.unmarked(a, b) && a.RawEquals(b):
		return a
	}
	when = r.Brief(when)
	ty := cty.DynamicPseudoType
	if a.Type().Equals(b.Type()) && a.Type() != handleType {
		ty = a.Type()
	}
	return cty.UnknownVal(ty).Mark(Source{Missing: Reason(when), Choice: &Choice{When: when, Then: a, Else: b}})
}

// Reason is the first fact that a condition waits for.
func Reason(when fact.Cond) fact.Missing {
	if ms := (*fact.World)(nil).Holds(when).Missing; len(ms) > 0 {
		return ms[0]
	}
	return fact.Missing{Kind: fact.Intrinsic, Name: when.String()}
}

// Truth is the boolean that a condition is.
func (r *Run) Truth(c fact.Cond) cty.Value {
	switch {
	case c.IsAlways():
		return cty.True
	case c.IsNever():
		return cty.False
	}
	c = r.Brief(c)
	is := &Choice{When: c, Then: cty.True, Else: cty.False}
	return cty.UnknownVal(cty.Bool).Mark(Source{Missing: Reason(c), Choice: is})
}

// unmarked reports two values without a mark on them or in them. To look into them costs fuel.
func (r *Run) unmarked(a, b cty.Value) bool {
	return !a.IsMarked() && !b.IsMarked() && r.passed(a, b) && !a.ContainsMarked() && !b.ContainsMarked()
}

// Brief is the condition, as one atom if its text is long.
func (r *Run) Brief(c fact.Cond) fact.Cond {
	text := c.String()
	if len(text) <= maxCondition {
		return c
	}
	subject := r.Canonical(cty.StringVal(text))
	domain, why := []string{"true", "false"}, []fact.Missing{Reason(c)}
	return fact.If(&fact.Atom{Subject: subject, Literal: "true", Domain: domain, Why: why, Abridged: true})
}

// Opaque is a condition about which only its identity is known.
func Opaque(subject string, m fact.Missing) fact.Cond {
	domain := []string{"true", "false"}
	return fact.If(&fact.Atom{Subject: subject, Literal: "true", Domain: domain, Why: []fact.Missing{m}})
}

var errNotBool = errors.New("a condition must be true or false")

// Cond is the condition under which v is true.
func (r *Run) Cond(v cty.Value) (fact.Cond, error) {
	if c, ok := AsChoice(v, r.Table); ok {
		a, aerr := r.Cond(c.Then)
		b, berr := r.Cond(c.Else)
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
	if failed, f := FailureOf(v); failed {
		return fact.Cond{}, f
	}
	if v.Type() == cty.String && !HasToken(v) && v.IsKnown() {
		v = r.Convert(v, cty.Bool)
	}
	plain, _ := v.Unmark()
	switch {
	case HasToken(v), !plain.IsKnown():
		return Opaque(r.Name(v), r.FirstMissing(v)), nil
	case plain.IsNull() || plain.Type() != cty.Bool:
		return fact.Cond{}, errNotBool
	case plain.True():
		return fact.Always(), nil
	}
	return fact.Never(), nil
}

// Failed is what stands for a case in which the evaluation fails.
func Failed(err error) cty.Value { return cty.DynamicVal.Mark(failure{err}) }

// FailureOf says whether a value stands for a failure, and for which; of several always the same one.
func FailureOf(v cty.Value) (failed bool, err error) {
	for f := range cty.ValueMarksOfType[failure](v) {
		if err == nil || f.err.Error() < err.Error() {
			err = f.err
		}
	}
	return err != nil, err
}

// MayFail reports a choice with a branch that fails.
func MayFail(v cty.Value) bool {
	if ok, _ := FailureOf(v); ok {
		return true
	}
	s, _ := SourceOf(v)
	return s.Choice != nil && (MayFail(s.Choice.Then) || MayFail(s.Choice.Else))
}

// Settle leaves out the branches that fail: Terraform would not go on there.
func (r *Run) Settle(v cty.Value) (cty.Value, error) {
	if ok, err := FailureOf(v); ok {
		return cty.NilVal, err
	}
	if !MayFail(v) {
		return v, nil
	}
	s, _ := SourceOf(v)
	a, aerr := r.Settle(s.Choice.Then)
	b, berr := r.Settle(s.Choice.Else)
	switch {
	case aerr != nil:
		return b, berr
	case berr != nil:
		return a, nil
	}
	return r.Choice(s.Choice.When, a, b), nil
}

// Spread calls f for every case of the conditions that args depend on, so that f sees no choice, and gives the results
// as a choice. Equal conditions are assumed alike in all of args. A case in which f fails is a failing branch.
func (r *Run) Spread(args []cty.Value, f func([]cty.Value) (cty.Value, error)) (cty.Value, error) {
	left := MaxCases
	return r.divide(args, &left, f)
}

func (r *Run) divide(args []cty.Value, left *int, f func([]cty.Value) (cty.Value, error)) (cty.Value, error) {
	c := r.FirstChoice(args)
	if c == nil {
		for _, a := range args {
			if ok, err := FailureOf(a); ok {
				return cty.NilVal, err
			}
		}
		*left--
		return f(args)
	}
	if *left <= 1 {
		*left--
		return r.Derived(cty.DynamicPseudoType, "one of "+r.Canonical(args...), args...), nil
	}
	a, aerr := r.divide(r.Assume(args, c.When, true), left, f)
	b, berr := r.divide(r.Assume(args, c.When, false), left, f)
	switch {
	case aerr != nil && berr != nil:
		return cty.NilVal, aerr
	case aerr != nil:
		a = Failed(aerr)
	case berr != nil:
		b = Failed(berr)
	}
	return r.Choice(c.When, a, b), nil
}

// CasesWithin calls f for every case of the choices that find finds inside v, and gives the results as a choice. With
// too many cases f sees those that are left.
func (r *Run) CasesWithin(
	v cty.Value, find func(cty.Value) *Choice, f func(cty.Value) (cty.Value, error),
) (cty.Value, error) {
	left := MaxCases
	var divide func(cty.Value) (cty.Value, error)
	divide = func(v cty.Value) (cty.Value, error) {
		c := find(v)
		if c == nil || left <= 1 {
			left--
			return f(v)
		}
		a, err := divide(r.AssumeDeep(v, c.When, true))
		if err != nil {
			return a, err
		}
		b, err := divide(r.AssumeDeep(v, c.When, false))
		if err != nil {
			return b, err
		}
		return r.Choice(c.When, a, b), nil
	}
	return divide(v)
}

// FirstChoice is the first choice among the values, or nil.
func (r *Run) FirstChoice(args []cty.Value) *Choice {
	for _, a := range args {
		if c, ok := AsChoice(a, r.Table); ok {
			return c
		}
	}
	return nil
}

// Assume settles the choices among args that are keyed by the condition.
func (r *Run) Assume(args []cty.Value, when fact.Cond, holds bool) []cty.Value {
	out := make([]cty.Value, len(args))
	for i, v := range args {
		for {
			c, ok := AsChoice(v, r.Table)
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

// Case is a value and the condition under which it is the one.
type Case struct {
	When  fact.Cond
	Value cty.Value
}

// Cases takes a value apart by its conditions.
func (r *Run) Cases(v cty.Value) []Case {
	c, ok := AsChoice(v, r.Table)
	if !ok {
		return []Case{{Value: v}}
	}
	var out []Case
	for _, x := range r.Cases(c.Then) {
		out = append(out, Case{c.When.And(x.When), x.Value})
	}
	for _, x := range r.Cases(c.Else) {
		out = append(out, Case{c.When.Not().And(x.When), x.Value})
	}
	return out
}

func failedWholly(v cty.Value) bool {
	is, _ := FailureOf(v)
	return is
}

// AssumeDeep settles choices anywhere inside v.
func (r *Run) AssumeDeep(v cty.Value, when fact.Cond, holds bool) cty.Value {
	v = r.Assume([]cty.Value{v}, when, holds)[0]
	if v.IsMarked() || !v.IsKnown() || v.IsNull() || !v.CanIterateElements() || v.Type().IsSetType() {
		return v
	}
	if IsMapping(v) {
		attrs := v.AsValueMap()
		for _, name := range slices.Sorted(maps.Keys(attrs)) {
			attrs[name] = r.AssumeDeep(attrs[name], when, holds)
		}
		return cty.ObjectVal(attrs)
	}
	items := v.AsValueSlice()
	for i, x := range items {
		items[i] = r.AssumeDeep(x, when, holds)
	}
	return cty.TupleVal(items)
}

// Settled is the condition that is always or never true.
func Settled(holds bool) fact.Cond {
	if holds {
		return fact.Always()
	}
	return fact.Never()
}
