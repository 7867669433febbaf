package eval

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Parameters taken from the Systems Manager parameter store have the store's name as their value.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
const storeType = "AWS::SSM::Parameter::Value<"

// isList reports a parameter whose value is a list.
func (p *Parameter) isList() bool {
	t := strings.TrimPrefix(p.Type, storeType)
	return strings.HasPrefix(t, "CommaDelimitedList") || strings.HasPrefix(t, "List<")
}

// isSingle reports a type whose values hold no comma.
func (p *Parameter) isSingle() bool {
	return !p.isList() && (p.Type == "Number" || strings.HasPrefix(strings.TrimPrefix(p.Type, storeType), "AWS::"))
}

func (e *Evaluator) parameter(p *Parameter) Value {
	if v, ok := e.values[p.Name]; ok {
		return v
	}
	e.values[p.Name] = Value{Kind: Unknown, Span: p.Span} // in case the default refers to the parameter itself
	v := e.parameterValue(p)
	e.values[p.Name] = v
	return v
}

// parameterValue is the value that the parent stack or the user gives, else the default, else a symbol. Two kinds of
// default of a root parameter count as no value. An empty default often means that a value must be given, so both
// results of a comparison with "" have to be looked at. And with Bindings.Variants, a parameter that chooses between
// variants of the template stays open.
func (e *Evaluator) parameterValue(p *Parameter) Value {
	v, ok := e.b.Parameters[p.Name]
	if ok && v.Kind != Absent {
		if p.NoEcho || strings.HasPrefix(p.Type, storeType) {
			return e.unsupplied(p, v)
		}
		return e.coerce(p, v)
	}
	text, known := e.b.Given[p.Name]
	open := e.b.Variants && e.t.chooses[p.Name]
	if !known && p.Default != nil && p.Default.Kind != tree.Null && !open {
		if p.Default.Kind == tree.Sequence {
			return e.coerce(p, e.Eval(p.Default))
		}
		text = p.Default.Text
		known = text != "" || e.b.Scope != "" && !e.b.Beside
		if known && e.b.Scope == "" {
			for _, word := range strings.Split(text, ",") {
				m := fact.Missing{Kind: fact.Parameter, Name: p.Name, Span: p.Span}
				e.table.Default(strings.TrimSpace(word), m)
			}
		}
	}
	if !known && p.Default == nil && e.b.Known != nil {
		var words []string
		words, known = e.b.Known(p.Name)
		text = strings.Join(words, ",")
	}
	v = Value{Kind: Text, Span: p.Span, Text: symbol.Escape(text)}
	if !known || p.NoEcho || strings.HasPrefix(p.Type, storeType) {
		if !known {
			v = Value{}
		}
		return e.unsupplied(p, v)
	}
	return e.coerce(p, e.dynamic(v))
}

// unsupplied is a symbol, or an open list, for a parameter whose value is not known or must not be shown. given holds
// what is known of it: a name in the parameter store, or a secret.
func (e *Evaluator) unsupplied(p *Parameter, given Value) Value {
	s := symbol.Symbol{Key: e.Address(p.Name), Domain: p.AllowedValues, Single: p.isSingle()}
	if p.Default != nil && p.Default.Kind == tree.Scalar && p.Default.Text == "" {
		s.Unset = "empty"
	}
	s.Missing = fact.Missing{Kind: fact.Parameter, Name: s.Key, Span: p.Span}
	if e.b.Beside {
		s.Missing.Name = p.Name // the name under which a user gives it
	}
	switch name, literal := e.literal(given); {
	case strings.HasPrefix(p.Type, storeType):
		s.Missing.Kind, s.Domain = fact.Dynamic, nil
		if v, ok := e.stored(Store + name); ok && literal && !p.NoEcho && v.Kind != Absent {
			return e.coerce(p, v)
		}
		if literal && name != "" && !p.NoEcho {
			s.Missing.Name = "ssm:" + name
			s.Key = "resolve:ssm:" + name
		}
	case literal:
		s.Missing.Kind = fact.Secret
		e.secrets[s.Key] = name
	case p.NoEcho:
		s.Missing.Kind = fact.Secret
	}
	if p.isList() {
		return openList(s.Key, p.Span, s.Missing)
	}
	return e.symbolic(s, p.Span)
}

func openList(key string, span source.Span, ms ...fact.Missing) Value {
	return Value{Kind: List, Span: span, Key: key, Open: []fact.Gap{{Missing: ms}}}
}

// literal is the content of a text without symbols.
func (e *Evaluator) literal(v Value) (string, bool) {
	if v.Kind != Text || symbol.Has(v.Text) {
		return "", false
	}
	return v.Text, true
}

// coerce gives a parameter's value the shape of its type: lists are given as text with commas.
func (e *Evaluator) coerce(p *Parameter, v Value) Value {
	switch {
	case v.Kind == Choice:
		return choice(v.When, e.coerce(p, *v.Then), e.coerce(p, *v.Else), v.Span)
	case v.Kind == Absent:
		return e.unsupplied(p, v)
	case p.isList() && v.Kind == Text:
		list := e.splitText(",", v)
		for i := range list.Items {
			list.Items[i].Text = strings.TrimSpace(list.Items[i].Text)
		}
		return list
	case !p.isList() && v.Kind == List:
		return e.joinList(",", v, v.Span)
	}
	return v
}
