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

// stmts reads statements that run one after the other.
func (f *frame) stmts(list []ast.Stmt) {
	for _, s := range list {
		if !f.spend(s) {
			return
		}
		f.stmt(s)
	}
}

// stmt reads a statement. A statement that runs under a condition, or more than once, is read under a condition of its
// own.
func (f *frame) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		f.eval(s.X)
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.DeclStmt:
		f.declare(s.Decl)
	case *ast.ReturnStmt:
		f.returns = append(f.returns, f.evalAll(s.Results))
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

// evalAll evaluates the expressions in order. It is nil without any.
func (f *frame) evalAll(list []ast.Expr) []*val {
	var out []*val
	for _, e := range list {
		out = append(out, f.eval(e))
	}
	return out
}

// evalDeferred reads a call that runs at some other time.
func (f *frame) evalDeferred(call *ast.CallExpr) {
	outer := f.deferred
	f.deferred = true
	f.eval(call)
	f.deferred = outer
}

// assign binds variables and stores into fields. Any other left side is in mutations, so its readers know nothing.
func (f *frame) assign(s *ast.AssignStmt) {
	values := f.evalAll(s.Rhs)
	for i, l := range s.Lhs {
		v := f.resultOf(s.Rhs, values, len(s.Lhs), i)
		if id, ok := l.(*ast.Ident); ok && s.Tok != token.ADD_ASSIGN {
			f.bind(id, v)
		} else if field, ok := ast.Unparen(l).(*ast.SelectorExpr); ok {
			f.store(field, v)
		}
	}
}

// resultOf is what the i-th of n variables gets from the expressions of. Either each has one of its own, or the only
// expression is a call with n results.
func (f *frame) resultOf(of []ast.Expr, values []*val, n, i int) *val {
	if len(values) == n {
		return values[i]
	}
	if _, isCall := ast.Unparen(of[0]).(*ast.CallExpr); isCall && values[0].form == list && i < len(values[0].items) {
		return values[0].items[i]
	}
	return f.notFollowed(of[0], "it has several results")
}

// declare binds the variables of a var declaration. One without a value is not followed.
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
		values := f.evalAll(v.Values)
		for i, name := range v.Names {
			if len(values) > 0 {
				f.bind(name, f.resultOf(v.Values, values, len(v.Names), i))
			} else {
				f.bind(name, f.notFollowed(name, "it is declared without a value"))
			}
		}
	}
}

// ifStmt reads only the branch that runs where the condition is constant, and otherwise each under the condition.
func (f *frame) ifStmt(s *ast.IfStmt) {
	f.stmtIfAny(s.Init)
	condition := f.eval(s.Cond)
	if condition.form == text {
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

// maxTurns is the length of the longest list whose loop is followed turn by turn.
const maxTurns = 16

// rangeStmt follows a loop over a short list turn by turn, if nothing ends a turn early. Of any other loop the body is
// read once, under a condition.
func (f *frame) rangeStmt(s *ast.RangeStmt) {
	over := f.eval(s.X)
	bind := func(e ast.Expr, v *val) {
		if id, ok := e.(*ast.Ident); ok {
			f.bind(id, v)
		}
	}
	if over.form != list || len(over.items) > maxTurns || jumps(s.Body) {
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
		bind(s.Key, &val{form: text, span: f.span(s), text: strconv.Itoa(i)})
		bind(s.Value, item)
		f.stmts(s.Body.List)
	}
	f.instance = outer
}

// jumps says whether any statement leaves the body before its end.
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

// cases reads the branches of a switch. One of them runs, or none.
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

// perhaps reads code that may run any number of times. It is read once, under the condition that it runs at all.
func (f *frame) perhaps(n ast.Node, what string, read func()) {
	f.under(fact.If(f.atom(n, what+" "+f.position(n), "true", truths...)), read)
}

// closure reads the body of a function literal, which may never be called.
func (f *frame) closure(e *ast.FuncLit) {
	inner := &frame{program: f.program, vars: f.vars, instance: f.instance}
	inner.perhaps(e, "function at", func() { inner.stmts(e.Body.List) })
}

// under has read run under one more condition.
func (f *frame) under(when fact.Cond, read func()) {
	outer := f.when
	f.when = outer.And(when)
	f.nested++
	read()
	f.nested--
	f.when = outer
}

// truths are the values that a condition may have.
var truths = []string{"true", "false"}

// atom is the condition that the code at n takes the way named literal, one of those in the domain. Each call of a
// function has conditions of its own. A message calls the condition by what.
func (f *frame) atom(n ast.Node, what, literal string, domain ...string) *fact.Atom {
	span := f.span(n)
	return &fact.Atom{
		Subject: f.pass.Fset.Position(n.Pos()).String() + f.instance, Literal: literal, Domain: domain,
		Why: []fact.Missing{{Kind: fact.Expression, Name: what, Span: span}},
	}
}

// position is where n begins, for a message: the file without its folders, and the line.
func (p *program) position(n ast.Node) string {
	at := p.pass.Fset.Position(n.Pos())
	return path.Base(strings.ReplaceAll(at.Filename, `\`, "/")) + ":" + strconv.Itoa(at.Line)
}
