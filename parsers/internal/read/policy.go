package read

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Document reads a policy document, written as a map or as JSON text; a text that is no JSON is not known.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func Document(symbols *symbol.Table, v value.Value) fact.Value[*policy.Document] {
	if written, ok := fromJSON(v); ok {
		return fact.Known(document(symbols, written), v.Span)
	}
	return Convert(symbols, v, func(v value.Value) fact.Value[*policy.Document] {
		if written, ok := fromJSON(v); ok {
			v = written
		}
		if v.Kind != value.Map {
			return fact.Computed[*policy.Document](v.Span, opaqueText(symbols, v)...)
		}
		return fact.Known(document(symbols, v), v.Span)
	})
}

// Attach adds the policy document v, which the resource by attaches at span where when holds; one that is not known
// leaves the list open.
func Attach(
	symbols *symbol.Table, out *fact.List[policy.Attached], when fact.Cond, v value.Value, by string, span source.Span,
) {
	for _, c := range fact.Cases(Document(symbols, v)) {
		switch doc, ok := c.Value.Get(nil); ok.Truth {
		case fact.True:
			out.AppendIf(when.And(c.When), policy.Attached{By: by, Span: span, Document: doc}, span)
		case fact.Unknown:
			out.Miss(when.And(c.When), ok.Missing...)
		}
	}
}

// opaqueText names the symbols of a text that cannot be read, else the text itself.
func opaqueText(symbols *symbol.Table, v value.Value) []fact.Missing {
	if v.Kind == value.Text && symbol.Has(v.Text) {
		return symbols.Text(v.Text).Missing()
	}
	return []fact.Missing{opaque(v)}
}

// opaque is the missing fact for what is not written as a map, such as a policy document in JSON text.
func opaque(v value.Value) fact.Missing {
	if len(v.Missing) > 0 {
		return v.Missing[0]
	}
	return fact.Missing{Kind: fact.Intrinsic, Name: "a value that is written as a map", Span: v.Span}
}

func document(symbols *symbol.Table, v value.Value) *policy.Document {
	statements := Flatten(symbols, v.Get("Statement"))
	out := &policy.Document{Span: v.Span}
	out.Statements = fact.List[policy.Statement]{Span: statements.Span, Open: statements.Open, IsSet: statements.IsSet}
	for _, it := range statements.Items {
		if it.Value.Kind != value.Map {
			out.Statements.Miss(it.When, opaqueText(symbols, it.Value)...)
			continue
		}
		out.Statements.AppendIf(it.When, statement(symbols, it.Value), it.Span)
	}
	return out
}

func statement(symbols *symbol.Table, v value.Value) policy.Statement {
	words := func(name string) fact.List[fact.Text] { return Words(symbols, v.Get(name)) }
	return policy.Statement{
		Span:          v.Span,
		Effect:        Text(symbols, v.Get("Effect")),
		Actions:       words("Action"),
		NotActions:    words("NotAction"),
		Resources:     words("Resource"),
		NotResources:  words("NotResource"),
		Principals:    principals(symbols, v.Get("Principal")),
		NotPrincipals: principals(symbols, v.Get("NotPrincipal")),
		Conditions:    conditions(symbols, v.Get("Condition")),
	}
}

// principals reads "*", or a map from kinds to one or many.
func principals(symbols *symbol.Table, v value.Value) fact.List[policy.Principal] {
	blocks := Cases(symbols, v)
	out := fact.List[policy.Principal]{Span: blocks.Span, Open: blocks.Open, IsSet: blocks.IsSet}
	for _, block := range blocks.Items {
		switch block.Value.Kind {
		case value.Text:
			t := symbols.Text(block.Value.Text)
			out.AppendIf(block.When, policy.Principal{Kind: t.String(), Value: t}, block.Span)
		case value.Unknown:
			out.Miss(block.When, opaque(block.Value))
		}
		for _, f := range block.Value.Fields {
			values := Words(symbols, OnlyIf(block.When, f.Value))
			out.Open = append(out.Open, values.Open...)
			for _, it := range values.Items {
				out.AppendIf(it.When, policy.Principal{Kind: f.Name, Value: it.Value}, it.Span)
			}
		}
	}
	return out
}

// conditions reads a map from operators to keys to values. What is unknown of it leaves the list open.
func conditions(symbols *symbol.Table, v value.Value) fact.List[policy.Condition] {
	blocks := Cases(symbols, v)
	out := fact.List[policy.Condition]{Span: blocks.Span, Open: blocks.Open, IsSet: blocks.IsSet}
	for _, block := range blocks.Items {
		if block.Value.Kind != value.Map {
			out.Miss(block.When, opaque(block.Value))
		}
		for _, operator := range block.Value.Fields {
			keys := Cases(symbols, OnlyIf(block.When, operator.Value))
			out.Open = append(out.Open, keys.Open...)
			for _, it := range keys.Items {
				if it.Value.Kind != value.Map {
					out.Miss(it.When, opaque(it.Value))
				}
				for _, key := range it.Value.Fields {
					out.AppendIf(it.When, policy.Condition{
						Span:     key.NameSpan,
						Operator: operator.Name,
						Key:      key.Name,
						Values:   Words(symbols, key.Value),
					}, key.NameSpan)
				}
			}
		}
	}
	return out
}
