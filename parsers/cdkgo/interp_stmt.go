package cdkgo

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func (f *frame) stmts(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *frame) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		f.eval(s.X)
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.DeclStmt:
		f.declare(s.Decl)
	case *ast.ReturnStmt:
		var out []*val
		for _, e := range s.Results {
			out = append(out, f.eval(e))
		}
		f.returns = append(f.returns, out)
	case *ast.BlockStmt:
		f.stmts(s.List)
	case *ast.LabeledStmt:
		f.stmt(s.Stmt)
	case *ast.GoStmt:
		f.evalDeferred(s.Call)
	case *ast.DeferStmt:
		f.evalDeferred(s.Call)
	case *ast.IfStmt:
		f.ifStmt(s)
	case *ast.ForStmt:
		f.stmtIfAny(s.Init)
		f.perhaps(s, "loop at", func() { f.stmtIfAny(s.Post); f.stmts(s.Body.List) })
	case *ast.RangeStmt:
		f.rangeStmt(s)
	case *ast.SwitchStmt:
		f.stmtIfAny(s.Init)
		if s.Tag != nil {
			f.eval(s.Tag)
		}
		f.cases(s.Body)
	case *ast.TypeSwitchStmt:
		f.stmtIfAny(s.Init)
		f.cases(s.Body)
	case *ast.SelectStmt:
		f.cases(s.Body)
	}
}

func (f *frame) stmtIfAny(s ast.Stmt) {
	if s != nil {
		f.stmt(s)
	}
}

// some reads a call that runs some other time than now.
func (f *frame) evalDeferred(call *ast.CallExpr) {
	outer := f.deferred
	f.deferred = true
	f.eval(call)
	f.deferred = outer
}

func (f *frame) assign(s *ast.AssignStmt) {
	var values []*val
	for _, e := range s.Rhs {
		values = append(values, f.eval(e))
	}
	for i, l := range s.Lhs {
		v := f.resultOf(s.Rhs, values, len(s.Lhs), i)
		if id, ok := l.(*ast.Ident); ok && s.Tok != token.ADD_ASSIGN {
			f.bind(id, v)
		} else if field, ok := ast.Unparen(l).(*ast.SelectorExpr); ok {
			f.store(field, v)
		}
	}
}

// resultOf is the i-th of n values: an expression of its own, or a result of the only call.
func (f *frame) resultOf(of []ast.Expr, values []*val, n, i int) *val {
	if len(values) == n {
		return values[i]
	}
	if _, isCall := ast.Unparen(of[0]).(*ast.CallExpr); isCall && values[0].kind == list && i < len(values[0].items) {
		return values[0].items[i]
	}
	return f.notFollowed(of[0], "it has several results")
}

func (f *frame) declare(d ast.Decl) {
	g, ok := d.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range g.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		var values []*val
		for _, e := range v.Values {
			values = append(values, f.eval(e))
		}
		for i, name := range v.Names {
			if len(values) > 0 {
				f.bind(name, f.resultOf(v.Values, values, len(v.Names), i))
			} else {
				f.bind(name, f.notFollowed(name, "it is declared without a value"))
			}
		}
	}
}

func (f *frame) ifStmt(s *ast.IfStmt) {
	f.stmtIfAny(s.Init)
	condition := f.eval(s.Cond)
	if condition.kind == text { // a constant
		if condition.isTrue() {
			f.stmts(s.Body.List)
		} else {
			f.stmtIfAny(s.Else)
		}
		return
	}
	atom := f.atom(s, short(types.ExprString(s.Cond)), "true", truths...)
	f.under(fact.If(atom), func() { f.stmts(s.Body.List) })
	if s.Else != nil {
		f.under(fact.If(atom).Not(), func() { f.stmt(s.Else) })
	}
}

// maxTurns bounds loops that are followed turn by turn.
const maxTurns = 16

// rangeStmt follows a loop over a short list turn by turn, if nothing ends a turn early.
func (f *frame) rangeStmt(s *ast.RangeStmt) {
	over := f.eval(s.X)
	bind := func(e ast.Expr, v *val) {
		if id, ok := e.(*ast.Ident); ok {
			f.bind(id, v)
		}
	}
	if over.kind != list || len(over.items) > maxTurns || jumps(s.Body) {
		for _, e := range []ast.Expr{s.Key, s.Value} {
			if e != nil {
				bind(e, f.notFollowed(e, "it is the variable of a loop"))
			}
		}
		f.perhaps(s, "loop at", func() { f.stmts(s.Body.List) })
		return
	}
	outer := f.instance
	for i, item := range over.items {
		f.instance = outer + "[" + strconv.Itoa(i) + "]"
		bind(s.Key, &val{kind: text, span: f.span(s), text: strconv.Itoa(i)})
		bind(s.Value, item)
		f.stmts(s.Body.List)
	}
	f.instance = outer
}

// jumps says whether anything in the body leaves it before its end.
func jumps(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.BranchStmt, *ast.ReturnStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}

// cases reads the branches of a switch, of which one runs.
func (f *frame) cases(body *ast.BlockStmt) {
	domain := make([]string, 0, len(body.List)+1)
	for i := range len(body.List) + 1 {
		domain = append(domain, strconv.Itoa(i))
	}
	for i, c := range body.List {
		f.under(fact.If(f.atom(body, "the branch that runs", domain[i], domain...)), func() {
			switch c := c.(type) {
			case *ast.CaseClause:
				f.stmts(c.Body)
			case *ast.CommClause:
				f.stmts(c.Body)
			}
		})
	}
}

// maybe reads code of which nobody knows how often it runs, if at all.
func (f *frame) perhaps(n ast.Node, what string, read func()) {
	f.under(fact.If(f.atom(n, what+" "+f.position(n), "true", truths...)), read)
}

// closure reads the body of a function literal, which may never be called.
func (f *frame) closure(e *ast.FuncLit) {
	inner := &frame{program: f.program, vars: f.vars, instance: f.instance}
	inner.perhaps(e, "function at", func() { inner.stmts(e.Body.List) })
}

func (f *frame) under(when fact.Cond, read func()) {
	outer := f.when
	f.when = outer.And(when)
	read()
	f.when = outer
}

// truths are the values of a condition that is not known.
var truths = []string{"true", "false"}

// atom is a condition of its own: the code at n takes the way that literal names, one of those in the domain. Each call
// of a function has its own.
func (f *frame) atom(n ast.Node, what, literal string, domain ...string) *fact.Atom {
	span := f.span(n)
	return &fact.Atom{
		Subject: f.pass.Fset.Position(n.Pos()).String() + f.instance, Literal: literal, Domain: domain,
		Why: []fact.Missing{{Kind: fact.Expression, Name: what, Span: span}},
	}
}

// position is a place in words: the file without its folders, and the line.
func (p *program) position(n ast.Node) string {
	at := p.pass.Fset.Position(n.Pos())
	return path.Base(strings.ReplaceAll(at.Filename, `\`, "/")) + ":" + strconv.Itoa(at.Line)
}
