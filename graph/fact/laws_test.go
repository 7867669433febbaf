package fact_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// verdicts are the three truths, the unknown one once for each of the names.
func verdicts(names ...string) []fact.Verdict {
	out := []fact.Verdict{fact.Yes(), fact.No()}
	for _, n := range names {
		out = append(out, fact.Wants(fact.Missing{Kind: fact.Parameter, Name: n}))
	}
	return out
}

func names(ms []fact.Missing) string {
	out := make([]string, len(ms))
	for i, m := range ms {
		out[i] = m.Name
	}
	return fmt.Sprint(out)
}

func same(a, b fact.Verdict) bool { return a.Truth == b.Truth && names(a.Missing) == names(b.Missing) }

func TestKleeneLaws(t *testing.T) {
	all := verdicts("p", "q")
	for _, a := range all {
		for _, b := range all {
			laws := map[string][2]fact.Verdict{
				"and commutes":                {fact.And(a, b), fact.And(b, a)},
				"or commutes":                 {fact.Or(a, b), fact.Or(b, a)},
				"De Morgan for and":           {fact.And(a, b).Not(), fact.Or(a.Not(), b.Not())},
				"De Morgan for or":            {fact.Or(a, b).Not(), fact.And(a.Not(), b.Not())},
				"double negation":             {a.Not().Not(), a},
				"and is idempotent":           {fact.And(a, a), a},
				"or absorbs and":              {absorbed(fact.Or(a, fact.And(a, b)), a), a},
				"true is neutral for and":     {fact.And(a, fact.Yes()), a},
				"false is neutral for or":     {fact.Or(a, fact.No()), a},
				"false decides a conjunction": {fact.And(a, fact.No()), fact.No()},
				"true decides a disjunction":  {fact.Or(a, fact.Yes()), fact.Yes()},
			}
			for law, sides := range laws {
				if !same(sides[0], sides[1]) {
					t.Errorf("%s does not hold for %v and %v: %v, %v", law, a, b, sides[0], sides[1])
				}
			}
			for _, c := range all {
				if !same(fact.And(a, fact.And(b, c)), fact.And(a, b, c)) {
					t.Errorf("and does not associate for %v, %v, %v", a, b, c)
				}
			}
		}
	}
}

// absorbed keeps the truth of v and the facts of a: absorption is a law of truths, while the facts asked for may be
// more.
func absorbed(v, a fact.Verdict) fact.Verdict {
	return fact.Verdict{Truth: v.Truth, Missing: a.Missing}
}

func TestMissingFactsComeOnlyWithUnknown(t *testing.T) {
	all := verdicts("p", "q")
	for _, a := range all {
		for _, b := range all {
			for _, v := range []fact.Verdict{fact.And(a, b), fact.Or(a, b), a.Not(), fact.And(a, b).Not()} {
				if v.IsUnknown() != (len(v.Missing) > 0) {
					t.Errorf("%v and %v give %v", a, b, v)
				}
			}
		}
	}
}

func TestMoreKnowledgeNeverTurnsAnAnswerAround(t *testing.T) {
	unknown := fact.Wants(fact.Missing{Kind: fact.Parameter, Name: "p"})
	formulas := map[string]func(a, b, c fact.Verdict) fact.Verdict{
		"and":       func(a, b, c fact.Verdict) fact.Verdict { return fact.And(a, b, c) },
		"or":        func(a, b, c fact.Verdict) fact.Verdict { return fact.Or(a, b, c) },
		"and of or": func(a, b, c fact.Verdict) fact.Verdict { return fact.And(a, fact.Or(b, c.Not())) },
		"or of and": func(a, b, c fact.Verdict) fact.Verdict { return fact.Or(a.Not(), fact.And(b, c)).Not() },
	}
	values := append(verdicts(), unknown)
	for name, f := range formulas {
		for _, b := range values {
			for _, c := range values {
				before := f(unknown, b, c)
				for _, a := range verdicts() {
					if after := f(a, b, c); !before.IsUnknown() && after.Truth != before.Truth {
						t.Errorf("%s: %v becomes %v when the unknown becomes %v", name, before, after, a)
					}
				}
			}
		}
	}
}

func atom(subject, literal string, domain ...string) *fact.Atom {
	return &fact.Atom{Subject: subject, Literal: literal, Domain: domain, Why: []fact.Missing{{Kind: fact.Parameter, Name: subject}}}
}

func TestLeavesCoverEveryWorldOnce(t *testing.T) {
	a, b, c := atom("A", "true"), atom("B", "true"), atom("C", "true")
	cond := fact.If(a).And(fact.If(b).Not()).Or(fact.If(c))
	type leaf struct {
		world   *fact.World
		verdict fact.Verdict
	}
	leaves := fact.Leaves(nil, 100,
		func(w *fact.World) leaf { return leaf{w, w.Holds(cond)} },
		func(l leaf) []fact.Missing { return l.verdict.Missing })
	for bits := range 8 {
		total := (*fact.World)(nil).With(a, bits&1 > 0).With(b, bits&2 > 0).With(c, bits&4 > 0)
		var covering []leaf
		for _, l := range leaves {
			agrees := true
			for k, v := range assigned(l.world) {
				agrees = agrees && assigned(total)[k] == v
			}
			if agrees {
				covering = append(covering, l)
			}
		}
		if len(covering) != 1 {
			t.Fatalf("world %v lies in %d leaves", total, len(covering))
		}
		if got, want := covering[0].verdict.Truth, total.Holds(cond).Truth; got != want || got == fact.Unknown {
			t.Errorf("world %v: leaf says %v, want %v", total, got, want)
		}
	}
}

