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
	vars    map[types.Object]*thing
	returns [][]*thing
	// instance tells the calls of one function apart; it is empty for the first.
	instance string
}

func (f *frame) bind(name *ast.Ident, t *thing) {
	if obj := f.info.ObjectOf(name); obj != nil && f.vars != nil {
		f.vars[obj] = t
	}
}

// results is what the call returns: what its only return statement says.
func (f *frame) results(d *ast.FuncDecl) *thing {
	switch {
	case len(f.returns) != 1:
		return f.notFollowed(d.Name, "it returns in several places")
	case len(f.returns[0]) == 0:
		return f.notFollowed(d.Name, "its results are variables")
	case len(f.returns[0]) == 1:
		return f.returns[0][0]
	}
	return &thing{kind: list, items: f.returns[0]}
}

// eval says what e stands for, and makes the constructs on the way.
func (f *frame) eval(e ast.Expr) *thing {
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
			return f.newObject(e.X, f.eval(e.X))
		}
		f.eval(e.X)
	case *ast.StarExpr:
		return f.eval(e.X).settled()
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
		x, y := f.eval(e.X), f.eval(e.Y)
		if e.Op == token.ADD && x.kind == text && y.kind == text && len(x.text)+len(y.text) < maxText && bare(f.info.TypeOf(e).Underlying()) == "string" {
			return &thing{kind: text, span: f.span(e), text: x.text + y.text}
		}
	case *ast.SliceExpr:
		f.eval(e.X)
	}
	return f.notFollowed(e, "it is computed")
}

func (f *frame) constant(e ast.Expr, v constant.Value) *thing {
	s := v.ExactString()
	switch v.Kind() {
	case constant.String:
		s = symbol.Escape(constant.StringVal(v))
	case constant.Float:
		n, _ := constant.Float64Val(v)
		s = strconv.FormatFloat(n, 'f', -1, 64)
	}
	return &thing{kind: text, span: f.span(e), text: s}
}

func (f *frame) variable(e *ast.Ident) *thing {
	obj := f.info.ObjectOf(e)
	if _, isNil := obj.(*types.Nil); isNil {
		return &thing{kind: absent, span: f.span(e)}
	}
	if f.changes.writes[obj] > 1 {
		return f.notFollowed(e, "it is assigned more than once")
	}
	if t, ok := f.vars[obj]; ok {
		return t.from(f.span(e))
	}
	if t, ok := f.globals[obj]; ok {
		return t.from(f.span(e))
	}
	return f.notFollowed(e, "its value comes from elsewhere")
}

// from is t as it is named at another place.
func (t *thing) from(at source.Span) *thing {
	if t.kind == unknown {
		return t
	}
	moved := *t
	moved.span = at
	return &moved
}

// literal reads a composite literal. Fields that are assigned to afterwards are not followed, written or not.
func (f *frame) literal(e *ast.CompositeLit) *thing {
	t := f.info.TypeOf(e)
	changed := f.changes.literals[e]
	out := &thing{span: f.span(e), typ: t}
	switch u := deref(t).Underlying().(type) {
	case *types.Struct:
		out.kind = structure
		f.structFields(e, u, changed, out)
	case *types.Map:
		out.kind = structure
		for _, el := range e.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				key, v := f.eval(kv.Key), f.eval(kv.Value)
				if key.kind != text {
					changed = map[string]bool{"*": true}
				}
				out.fields = append(out.fields, field{key.text, f.span(kv.Key), v})
			}
		}
	default:
		out.kind = list
		for _, el := range e.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				f.eval(kv.Value)
				changed = map[string]bool{"*": true}
				continue
			}
			out.items = append(out.items, f.eval(el))
		}
	}
	if changed["*"] || f.changes.whole[bare(t)] {
		return f.notFollowed(e, "it is changed afterwards")
	}
	return f.sized(e, out)
}

// sized is t, unless it holds too much: a list of one and the same list twice, and so on, doubles with every line.
func (f *frame) sized(e ast.Expr, t *thing) *thing {
	t.size = 1
	for _, it := range t.items {
		t.size += max(it.size, 1)
	}
	for _, it := range t.fields {
		t.size += max(it.value.size, 1)
	}
	if t.size > maxSize {
		return f.notFollowed(e, "it holds too much")
	}
	return t
}

func (f *frame) structFields(e *ast.CompositeLit, s *types.Struct, changed map[string]bool, out *thing) {
	written := map[string]bool{}
	for i, el := range e.Elts {
		key, content := s.Field(min(i, s.NumFields()-1)).Name(), el
		place := f.span(el)
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			key, content, place = kv.Key.(*ast.Ident).Name, kv.Value, f.span(kv.Key)
		}
		v := f.eval(content)
		written[key] = true
		out.fields = append(out.fields, field{key, place, v})
	}
	for v := range s.Fields() {
		if !changed[v.Name()] && !f.changes.fields[v] {
			continue
		}
		later := f.notFollowed(e, "its "+v.Name()+" is assigned afterwards")
		if !written[v.Name()] {
			out.fields = append(out.fields, field{v.Name(), f.span(e), later})
		}
		for i := range out.fields {
			if out.fields[i].name == v.Name() {
				out.fields[i].value = later
			}
		}
	}
}

// selector reads a field; what is embedded on the way to it is stepped through.
func (f *frame) selector(e *ast.SelectorExpr) *thing {
	s := f.info.Selections[e]
	if s == nil { // a variable of another package
		return f.variable(e.Sel)
	}
	on := f.eval(e.X)
	v, ok := s.Obj().(*types.Var)
	if !ok { // a method as a value
		lose(on)
		return f.notFollowed(e, "it is computed")
	}
	if f.changes.fields[v] && (on.cells == nil || len(s.Index()) != 1) {
		return f.notFollowed(e, "it is assigned afterwards")
	}
	return f.path(on, s, len(s.Index()), e)
}

// path steps from t into the first n fields of the selection.
func (f *frame) path(t *thing, s *types.Selection, n int, e ast.Expr) *thing {
	at := s.Recv()
	for _, i := range s.Index()[:n] {
		u, ok := deref(at).Underlying().(*types.Struct)
		if !ok {
			return f.notFollowed(e, "its value comes from elsewhere")
		}
		at = u.Field(i).Type()
		if t.kind == construct && u.Field(i).Embedded() { // a construct of one's own holds the one that it extends
			continue
		}
		if t.kind != structure {
			if t.kind == unknown {
				return t
			}
			return f.notFollowed(e, "its value comes from elsewhere")
		}
		t = t.get(u.Field(i).Name())
	}
	return t.from(f.span(e))
}

func (f *frame) index(e *ast.IndexExpr) *thing {
	base, i := f.eval(e.X), f.eval(e.Index)
	switch {
	case base.kind == unknown:
		return base
	case i.kind == text && base.kind == structure:
		return base.get(i.text)
	case i.kind == text && base.kind == list:
		if n, err := strconv.Atoi(i.text); err == nil && n >= 0 && n < len(base.items) {
			return base.items[n]
		}
	}
	return f.notFollowed(e, "it is computed")
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}
