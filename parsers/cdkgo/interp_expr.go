package cdkgo

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// frame is one call of a function that is being read.
type frame struct {
	*program
	vars    map[types.Object]*val // nil while package variables are read
	returns [][]*val              // the results of each return statement
	// instance tells the calls of one function and the turns of one loop apart. It is empty for the first call.
	instance string
}

// bind gives the variable its value.
func (f *frame) bind(name *ast.Ident, v *val) {
	if obj := f.info.ObjectOf(name); obj != nil && f.vars != nil {
		f.vars[obj] = v
	}
}

// results is what the call returns. A function with several return statements is not followed.
func (f *frame) results(d *ast.FuncDecl) *val {
	switch {
	case len(f.returns) != 1:
		return f.notFollowed(d.Name, "it returns in several places")
	case len(f.returns[0]) == 0:
		return f.notFollowed(d.Name, "its results are variables")
	case len(f.returns[0]) == 1:
		return f.returns[0][0]
	}
	return &val{form: list, items: f.returns[0]}
}

// eval is what e stands for. The calls in e run, so the constructs in it are made.
func (f *frame) eval(e ast.Expr) *val {
	if !f.spend(e) {
		return f.notFollowed(e, "there is too much code")
	}
	if tv := f.info.Types[e]; tv.Value != nil {
		return f.constant(e, tv.Value)
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return f.eval(e.X)
	case *ast.Ident:
		return f.variable(e)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return f.withLateFields(e.X, f.eval(e.X))
		}
		f.eval(e.X)
	case *ast.StarExpr:
		return f.eval(e.X).snapshot()
	case *ast.TypeAssertExpr:
		return f.eval(e.X)
	case *ast.CompositeLit:
		return f.literal(e)
	case *ast.SelectorExpr:
		return f.selector(e)
	case *ast.CallExpr:
		return f.call(e)
	case *ast.IndexExpr:
		return f.index(e)
	case *ast.FuncLit:
		f.closure(e)
	case *ast.BinaryExpr:
		return f.binary(e)
	case *ast.SliceExpr:
		f.eval(e.X)
	}
	return f.notFollowed(e, "it is computed")
}

// binary follows the concatenation of texts and no other operation.
func (f *frame) binary(e *ast.BinaryExpr) *val {
	x, y := f.eval(e.X), f.eval(e.Y)
	areTexts := x.form == text && y.form == text && bare(f.info.TypeOf(e).Underlying()) == "string"
	if e.Op == token.ADD && areTexts && len(x.text)+len(y.text) < maxText {
		return &val{form: text, span: f.span(e), text: x.text + y.text}
	}
	return f.notFollowed(e, "it is computed")
}

// constant is the text of a constant. In a string, whatever looks like a token is escaped.
func (f *frame) constant(e ast.Expr, v constant.Value) *val {
	s := v.ExactString()
	switch v.Kind() {
	case constant.String:
		s = symbol.Escape(constant.StringVal(v))
	case constant.Float:
		n, _ := constant.Float64Val(v)
		s = strconv.FormatFloat(n, 'f', -1, 64)
	}
	return &val{form: text, span: f.span(e), text: s}
}

// variable is the value of a variable that is assigned once.
func (f *frame) variable(e *ast.Ident) *val {
	obj := f.info.ObjectOf(e)
	if _, isNil := obj.(*types.Nil); isNil {
		return &val{form: absent, span: f.span(e)}
	}
	if f.mutations.variables[obj] > 1 {
		return f.notFollowed(e, "it is assigned more than once")
	}
	if v, ok := f.vars[obj]; ok {
		return v.movedTo(f.span(e))
	}
	if v, ok := f.globals[obj]; ok {
		return v.movedTo(f.span(e))
	}
	return f.notFollowed(e, "its value comes from elsewhere")
}

// movedTo is v for an expression at another place. An unknown value stays where it became unknown.
func (v *val) movedTo(at source.Span) *val {
	if v.form == unknown {
		return v
	}
	moved := *v
	moved.span = at
	return &moved
}

// selector is the value of a field, or of a variable of another package. It steps through embedded structs.
func (f *frame) selector(e *ast.SelectorExpr) *val {
	s := f.info.Selections[e]
	if s == nil { // a variable of another package
		return f.variable(e.Sel)
	}
	on := f.eval(e.X)
	v, ok := s.Obj().(*types.Var)
	if !ok { // a method as a value
		share(on)
		return f.notFollowed(e, "it is computed")
	}
	if f.mutations.fields[v] && (on.late == nil || len(s.Index()) != 1) {
		return f.notFollowed(e, "it is assigned afterwards")
	}
	return f.path(on, s, len(s.Index()), e)
}

// path steps from v into the first n fields of the selection.
func (f *frame) path(v *val, s *types.Selection, n int, e ast.Expr) *val {
	at := s.Recv()
	for _, i := range s.Index()[:n] {
		u, ok := deref(at).Underlying().(*types.Struct)
		if !ok {
			return f.notFollowed(e, "its value comes from elsewhere")
		}
		at = u.Field(i).Type()
		if v.form == owned && u.Field(i).Embedded() { // a type that extends a construct stands for that construct
			continue
		}
		if v.form != structure {
			if v.form == unknown {
				return v
			}
			return f.notFollowed(e, "its value comes from elsewhere")
		}
		v = v.get(u.Field(i).Name())
	}
	return v.movedTo(f.span(e))
}

// index is the entry of a map or the item of a list under a constant index.
func (f *frame) index(e *ast.IndexExpr) *val {
	base, i := f.eval(e.X), f.eval(e.Index)
	switch {
	case base.form == unknown:
		return base
	case i.form == text && base.form == structure:
		return base.get(i.text)
	case i.form == text && base.form == list:
		if n, err := strconv.Atoi(i.text); err == nil && n >= 0 && n < len(base.items) {
			return base.items[n]
		}
	}
	return f.notFollowed(e, "it is computed")
}

// deref is what the pointer type t points at, or t itself where it is no pointer.
func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}
