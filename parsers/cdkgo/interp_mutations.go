package cdkgo

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// changes is what the package assigns to, found before anything is followed: a thing that may be assigned to later, by
// whatever way, is not followed, so the order of execution does not matter.
type changes struct {
	pkg  *types.Package
	info *types.Info
	// writes counts the assignments to each variable, its declaration included.
	writes map[types.Object]int
	// fields are the struct fields that are assigned to through something other than a variable's own literal.
	fields map[*types.Var]bool
	// assigned counts the places that assign to a struct field, by whatever way.
	assigned map[*types.Var]int
	// literals are the fields that are assigned to of a literal that a variable holds; "*" is all of it.
	literals map[*ast.CompositeLit]map[string]bool
	// whole are the types of which a value is overwritten, or an element is.
	whole map[string]bool
	// initial is the literal that a variable is declared with.
	initial map[types.Object]*ast.CompositeLit
}

func findChanges(pkg *types.Package, info *types.Info, files []*ast.File) *changes {
	c := &changes{
		pkg: pkg, info: info,
		writes: map[types.Object]int{}, fields: map[*types.Var]bool{}, assigned: map[*types.Var]int{}, whole: map[string]bool{},
		literals: map[*ast.CompositeLit]map[string]bool{}, initial: map[types.Object]*ast.CompositeLit{},
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool { c.declared(n); return true })
	}
	for _, f := range files {
		ast.PreorderStack(f, nil, func(n ast.Node, stack []ast.Node) bool { c.changed(n, stack); return true })
	}
	return c
}

func (c *changes) declared(n ast.Node) {
	pair := func(name *ast.Ident, e ast.Expr) {
		if lit := literalOf(e); lit != nil {
			c.initial[c.info.ObjectOf(name)] = lit
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			if id, ok := l.(*ast.Ident); ok && len(n.Lhs) == len(n.Rhs) && n.Tok == token.DEFINE {
				pair(id, n.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			c.writes[c.info.ObjectOf(name)]++
			if len(n.Names) == len(n.Values) {
				pair(name, n.Values[i])
			}
		}
	case *ast.FuncType:
		for _, params := range []*ast.FieldList{n.Params, n.Results} {
			if params != nil {
				c.parameters(params)
			}
		}
	case *ast.FuncDecl:
		if n.Recv != nil {
			c.parameters(n.Recv)
		}
	}
}

func (c *changes) parameters(l *ast.FieldList) {
	for _, f := range l.List {
		for _, name := range f.Names {
			c.writes[c.info.ObjectOf(name)]++
		}
	}
}

func (c *changes) changed(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, l := range n.Lhs {
			c.assign(l)
		}
	case *ast.RangeStmt:
		for _, e := range []ast.Expr{n.Key, n.Value} {
			if e != nil {
				c.assign(e)
			}
			if e != nil && n.Tok == token.ASSIGN {
				c.assign(e) // every time around
			}
		}
	case *ast.IncDecStmt:
		c.assign(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND && !c.isRead(stack) {
			c.pointed(n.X)
		}
	case *ast.CallExpr:
		c.given(n)
	}
}

// isRead tells an address that is taken to be read: an argument of the CDK, a field of a literal, or a result.
func (c *changes) isRead(stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	switch parent := stack[len(stack)-1].(type) {
	case *ast.KeyValueExpr, *ast.ReturnStmt:
		return true
	case *ast.CallExpr:
		fn, _ := typeutil.Callee(c.info, parent).(*types.Func)
		return fn != nil && isCDK(fn.Pkg())
	}
	return false
}

// given marks the literals that a variable gives to code outside this package, which may change them.
func (c *changes) given(call *ast.CallExpr) {
	if !c.leaves(call) {
		return
	}
	for _, arg := range call.Args {
		if lit := c.own(arg); lit != nil {
			c.mark(lit, "*")
		}
	}
}

// leaves says whether the call hands its arguments to code that is neither of this package, nor of the CDK, nor known to
// leave them alone.
func (c *changes) leaves(call *ast.CallExpr) bool {
	if tv := c.info.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return false
	}
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	if !ok {
		return true
	}
	return fn.Pkg() != nil && fn.Pkg() != c.pkg && !isCDK(fn.Pkg()) && !isHarmless(fn.Pkg().Path())
}

func (c *changes) mark(lit *ast.CompositeLit, field string) {
	if c.literals[lit] == nil {
		c.literals[lit] = map[string]bool{}
	}
	c.literals[lit][field] = true
}

// assign notes one assignment to e.
func (c *changes) assign(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if obj := c.info.ObjectOf(e); obj != nil {
			c.writes[obj]++
		}
	case *ast.SelectorExpr:
		if s := c.info.Selections[e]; s != nil {
			v, ok := s.Obj().(*types.Var)
			if ok {
				c.assigned[v]++
			}
			if lit := c.own(e.X); lit != nil && len(s.Index()) == 1 {
				c.mark(lit, s.Obj().Name())
			} else if ok {
				c.fields[v] = true
			}
		} else if obj := c.info.ObjectOf(e.Sel); obj != nil {
			c.writes[obj]++
		}
	case *ast.IndexExpr:
		if lit := c.own(e.X); lit != nil {
			c.mark(lit, "*")
		} else {
			c.overwritten(c.info.TypeOf(e.X))
		}
	case *ast.StarExpr:
		c.overwritten(c.info.TypeOf(e))
	}
}

// pointed notes that the address of e goes where it may be assigned through, any number of times.
func (c *changes) pointed(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		c.writes[c.info.ObjectOf(e)]++
	case *ast.SelectorExpr, *ast.IndexExpr:
		c.assign(e)
		c.assign(e)
	}
}

func (c *changes) overwritten(t types.Type) {
	if t != nil {
		c.whole[bare(t)] = true
	}
}

// own is the literal that e names by a variable which is assigned once.
func (c *changes) own(e ast.Expr) *ast.CompositeLit {
	if star, ok := ast.Unparen(e).(*ast.StarExpr); ok {
		e = star.X
	}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		return c.initial[c.info.ObjectOf(id)]
	}
	return nil
}

// literalOf is the composite literal that e is, or points at.
func literalOf(e ast.Expr) *ast.CompositeLit {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	lit, _ := ast.Unparen(e).(*ast.CompositeLit)
	return lit
}

// bare names the type without pointers.
func bare(t types.Type) string { return strings.TrimLeft(types.TypeString(t, nil), "*") }

// isHarmless tells packages of Go itself that only look at what they are given.
func isHarmless(path string) bool {
	switch path {
	case "fmt", "log", "log/slog", "errors", "testing":
		return true
	}
	return false
}
