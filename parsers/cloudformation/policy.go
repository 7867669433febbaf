package cloudformation

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
)

// document reads a policy document:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
func (l *lowering) document(v eval.Value) fact.Value[*policy.Document] {
	return decode.Convert(l.symbols, v, func(v eval.Value) fact.Value[*policy.Document] {
		document, missing := l.readDocument(v)
		if document == nil {
			return fact.Computed[*policy.Document](v.Span, missing)
		}
		return fact.Known(document, v.Span)
	})
}

// opaque is the missing fact for what is not written as a map.
func opaque(v eval.Value) fact.Missing {
	if len(v.Missing) > 0 {
		return v.Missing[0]
	}
	return fact.Missing{Kind: fact.Intrinsic, Name: "a value that is written as a map", Span: v.Span}
}

// readDocument reads a document that is a map or the JSON text of one; else it says what is missing.
func (l *lowering) readDocument(v eval.Value) (*policy.Document, fact.Missing) {
	if parsed, ok := fromJSON(v); ok {
		v = parsed
	}
	if v.Kind != eval.Map {
		return nil, opaque(v)
	}
	statements := decode.Flatten(l.symbols, v.Get("Statement"))
	out := &policy.Document{Span: v.Span}
	out.Statements = fact.List[policy.Statement]{Span: statements.Span, Open: statements.Open, IsSet: statements.IsSet}
	for _, it := range statements.Items {
		if it.Value.Kind != eval.Map {
			out.Statements.Miss(it.When, opaque(it.Value))
			continue
		}
		out.Statements.AppendIf(it.When, l.statement(it.Value), it.Span)
	}
	return out, fact.Missing{}
}

func (l *lowering) statement(v eval.Value) policy.Statement {
	words := func(name string) fact.List[fact.Text] { return decode.Words(l.symbols, v.Get(name)) }
	return policy.Statement{
		Span:          v.Span,
		Effect:        decode.Text(l.symbols, v.Get("Effect")),
		Actions:       words("Action"),
		NotActions:    words("NotAction"),
		Resources:     words("Resource"),
		NotResources:  words("NotResource"),
		Principals:    l.principals(v.Get("Principal")),
		NotPrincipals: l.principals(v.Get("NotPrincipal")),
		Conditions:    l.conditions(v.Get("Condition")),
	}
}

// principals reads "*", or a map from kinds to one or many.
func (l *lowering) principals(v eval.Value) fact.List[policy.Principal] {
	blocks := decode.Cases(l.symbols, v)
	out := fact.List[policy.Principal]{Span: blocks.Span, Open: blocks.Open, IsSet: blocks.IsSet}
	for _, block := range blocks.Items {
		switch block.Value.Kind {
		case eval.Text:
			t := l.symbols.Text(block.Value.Text)
			out.AppendIf(block.When, policy.Principal{Kind: t.String(), Value: t}, block.Span)
		case eval.Unknown:
			out.Miss(block.When, opaque(block.Value))
		}
		for _, f := range block.Value.Fields {
			values := decode.Words(l.symbols, onlyIf(block.When, f.Value))
			out.Open = append(out.Open, values.Open...)
			for _, it := range values.Items {
				out.AppendIf(it.When, policy.Principal{Kind: f.Name, Value: it.Value}, it.Span)
			}
		}
	}
	return out
}

// conditions reads a map from operators to keys to values. What is unknown of it leaves the list open.
func (l *lowering) conditions(v eval.Value) fact.List[policy.Condition] {
	blocks := decode.Cases(l.symbols, v)
	out := fact.List[policy.Condition]{Span: blocks.Span, Open: blocks.Open, IsSet: blocks.IsSet}
	for _, block := range blocks.Items {
		if block.Value.Kind != eval.Map {
			out.Miss(block.When, opaque(block.Value))
		}
		for _, operator := range block.Value.Fields {
			keys := decode.Cases(l.symbols, onlyIf(block.When, operator.Value))
			out.Open = append(out.Open, keys.Open...)
			for _, it := range keys.Items {
				if it.Value.Kind != eval.Map {
					out.Miss(it.When, opaque(it.Value))
				}
				for _, key := range it.Value.Fields {
					out.AppendIf(it.When, policy.Condition{
						Span:     key.NameSpan,
						Operator: operator.Name,
						Key:      key.Name,
						Values:   decode.Words(l.symbols, key.Value),
					}, key.NameSpan)
				}
			}
		}
	}
	return out
}
