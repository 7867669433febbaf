package fact

import (
	"iter"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// List is a sequence whose elements may depend on conditions, and which may have elements that are not seen. The zero
// List is empty and complete.
type List[T any] struct {
	Span  source.Span
	Items []Item[T]
	// Open names what may add further items that are not seen here. Empty: the list is complete.
	Open []Gap
	// IsSet tells a list that was written, even if empty, from one that was not.
	IsSet bool
}

// Item is one element, present where When holds.
type Item[T any] struct {
	When  Cond
	Value T
	Span  source.Span
}

// Gap is a hole in a list, there where When holds.
type Gap struct {
	When    Cond
	Missing []Missing
}

// Elements are the items of a List in one world. Open is empty when there are no others.
type Elements[T any] struct {
	Items []Item[T]
	Open  []Missing
}

// Append adds an element that is always there.
func (l *List[T]) Append(v T, span source.Span) {
	l.Items = append(l.Items, Item[T]{Value: v, Span: span})
	l.IsSet = true
}

// AppendIf adds an element that is there where when holds.
func (l *List[T]) AppendIf(when Cond, v T, span source.Span) {
	l.Items = append(l.Items, Item[T]{When: when, Value: v, Span: span})
	l.IsSet = true
}

// Miss records that the list may have more elements.
func (l *List[T]) Miss(when Cond, m ...Missing) {
	l.Open = append(l.Open, Gap{when, m})
	l.IsSet = true
}

// In settles conditions in w. An item whose condition is undecided is left out and leaves the list open for it.
// The items are for reading: they may be the list's own.
func (l List[T]) In(w *World) Elements[T] {
	plain := len(l.Open) == 0
	for i := 0; plain && i < len(l.Items); i++ {
		plain = l.Items[i].When.IsAlways()
	}
	if plain {
		return Elements[T]{Items: slices.Clip(l.Items)}
	}
	var out Elements[T]
	for i := range l.Items {
		h := w.Holds(l.Items[i].When)
		if h.IsTrue() {
			out.Items = append(out.Items, l.Items[i])
		}
		out.Open = append(out.Open, h.Missing...)
	}
	out.Open = openIn(w, l.Open, out.Open)
	return out
}

// openIn adds to out what the gaps miss in w.
func openIn(w *World, gaps []Gap, out []Missing) []Missing {
	for _, g := range gaps {
		h := w.Holds(g.When)
		if h.IsFalse() {
			continue
		}
		out = append(out, h.Missing...)
		out = append(out, g.Missing...)
	}
	return Unique(out)
}

// Certain are the elements that are there and known in w. Whether there are others it does not tell.
func Certain[T any](l List[Value[T]], w *World) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, it := range l.In(w).Items {
			if v, ok := it.Value.Get(w); ok.IsTrue() && !yield(v) {
				return
			}
		}
	}
}

// Any says whether some element satisfies f. With none seen and the list open, it is Unknown.
func (e Elements[T]) Any(f func(T) Verdict) Verdict {
	out := No()
	for i := range e.Items {
		out.meet(f(e.Items[i].Value), True)
	}
	if len(e.Open) > 0 {
		out.meet(Wants(e.Open...), True)
	}
	out.Missing = Unique(out.Missing)
	return out
}

// All says whether every element satisfies f. With no exception seen and the list open, it is Unknown.
func (e Elements[T]) All(f func(T) Verdict) Verdict {
	return e.Any(func(v T) Verdict { return f(v).Not() }).Not()
}

// Empty says whether there is no element.
func (e Elements[T]) Empty() Verdict {
	if len(e.Items) > 0 {
		return No()
	}
	return complete(e.Open)
}

// complete says whether nothing is missing.
func complete(open []Missing) Verdict {
	if len(open) > 0 {
		return Wants(Unique(open)...)
	}
	return Yes()
}
