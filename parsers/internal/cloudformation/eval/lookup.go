package eval

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// maxRows is how many rows of a mapping become cases when the key is not known.
const maxRows = 8

// findInMap evaluates Fn::FindInMap. A key that is not known makes each of a few rows a case; of many it leaves a
// symbol, since a table of regions is not worth one case for each region.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html
func (e *Evaluator) findInMap(args []Value, n *tree.Node) Value {
	name, ok := e.literal(args[0])
	table := e.t.Mappings.Get(name)
	if !ok || table == nil || table.Kind != tree.Mapping || slices.ContainsFunc(table.Fields, isPending) {
		return e.notFound(args, n.Span)
	}
	l := lookup{e: e, args: args, span: n.Span, left: maxRows}
	if len(args) == 4 {
		byDefault := args[3]
		if byDefault.Kind == Map {
			byDefault = byDefault.Get("DefaultValue")
		}
		l.byDefault = &byDefault
	}
	v := l.rows(args[1], table, func(row *tree.Node) Value {
		return l.rows(args[2], row, func(cell *tree.Node) Value {
			l.seen = append(l.seen, e.Eval(cell))
			return l.seen[len(l.seen)-1]
		})
	})
	if l.left >= 0 {
		return v
	}
	return l.summary()
}

// lookup walks a mapping whose keys may not be known.
type lookup struct {
	e         *Evaluator
	args      []Value
	span      source.Span
	byDefault *Value
	seen      []Value
	left      int // cases that may still be made; below zero there are too many
}

func (l *lookup) rows(key Value, table *tree.Node, f func(*tree.Node) Value) Value {
	e := l.e
	if key.Kind != Text || table.Kind != tree.Mapping {
		return e.notFound(l.args, l.span)
	}
	if text, ok := e.literal(key); ok {
		switch cell := table.Get(text); {
		case cell != nil:
			return f(cell)
		case l.byDefault != nil:
			return *l.byDefault
		}
		return e.notFound(l.args, l.span)
	}
	rows := table.Fields
	if s, ok := e.table.Only(key.Text); ok && len(s.Domain) > 0 {
		rows = slices.DeleteFunc(slices.Clone(rows), func(r tree.Field) bool {
			return !slices.Contains(s.Domain, r.Key)
		})
	}
	cells := make([]Value, len(rows))
	for i, r := range rows {
		cells[i] = f(r.Value)
	}
	if l.byDefault != nil {
		cells = append(cells, *l.byDefault)
		l.seen = append(l.seen, *l.byDefault)
	}
	if len(cells) == 0 {
		return e.notFound(l.args, l.span)
	}
	first := e.canonical(cells[0])
	differs := func(v Value) bool { return e.canonical(v) != first }
	if !slices.ContainsFunc(cells, differs) {
		return cells[0]
	}
	if l.left -= len(cells); l.left < 0 {
		return Value{}
	}
	return l.cases(key, rows, cells)
}

// cases chooses among cells by the key. Without a default, the key is one of the rows', or the deployment fails.
func (l *lookup) cases(key Value, rows []tree.Field, cells []Value) Value {
	text := l.e.table.Text(key.Text)
	subject := text.String()
	if s, ok := l.e.table.Only(key.Text); ok {
		subject = s.Key
	}
	var domain []string
	if l.byDefault == nil {
		for _, r := range rows {
			domain = append(domain, r.Key)
		}
	}
	v := cells[len(cells)-1]
	for i := len(cells) - 2; i >= 0; i-- {
		when := fact.If(&fact.Atom{Subject: subject, Literal: rows[i].Key, Domain: domain, Why: l.e.asked(text)})
		v = choice(when, cells[i], v, l.span)
	}
	return v
}

// summary is a symbol for one of many texts. Its domain lists them.
func (l *lookup) summary() Value {
	missing := l.e.firstMissing(l.args, "Fn::FindInMap", l.span)
	s := symbol.Symbol{Single: true, Missing: missing, Inputs: l.e.inputs(l.args)}
	s.Key = l.e.key("Fn::FindInMap", append([]Value{{Kind: Text, Text: l.e.b.Scope}}, l.args...))
	known := map[string]bool{}
	for _, v := range l.seen {
		text, ok := l.e.literal(v)
		if !ok {
			return Value{Kind: Unknown, Span: l.span, Key: s.Key, Set: true, Missing: []fact.Missing{s.Missing}}
		}
		if !known[text] {
			known[text] = true
			s.Domain = append(s.Domain, text)
		}
		s.Single = s.Single && !hasComma(text)
	}
	return l.e.symbolic(s, l.span)
}

func hasComma(s string) bool { return slices.Contains([]byte(s), ',') }

func (e *Evaluator) notFound(args []Value, span source.Span) Value {
	v := unknown(span, e.firstMissing(args, "Fn::FindInMap", span))
	v.Key = e.key("Fn::FindInMap", append([]Value{{Kind: Text, Text: e.b.Scope}}, args...))
	v.Set = true
	return v
}
