package read

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Tags reads tags, which are a list of maps with Key and Value.
func Tags(symbols *symbol.Table, v value.Value) fact.List[graph.Variable] {
	flat := Flatten(symbols, v)
	out := fact.List[graph.Variable]{Span: flat.Span, Open: flat.Open, IsSet: flat.IsSet}
	for _, it := range flat.Items {
		if it.Value.Kind != value.Map {
			out.Miss(it.When, opaque(it.Value))
			continue
		}
		addTag(symbols, &out, it.When, it.Value.Get("Key"), it.Value.Get("Value"))
	}
	return out
}

// addTag leaves the list open for a key that is not known: it may be any.
func addTag(symbols *symbol.Table, out *fact.List[graph.Variable], when fact.Cond, key, v value.Value) {
	switch {
	case key.Kind != value.Text:
		out.Miss(when, opaque(key))
	case symbol.Has(key.Text):
		out.Miss(when, symbols.Text(key.Text).Missing()...)
	default:
		out.AppendIf(when, graph.Variable{Name: key.Text, Value: Text(symbols, v), Span: v.Span}, v.Span)
	}
}
