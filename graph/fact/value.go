package fact

import "github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"

// Value is a property: unset, known, computed (set, its content known only later), unknown (perhaps not even set), or a
// choice between two values keyed by a condition. The zero Value is unset.
type Value[T any] struct {
	Span    source.Span
	state   state
	known   T
	missing []Missing
	choice  *choice[T]
}

type state int8

const (
	unset state = iota
	known
	computed
	unknown
	chosen
)

type choice[T any] struct {
	when            Cond
	then, otherwise Value[T]
}

// Known is a value that the files state.
func Known[T any](v T, span source.Span) Value[T] {
	return Value[T]{Span: span, state: known, known: v}
}

// Computed is certainly set, but its content is known only after deployment.
func Computed[T any](span source.Span, m ...Missing) Value[T] {
	return Value[T]{Span: span, state: computed, missing: m}
}

// NotKnown may be set or not.
func NotKnown[T any](span source.Span, m ...Missing) Value[T] {
	return Value[T]{Span: span, state: unknown, missing: m}
}

// Choice is then where the condition holds and otherwise else.
func Choice[T any](when Cond, then, otherwise Value[T], span source.Span) Value[T] {
	switch when.op {
	case opAlways:
		return then
	case opNever:
		return otherwise
	}
	return Value[T]{Span: span, state: chosen, choice: &choice[T]{when, then, otherwise}}
}

// In settles choices in the world w. An undecided choice of two values becomes NotKnown and waits for the condition.
func (v Value[T]) In(w *World) Value[T] {
	for v.state == chosen {
		switch h := w.Holds(v.choice.when); h.Truth {
		case True:
			v = v.choice.then
		case False:
			v = v.choice.otherwise
		default:
			return NotKnown[T](v.Span, h.Missing...)
		}
	}
	return v
}

// Get returns the content in w. ok is Unknown when facts are missing and False when the property is unset.
func (v Value[T]) Get(w *World) (content T, ok Verdict) {
	v = v.In(w)
	switch v.state {
	case known:
		return v.known, Yes()
	case unset:
		return content, No()
	}
	return content, Wants(v.missing...)
}

// Or returns the content in w, or the default that AWS uses where the property is unset; ok is never False.
func (v Value[T]) Or(w *World, byDefault T) (content T, ok Verdict) {
	content, ok = v.Get(w)
	if ok.IsFalse() {
		return byDefault, Yes()
	}
	return content, ok
}

// IsSet says whether the property has a value at all in w, known or not.
func (v Value[T]) IsSet(w *World) Verdict {
	v = v.In(w)
	switch v.state {
	case known, computed:
		return Yes()
	case unset:
		return No()
	}
	return Wants(v.missing...)
}

// IsUnset reports, without any world, that the property is certainly absent.
func (v Value[T]) IsUnset() bool { return v.state == unset }

// Map applies f to what is known and keeps the rest as it is.
func Map[T, U any](v Value[T], f func(T, source.Span) Value[U]) Value[U] {
	switch v.state {
	case known:
		return f(v.known, v.Span)
	case computed:
		return Computed[U](v.Span, v.missing...)
	case unknown:
		return NotKnown[U](v.Span, v.missing...)
	case chosen:
		return Choice(v.choice.when, Map(v.choice.then, f), Map(v.choice.otherwise, f), v.Span)
	}
	return Value[U]{Span: v.Span}
}

// Is says whether the value holds in w and satisfies f; an unset value does not.
func (v Value[T]) Is(w *World, f func(T) bool) Verdict {
	content, ok := v.Get(w)
	if ok.IsTrue() {
		return Of(f(content))
	}
	return ok
}

// Case is one alternative of a value, taken where When holds. Its Value is no choice.
type Case[T any] struct {
	When  Cond
	Value Value[T]
}

// IsOn says whether the setting is true; one that is not set is not.
func IsOn(v Value[bool], w *World) Verdict { return v.Is(w, func(on bool) bool { return on }) }

// Cases takes the choices of v apart. In every world in which all conditions are decided, exactly one case holds.
// It and Otherwise are no methods: a package that knows the network compiles the methods of every type of value.
func Cases[T any](v Value[T]) []Case[T] {
	if v.state != chosen {
		return []Case[T]{{Value: v}}
	}
	var out []Case[T]
	for _, c := range Cases(v.choice.then) {
		out = append(out, Case[T]{v.choice.when.And(c.When), c.Value})
	}
	for _, c := range Cases(v.choice.otherwise) {
		out = append(out, Case[T]{v.choice.when.Not().And(c.When), c.Value})
	}
	return out
}

// Otherwise is v with byDefault wherever v is unset, inside choices too.
func Otherwise[T any](v, byDefault Value[T]) Value[T] {
	switch v.state {
	case unset:
		return byDefault
	case chosen:
		c := v.choice
		return Choice(c.when, Otherwise(c.then, byDefault), Otherwise(c.otherwise, byDefault), v.Span)
	}
	return v
}
