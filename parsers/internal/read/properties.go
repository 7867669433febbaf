package read

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Written says whether a property has a value, whatever it is; it is never unset.
func Written(v value.Value) fact.Value[bool] {
	switch v.Kind {
	case value.Absent:
		return fact.Known(false, v.Span)
	case value.Choice:
		return fact.Choice(v.When, Written(*v.Then), Written(*v.Else), v.Span)
	case value.Unknown:
		if !v.Set {
			return fact.NotKnown[bool](v.Span, v.Missing...)
		}
	}
	return fact.Known(true, v.Span)
}

// Present is true where a property is written, and unset where it is not.
func Present(symbols *symbol.Table, v value.Value) fact.Value[bool] {
	return Convert(symbols, v, func(v value.Value) fact.Value[bool] { return fact.Known(true, v.Span) })
}

// Variables reads a map of texts.
func Variables(symbols *symbol.Table, v value.Value) fact.List[graph.Variable] {
	maps := Cases(symbols, v)
	out := fact.List[graph.Variable]{Span: maps.Span, Open: maps.Open, IsSet: maps.IsSet}
	for _, m := range maps.Items {
		if m.Value.Kind != value.Map {
			out.Miss(m.When, opaque(m.Value))
		}
		out.Items = slices.Grow(out.Items, len(m.Value.Fields))
		for _, f := range m.Value.Fields {
			variable := graph.Variable{Name: f.Name, Value: Text(symbols, f.Value), Span: f.NameSpan}
			out.AppendIf(m.When, variable, f.NameSpan)
		}
	}
	return out
}

// longText bounds literal texts that are kept as properties: scripts and documents name no resource by chance.
const longText = 256

// Properties lists the texts inside v: those with symbols, those not known, and short literals.
func Properties(symbols *symbol.Table, v value.Value, skip func(path string) bool) fact.List[graph.Property] {
	var out fact.List[graph.Property]
	for _, leaf := range Leaves(v, skip) {
		if len(leaf.Value.Text) > longText && !symbol.Has(leaf.Value.Text) {
			continue
		}
		span := leaf.Value.Span
		out.AppendIf(leaf.When, graph.Property{Path: leaf.Path, Value: Text(symbols, leaf.Value), Span: span}, span)
	}
	return out
}
