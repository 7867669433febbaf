package eval

import (
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// TextValue reads v where a property is a text. Choices stay choices. A list or mapping there is NotKnown.
func (e *Evaluator) TextValue(v Value) fact.Value[fact.Text] {
	switch v.Kind {
	case Absent:
		return fact.Value[fact.Text]{Span: v.Span}
	case Text:
		return fact.Known(e.table.Text(v.Text), v.Span)
	case Choice:
		return fact.Choice(v.When, e.TextValue(*v.Then), e.TextValue(*v.Else), v.Span)
	case Unknown:
		if v.Set {
			return fact.Computed[fact.Text](v.Span, v.Missing...)
		}
		return fact.NotKnown[fact.Text](v.Span, v.Missing...)
	case List:
		if len(v.Items) == 1 && len(v.Open) == 0 {
			return e.TextValue(v.Items[0])
		}
	}
	return fact.NotKnown[fact.Text](v.Span, e.reasons(v, fact.Missing{Kind: fact.Semantics, Name: "text", Span: v.Span})...)
}

// Bool reads v where a property is a boolean: CloudFormation takes "true" and true.
func (e *Evaluator) Bool(v Value) fact.Value[bool] {
	return scalar(e, v, "boolean", func(s string) (bool, bool) {
		return isTrue(s), isTrue(s) || strings.EqualFold(s, "false")
	})
}

// Int reads v where a property is an integer: CloudFormation takes "30" and 30.
func (e *Evaluator) Int(v Value) fact.Value[int] {
	return scalar(e, v, "integer", func(s string) (int, bool) {
		i, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil {
			f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
			return int(f), err == nil && float64(int(f)) == f
		}
		return i, true
	})
}

func scalar[T any](e *Evaluator, v Value, what string, parse func(string) (T, bool)) fact.Value[T] {
	return fact.Map(e.TextValue(v), func(t fact.Text, _ source.Span) fact.Value[T] {
		s, ok := t.Literal()
		if !ok {
			return fact.Computed[T](v.Span, t.Missing()...)
		}
		if x, ok := parse(s); ok {
			return fact.Known(x, v.Span)
		}
		return fact.NotKnown[T](v.Span, fact.Missing{Kind: fact.Semantics, Name: strconv.Quote(s) + " as " + what, Span: v.Span})
	})
}

// ListOf reads v where a property is a list. One value is a list of one, lists in the list are a part of it, an element
// under a condition has it as When, and what may add elements is a gap. An attribute or an import that stands for the
// whole list is a gap, for it may be a list of any length; the identity of a resource or a parameter is one element.
func (e *Evaluator) ListOf(v Value) fact.List[Value] {
	out := fact.List[Value]{Span: v.Span}
	if s, ok := e.table.Only(v.Text); ok && v.Kind == Text && mayBeList(s) {
		out.Miss(fact.Always(), s.Missing)
		return out
	}
	e.collect(&out, v, fact.Always())
	return out
}

// mayBeList reports a symbol that can stand for a whole list. Attributes that are lists have plural names in
// CloudFormation (Ipv6CidrBlocks, DnsEntries, NetworkInterfaceIds); those of custom resources have any name.
func mayBeList(s symbol.Symbol) bool {
	switch {
	case s.Single:
		return false
	case s.Missing.Kind == fact.Import, s.Missing.Kind == fact.Dynamic:
		return true
	case s.Missing.Kind == fact.Resource: // an attribute of it
		return strings.Contains(s.Key, ".")
	}
	return s.Attribute != "" && (strings.HasSuffix(s.Attribute, "s") || !strings.HasSuffix(s.Attribute, "Id") && !strings.HasSuffix(s.Attribute, "Arn"))
}

func (e *Evaluator) collect(out *fact.List[Value], v Value, when fact.Cond) {
	switch v.Kind {
	case Absent:
	case Text, Map:
		out.AppendIf(when, v, v.Span)
	case List:
		out.IsSet = true
		for _, it := range v.Items {
			e.collect(out, it, when)
		}
		for _, g := range v.Open {
			out.Leave(when, g)
		}
	case Choice:
		e.collect(out, *v.Then, when.And(v.When))
		e.collect(out, *v.Else, when.And(v.When.Not()))
	case Unknown:
		out.Miss(when, e.reasons(v, fact.Missing{Kind: fact.Intrinsic, Name: "list", Span: v.Span})...)
	}
}

// Plain turns v into what encoding/json makes of JSON: texts, slices and maps. Symbols stay tokens inside texts. ok is
// false when part of v is unknown, open or depends on a condition.
func Plain(v Value) (plain any, ok bool) {
	switch v.Kind {
	case Absent:
		return nil, true
	case Text:
		return v.Text, true
	case List:
		out := make([]any, len(v.Items))
		ok = len(v.Open) == 0
		for i, it := range v.Items {
			x, known := Plain(it)
			out[i], ok = x, ok && known
		}
		return out, ok
	case Map:
		out := make(map[string]any, len(v.Fields))
		ok = true
		for _, f := range v.Fields {
			x, known := Plain(f.Value)
			out[f.Name], ok = x, ok && known
		}
		return out, ok
	}
	return nil, false
}
