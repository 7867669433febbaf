package read

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// TagMap reads tags that are written as a map.
func TagMap(symbols *symbol.Table, v value.Value) fact.List[graph.Variable] {
	flat := Cases(symbols, v)
	out := fact.List[graph.Variable]{Span: flat.Span, Open: flat.Open, IsSet: flat.IsSet}
	for _, it := range flat.Items {
		if it.Value.Kind != value.Map {
			out.Miss(it.When, Opaque(it.Value))
		}
		for _, f := range it.Value.Fields {
			addTag(symbols, &out, it.When, value.Value{Kind: value.Text, Text: f.Name}, f.Value)
		}
	}
	return out
}

// TagPairs reads tags that are written as a list of maps with Key and Value.
func TagPairs(symbols *symbol.Table, v value.Value) fact.List[graph.Variable] {
	flat := Flatten(symbols, v)
	out := fact.List[graph.Variable]{Span: flat.Span, Open: flat.Open, IsSet: flat.IsSet}
	for _, it := range flat.Items {
		if it.Value.Kind != value.Map {
			out.Miss(it.When, Opaque(it.Value))
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
		out.Miss(when, Opaque(key))
	case symbol.Has(key.Text):
		out.Miss(when, symbols.Text(key.Text).Missing()...)
	default:
		out.AppendIf(when, graph.Variable{Name: key.Text, Value: Text(symbols, v), Span: v.Span}, v.Span)
	}
}

// WithDefaults adds the tags that a resource has if its own do not say otherwise. Of own tags that are not all known,
// any may: then nothing more is known with the defaults.
func WithDefaults(own, defaults fact.List[graph.Variable]) fact.List[graph.Variable] {
	out := own
	if len(own.Open) == 0 {
		out.Items = append(out.Items[:len(out.Items):len(out.Items)], defaults.Items...)
	}
	out.Open = append(out.Open[:len(out.Open):len(out.Open)], defaults.Open...)
	return out
}
