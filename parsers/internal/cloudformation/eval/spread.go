package eval

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// spread calls f for every case of the conditions that args depend on, and gives the results as a Choice. f sees no
// Choice. In each case, a condition holds for all of args or for none. With more than maxCases, the whole call is one
// symbol.
func (e *Evaluator) spread(args []Value, n *tree.Node, f func([]Value, *tree.Node) Value) Value {
	if firstChoice(args) == nil {
		return f(args, n)
	}
	e.cases++
	defer func() { e.cases-- }()
	left := maxCases
	if v, ok := e.divideCases(args, n, f, &left); ok {
		return v
	}
	name, _, _ := n.Intrinsic()
	return e.derived(name, args, n.Span)
}

func (e *Evaluator) divideCases(
	args []Value, n *tree.Node, f func([]Value, *tree.Node) Value, left *int,
) (Value, bool) {
	c := firstChoice(args)
	if c == nil {
		*left--
		return f(args, n), *left >= 0
	}
	then, ok := e.divideCases(assumeAll(args, c.When, true), n, f, left)
	if !ok {
		return Value{}, false
	}
	otherwise, ok := e.divideCases(assumeAll(args, c.When, false), n, f, left)
	return choice(c.When, then, otherwise, n.Span), ok
}

// choice is the value then where the condition holds, and the value otherwise where it does not, in the simplest form.
func choice(when fact.Cond, then, otherwise Value, span source.Span) Value {
	switch {
	case when.IsAlways():
		return then
	case when.Not().IsAlways():
		return otherwise
	case then.Kind == Absent && otherwise.Kind == Absent:
		return Value{Span: span}
	case then.Kind == Text && otherwise.Kind == Text && then.Text == otherwise.Text:
		return then
	}
	return value.Either(when, then, otherwise, span)
}

// firstChoice finds a Choice among vs or the elements of lists among them.
func firstChoice(vs []Value) *Value {
	for i := range vs {
		switch vs[i].Kind {
		case Choice:
			return &vs[i]
		case List:
			if c := firstChoice(vs[i].Items); c != nil {
				return c
			}
		}
	}
	return nil
}

func assumeAll(vs []Value, when fact.Cond, holds bool) []Value {
	out := make([]Value, 0, len(vs))
	for _, v := range vs {
		out = append(out, assume(v, when, holds))
	}
	return out
}

// assume settles the choices in v that are keyed by the condition. Elements that are absent then leave their lists.
func assume(v Value, when fact.Cond, holds bool) Value {
	for v.Kind == Choice && v.When.Equal(when) {
		if holds {
			v = *v.Then
		} else {
			v = *v.Else
		}
	}
	if v.Kind == List && firstChoice(v.Items) != nil {
		items := make([]Value, 0, len(v.Items))
		for _, it := range v.Items {
			if it = assume(it, when, holds); it.Kind != Absent {
				items = append(items, it)
			}
		}
		v.Items = items
	}
	return v
}

// derived is the symbol of a call whose result is a text that is not known. The same call is the same symbol.
func (e *Evaluator) derived(name string, args []Value, span source.Span) Value {
	missing := e.firstMissing(args, name, span)
	return e.symbolic(symbol.Symbol{Key: e.key(name, args), Missing: missing, Inputs: e.inputs(args)}, span)
}

func (e *Evaluator) symbolic(s symbol.Symbol, span source.Span) Value {
	return Value{Kind: Text, Span: span, Text: e.table.Intern(s)}
}

const maxKey = 200

// key is the identity of a call.
func (e *Evaluator) key(name string, args []Value) string {
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = e.canonical(a)
	}
	key := strings.TrimPrefix(name, "Fn::") + "(" + strings.Join(parts, ",") + ")"
	if len(key) > maxKey {
		key = fmt.Sprintf("%s(%x)", strings.TrimPrefix(name, "Fn::"), sha256.Sum256([]byte(key)))
	}
	return key
}

// canonical is a text that is equal for equal values.
func (e *Evaluator) canonical(v Value) string {
	switch v.Kind {
	case Text:
		return fmt.Sprintf("%q", e.table.Text(v.Text).String())
	case List:
		parts := make([]string, len(v.Items))
		for i, it := range v.Items {
			parts[i] = e.canonical(it)
		}
		if len(v.Open) > 0 {
			parts = append(parts, "…"+e.identity(v))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case Map:
		parts := make([]string, len(v.Fields))
		for i, f := range v.Fields {
			parts[i] = fmt.Sprintf("%q:%s", f.Name, e.canonical(f.Value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case Choice:
		return "if(" + v.When.String() + "," + e.canonical(*v.Then) + "," + e.canonical(*v.Else) + ")"
	case Unknown:
		return "?" + e.identity(v)
	}
	return ""
}

// identity is the Key of v, or else a name for the place of v in this stack.
func (e *Evaluator) identity(v Value) string {
	if v.Key != "" {
		return v.Key
	}
	return fmt.Sprintf("%s@%d", e.b.Scope, v.Span.Pos)
}

// missing lists the facts that v waits for. It drops the atoms of conditions, because the facts are the same in every
// case.
func (e *Evaluator) missing(v Value) []fact.Missing {
	var out []fact.Missing
	switch v.Kind {
	case Text:
		out = e.table.Text(v.Text).Missing()
	case List:
		for _, it := range v.Items {
			out = append(out, e.missing(it)...)
		}
		for _, g := range v.Open {
			out = append(out, g.Missing...)
		}
	case Map:
		for _, f := range v.Fields {
			out = append(out, e.missing(f.Value)...)
		}
	case Unknown:
		out = v.Missing
	case Choice:
		var w *fact.World
		out = append(out, w.Holds(v.When).Missing...)
		out = append(append(out, e.missing(*v.Then)...), e.missing(*v.Else)...)
	}
	plain := make([]fact.Missing, 0, len(out))
	for _, m := range out {
		m.Atom = nil
		plain = append(plain, m)
	}
	return fact.Unique(plain)
}

// firstMissing is the fact to ask for first: one that a person can supply before deployment.
func (e *Evaluator) firstMissing(args []Value, name string, span source.Span) fact.Missing {
	var all []fact.Missing
	for _, a := range args {
		all = append(all, e.missing(a)...)
	}
	for _, m := range all {
		if m.Kind != fact.Attribute {
			return m
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return fact.Missing{Kind: fact.Intrinsic, Name: name, Span: span}
}

// inputs are the tokens in args.
func (e *Evaluator) inputs(args []Value) []string {
	var out []string
	for _, a := range args {
		switch a.Kind {
		case Text:
			for s := range e.table.In(a.Text) {
				out = append(out, e.table.Intern(*s))
			}
		case List:
			out = append(out, e.inputs(a.Items)...)
		case Choice:
			out = append(out, e.inputs([]Value{*a.Then, *a.Else})...)
		}
	}
	return out
}
