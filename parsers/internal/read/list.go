package read

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Flatten gives the elements of a list, each under its condition: a scalar or a single map is a list of one, and a
// choice between two lists is one list of conditional elements. No element is Absent or a Choice. A list that is
// unknown as a whole, or that is an attribute of a resource which may be a list, has no elements and is open.
func Flatten(symbols *symbol.Table, v value.Value) fact.List[value.Value] {
	out := fact.List[value.Value]{Span: v.Span}
	flatten(symbols, &out, fact.Always(), v, false)
	return out
}

// Cases gives the values that a property of one value may have, each under its condition.
func Cases(symbols *symbol.Table, v value.Value) fact.List[value.Value] {
	out := fact.List[value.Value]{Span: v.Span}
	flatten(symbols, &out, fact.Always(), v, true)
	return out
}

func flatten(symbols *symbol.Table, out *fact.List[value.Value], when fact.Cond, v value.Value, element bool) {
	v = Expand(symbols, v)
	switch v.Kind {
	case value.Choice:
		flatten(symbols, out, when.And(v.When), *v.Then, element)
		flatten(symbols, out, when.And(v.When.Not()), *v.Else, element)
	case value.List:
		out.IsSet = true
		out.Items = slices.Grow(out.Items, len(v.Items))
		for _, it := range v.Items {
			flatten(symbols, out, when, it, true)
		}
		for _, gap := range v.Open {
			out.Miss(when.And(gap.When), gap.Missing...)
		}
	case value.Unknown:
		if element && v.Set {
			out.AppendIf(when, v, v.Span)
			return
		}
		out.Miss(when, v.Missing...)
	case value.Text:
		if s, ok := symbols.Only(v.Text); ok && !element && !v.Single && maybeList(s) {
			out.Miss(when, s.Missing)
			return
		}
		out.AppendIf(when, v, v.Span)
	case value.Map:
		out.AppendIf(when, v, v.Span)
	}
}

// maybeList says whether what a symbol stands for may be a list: an import or a dynamic reference, and an attribute of
// a resource unless AWS names it as an id or ARN.
func maybeList(s symbol.Symbol) bool {
	if s.Missing.Kind == fact.Import || s.Missing.Kind == fact.Dynamic {
		return !s.Single
	}
	isName := strings.HasSuffix(s.Attribute, "Id") || strings.HasSuffix(s.Attribute, "Arn")
	return s.Attribute != "" && !s.Single && !isName
}

// Each turns every element of a list into another, and keeps conditions, places and gaps.
func Each[A, B any](in fact.List[A], f func(A) B) fact.List[B] {
	out := fact.List[B]{Span: in.Span, Open: in.Open, IsSet: in.IsSet}
	out.Items = slices.Grow(out.Items, len(in.Items))
	for _, it := range in.Items {
		out.Items = append(out.Items, fact.Item[B]{When: it.When, Value: f(it.Value), Span: it.Span})
	}
	return out
}

// Texts gives a value as a list of texts.
func Texts(symbols *symbol.Table, v value.Value) fact.List[fact.Value[fact.Text]] {
	return Each(Flatten(symbols, v), func(v value.Value) fact.Value[fact.Text] { return Text(symbols, v) })
}

// Words gives a value as a list of texts that each are there for certain; an element without known content leaves the
// list open.
func Words(symbols *symbol.Table, v value.Value) fact.List[fact.Text] {
	flat := Flatten(symbols, v)
	out := fact.List[fact.Text]{Span: flat.Span, Open: flat.Open, IsSet: flat.IsSet}
	for _, it := range flat.Items {
		if it.Value.Kind == value.Text {
			out.AppendIf(it.When, symbols.Text(it.Value.Text), it.Span)
			continue
		}
		missing := it.Value.Missing
		if len(missing) == 0 {
			missing = []fact.Missing{{Kind: fact.Intrinsic, Name: "a text", Span: it.Span}}
		}
		out.Miss(it.When, missing...)
	}
	return out
}