func TestLeavesStayWithinTheBudget(t *testing.T) {
	var conds []fact.Cond
	for i := range 10 {
		conds = append(conds, fact.If(atom(fmt.Sprint("P", i), "true")))
	}
	calls := 0
	fact.Leaves(nil, 9, func(w *fact.World) fact.Verdict {
		calls++
		return w.Holds(fact.Always().And(conds...))
	}, func(v fact.Verdict) []fact.Missing { return v.Missing })
	if calls > 9 {
		t.Errorf("%d evaluations with a budget of 9", calls)
	}
}

func TestAtomsOfOneSubject(t *testing.T) {
	dev, prod, test := atom("Env", "dev", "dev", "prod"), atom("Env", "prod", "dev", "prod"), atom("Env", "test", "dev", "prod")
	open := atom("Env", "other")
	tests := map[string]struct {
		world *fact.World
		atom  *fact.Atom
		want  fact.Truth
	}{
		"one literal excludes another":                 {(*fact.World)(nil).With(dev, true), prod, fact.False},
		"excluding all but one leaves that one":        {(*fact.World)(nil).With(dev, false), prod, fact.True},
		"an open subject stays open":                   {(*fact.World)(nil).With(open, false), atom("Env", "dev"), fact.Unknown},
		"a literal outside the domain never holds":     {nil, test, fact.False},
		"not even when all of the domain is excluded":  {(*fact.World)(nil).With(dev, false).With(prod, false), test, fact.False},
		"another subject says nothing":                 {(*fact.World)(nil).With(atom("Stage", "dev"), true), dev, fact.Unknown},
		"nothing assigned leaves the domain undecided": {nil, dev, fact.Unknown},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.world.Holds(fact.If(test.atom)); got.Truth != test.want {
				t.Errorf("got %v, want %v", got.Truth, test.want)
			}
		})
	}
}

func TestExactlyOneCaseOfAValueHolds(t *testing.T) {
	a, b := atom("A", "true"), atom("B", "true")
	known := func(s string) fact.Value[string] { return fact.Known(s, source.Span{}) }
	inner := fact.Choice(fact.If(b), known("x"), fact.Value[string]{}, source.Span{})
	v := fact.Choice(fact.If(a), inner, fact.Choice(fact.If(b), known("y"), known("z"), source.Span{}), source.Span{})
	for bits := range 4 {
		w := (*fact.World)(nil).With(a, bits&1 > 0).With(b, bits&2 > 0)
		want, set := v.Get(w)
		var held []string
		for _, c := range fact.Cases(v) {
			if w.Holds(c.When).IsTrue() {
				got, ok := c.Value.Get(nil)
				held = append(held, fmt.Sprint(got, ok.Truth))
			}
		}
		if !slices.Equal(held, []string{fmt.Sprint(want, set.Truth)}) {
			t.Errorf("world %v: cases %v hold, the value is %q", w, held, want)
		}
		filled, ok := fact.Otherwise(v, known("default")).Get(w)
		if set.IsFalse() {
			want = "default"
		}
		if filled != want || !ok.IsTrue() {
			t.Errorf("world %v: with a default got %q, want %q", w, filled, want)
		}
	}
}

func TestAListWithAGapIsNeverKnownToBeEmpty(t *testing.T) {
	a := atom("A", "true")
	var l fact.List[string]
	l.Miss(fact.If(a), fact.Missing{Kind: fact.Export, Name: "Shared"})
	for world, want := range map[*fact.World]fact.Truth{
		(*fact.World)(nil).With(a, true):  fact.Unknown,
		(*fact.World)(nil).With(a, false): fact.True,
		nil:                               fact.Unknown,
	} {
		if got := l.In(world).Empty(); got.Truth != want {
			t.Errorf("in %v: %v, want %v", world, got.Truth, want)
		}
	}
}

// assigned is what the world assigns, as "Subject=Literal" to its truth.
func assigned(w *fact.World) map[string]bool {
	out := map[string]bool{}
	for _, a := range w.Assignments() {
		out[a.Subject+"="+a.Literal] = a.Is
	}
	return out
}

// A condition that is too long to keep may hang together with any other, so no world takes it to hold or not.
func TestLeavesAssumeNothingOfAnAbridgedCondition(t *testing.T) {
	long := fact.If(&fact.Atom{Subject: "a; b; ...", Literal: "true", Domain: []string{"true", "false"}, Abridged: true})
	a := fact.If(&fact.Atom{Subject: "a", Literal: "true", Domain: []string{"true", "false"}})
	got := fact.Leaves(nil, 16, func(w *fact.World) fact.Verdict { return w.Holds(long.And(a.Not())) },
		func(v fact.Verdict) []fact.Missing { return v.Missing })
	for _, v := range got {
		if v.IsTrue() {
			t.Errorf("got %v: nobody knows that the one can hold without the other", got)
		}
	}
	if len(got) != 2 {
		t.Errorf("got %v, want one answer for each value of a", got)
	}
}
