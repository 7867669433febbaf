package policy

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// anyHere says whether some element of the list in w satisfies f, which is also told whether the element is there; f
// is not asked about an element that certainly is not. An element that may be absent, or a gap, leaves the answer open
// only where it could matter.
func anyHere[T any](w *fact.World, l fact.List[T], f func(v *T, here fact.Verdict) fact.Verdict) fact.Verdict {
	vs := make([]fact.Verdict, 0, len(l.Items)+len(l.Open))
	for i := range l.Items {
		it := &l.Items[i]
		if here := w.Holds(it.When); !here.IsFalse() {
			vs = append(vs, fact.And(here, f(&it.Value, here)))
		}
	}
	for _, gap := range l.Open {
		vs = append(vs, fact.And(w.Holds(gap.When), fact.Wants(gap.Missing...)))
	}
	return fact.Or(vs...)
}

func anyOf[T any](w *fact.World, l fact.List[T], f func(T) fact.Verdict) fact.Verdict {
	return anyHere(w, l, func(v *T, _ fact.Verdict) fact.Verdict { return f(*v) })
}

// seen is the list without its gaps.
func seen[T any](l fact.List[T]) fact.List[T] {
	l.Open = nil
	return l
}

// Effects are the two effects of a statement.
const (
	Allow = "Allow"
	Deny  = "Deny"
)

// Has says whether the statement has the effect. IAM takes it in capitals too, which its grammar does not have; a
// policy with "allow" it refuses as malformed.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func (s *Statement) Has(w *fact.World, effect string) fact.Verdict {
	text, ok := s.Effect.Get(w)
	if !ok.IsTrue() {
		return ok
	}
	return fact.Or(fact.Same(text, fact.Lit(effect)), fact.Same(text, fact.Lit(strings.ToUpper(effect))))
}

// Names says whether Action or NotAction makes the statement speak about the action, such as "ec2:DescribeSubnets".
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
func (s *Statement) Names(w *fact.World, action string) fact.Verdict {
	named := func(pattern fact.Text) fact.Verdict {
		if name, whole := pattern.Literal(); whole && !strings.ContainsAny(name, "*?$") {
			return fact.Of(strings.EqualFold(name, action))
		}
		return matches(lower(pattern), subjectOf(fact.Lit(strings.ToLower(action))), nil)
	}
	if s.NotActions.IsSet {
		return anyOf(w, s.NotActions, named).Not()
	}
	return anyOf(w, s.Actions, named)
}

func lower(t fact.Text) fact.Text {
	out := slices.Clone(t)
	for i := range out {
		out[i].Literal = strings.ToLower(out[i].Literal)
	}
	return out
}

// reaches says whether an Allow statement reaches the scope.
func (s *Statement) reaches(w *fact.World, on Scope, service string) fact.Verdict {
	if s.NotResources.IsSet {
		return anyOf(w, s.NotResources, func(t fact.Text) fact.Verdict { return on.excluded(t, service) }).Not()
	}
	return anyOf(w, s.Resources, func(t fact.Text) fact.Verdict { return on.granted(t, service) })
}

// bars says whether a Deny statement bars requests to the service, whatever is asked for.
func (s *Statement) bars(w *fact.World, _ Scope, service string) fact.Verdict {
	named := func(t fact.Text) fact.Verdict { return denied(t, service) }
	if s.NotResources.IsSet {
		return anyOf(w, s.NotResources, named).Not()
	}
	return anyOf(w, s.Resources, named)
}

// unconditional says whether the statement has no condition; one that has some waits for them, as only the request
// decides.
func (s *Statement) unconditional(w *fact.World) fact.Verdict {
	return anyOf(w, s.Conditions, func(c Condition) fact.Verdict { return fact.Wants(c.missing()) }).Not()
}

// metByLambda says whether the conditions hold when the Lambda service itself calls, not the function's code: a
// condition on lambda:SourceFunctionArn does not, for the key is absent then. Others are Unknown.
// https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
func (s *Statement) metByLambda(w *fact.World) fact.Verdict {
	return anyOf(w, s.Conditions, func(c Condition) fact.Verdict {
		if c.onFunctionCode(w) {
			return fact.Yes()
		}
		return fact.Wants(c.missing())
	}).Not()
}

// HoldsWithout says whether the condition is met by a request that does not have the key. Values that are not known
// leave it open.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func (c Condition) HoldsWithout(w *fact.World) fact.Verdict {
	operator := strings.ToLower(c.Operator)
	switch {
	case operator == "null":
		return c.Values.In(w).Any(func(t fact.Text) fact.Verdict { return fact.Same(t, fact.Lit("true")) })
	case strings.HasPrefix(operator, "foranyvalue:"):
		return fact.No()
	}
	return fact.Of(strings.HasPrefix(operator, "forallvalues:") || strings.HasSuffix(operator, "ifexists") ||
		strings.Contains(operator, "not"))
}

// onFunctionCode reports a condition that only a call by a function's own code can meet.
func (c Condition) onFunctionCode(w *fact.World) bool {
	return strings.EqualFold(c.Key, "lambda:SourceFunctionArn") && c.HoldsWithout(w).IsFalse()
}

func (c Condition) missing() fact.Missing {
	name := "whether the request meets " + c.Operator + " " + c.Key
	return fact.Missing{Kind: fact.Semantics, Name: name, Span: c.Span}
}
