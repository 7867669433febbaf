package cdkgo

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// mutations is everything that the package assigns to, found before any code is followed. A value that may be assigned
// to later is not followed, so the order of execution does not matter.
type mutations struct {
	pkg  *types.Package
	info *types.Info
	// variables counts the assignments to each variable, including its declaration.
	variables map[types.Object]int
	// fields are the struct fields that are assigned to, unless it is through a variable whose literal is known.
	fields map[*types.Var]bool
	// fieldWrites counts the places that assign to a struct field in any way.
	fieldWrites map[*types.Var]int
	// literalFields are the fields that are assigned to through the variable that holds a literal. "*" stands for all.
	literalFields map[*ast.CompositeLit]map[string]bool
	// types has the types with any value that is overwritten, as a whole or in an element. They are named by bare.
	types map[string]bool
	// initial is the literal that a variable is declared with.
	initial map[types.Object]*ast.CompositeLit
}

// findMutations looks through all code of the package, tests included.
func findMutations(pkg *types.Package, info *types.Info, files []*ast.File) *mutations {
	m := &mutations{
		pkg: pkg, info: info,
		variables: map[types.Object]int{}, fields: map[*types.Var]bool{}, fieldWrites: map[*types.Var]int{},
		literalFields: map[*ast.CompositeLit]map[string]bool{}, types: map[string]bool{},
		initial: map[types.Object]*ast.CompositeLit{},
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool { m.noteDeclaration(n); return true })
	}
	for _, f := range files {
		ast.PreorderStack(f, nil, func(n ast.Node, stack []ast.Node) bool { m.noteWrite(n, stack); return true })
	}
	return m
}

// noteDeclaration notes the literals that variables are declared with, and one assignment for each declaration that is
// no assignment statement: of a var, a parameter, a result or a receiver.
func (m *mutations) noteDeclaration(n ast.Node) {
	pair := func(name *ast.Ident, e ast.Expr) {
		if lit := literalOf(e); lit != nil {
			m.initial[m.info.ObjectOf(name)] = lit
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
			m.variables[m.info.ObjectOf(name)]++
			if len(n.Names) == len(n.Values) {
				pair(name, n.Values[i])
			}
		}
	case *ast.FuncType:
		for _, params := range []*ast.FieldList{n.Params, n.Results} {
			if params != nil {
				m.noteParameters(params)
			}
		}
	case *ast.FuncDecl:
		if n.Recv != nil {
			m.noteParameters(n.Recv)
		}
	}
}

func (m *mutations) noteParameters(l *ast.FieldList) {
	for _, f := range l.List {
		for _, name := range f.Names {
			m.variables[m.info.ObjectOf(name)]++
		}
	}
}

// noteWrite notes what the node assigns to, or lets others assign to. The stack holds the nodes around it.
func (m *mutations) noteWrite(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, l := range n.Lhs {
			m.noteAssignment(l)
		}
	case *ast.RangeStmt:
		for _, e := range []ast.Expr{n.Key, n.Value} {
			if e != nil {
				m.noteAssignment(e)
			}
			if e != nil && n.Tok == token.ASSIGN { // a variable of its own would be new in every turn
				m.noteAssignment(e)
			}
		}
	case *ast.IncDecStmt:
		m.noteAssignment(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND && !m.isOnlyRead(stack) {
			m.noteAddress(n.X)
		}
	case *ast.CallExpr:
		m.noteArguments(n)
	}
}

// isOnlyRead says whether an address is taken for reading: as an argument of the CDK, a field of a literal, or a
// result.
func (m *mutations) isOnlyRead(stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	switch parent := stack[len(stack)-1].(type) {
	case *ast.KeyValueExpr, *ast.ReturnStmt:
		return true
	case *ast.CallExpr:
		fn, _ := typeutil.Callee(m.info, parent).(*types.Func)
		return fn != nil && isCDK(fn.Pkg())
	}
	return false
}

// noteArguments marks the literals that a call hands to code outside this package, which may change them.
func (m *mutations) noteArguments(call *ast.CallExpr) {
	if !m.leavesPackage(call) {
		return
	}
	for _, arg := range call.Args {
		if lit := m.literalIn(arg); lit != nil {
			m.markLiteral(lit, "*")
		}
	}
}

// leavesPackage says whether the call hands its arguments to code that may keep or change them: not that of this
// package or of the CDK, and not that of the packages in isHarmless.
func (m *mutations) leavesPackage(call *ast.CallExpr) bool {
	if tv := m.info.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return false
	}
	fn, ok := typeutil.Callee(m.info, call).(*types.Func)
	if !ok {
		return true
	}
	return fn.Pkg() != nil && fn.Pkg() != m.pkg && !isCDK(fn.Pkg()) && !isHarmless(fn.Pkg().Path())
}

// markLiteral notes that a field of the literal is assigned to, or all of it with "*".
func (m *mutations) markLiteral(lit *ast.CompositeLit, field string) {
	if m.literalFields[lit] == nil {
		m.literalFields[lit] = map[string]bool{}
	}
	m.literalFields[lit][field] = true
}

// noteAssignment notes one assignment to e.
func (m *mutations) noteAssignment(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if obj := m.info.ObjectOf(e); obj != nil {
			m.variables[obj]++
		}
	case *ast.SelectorExpr:
		if s := m.info.Selections[e]; s != nil {
			v, ok := s.Obj().(*types.Var)
			if ok {
				m.fieldWrites[v]++
			}
			if lit := m.literalIn(e.X); lit != nil && len(s.Index()) == 1 {
				m.markLiteral(lit, s.Obj().Name())
			} else if ok {
				m.fields[v] = true
			}
		} else if obj := m.info.ObjectOf(e.Sel); obj != nil {
			m.variables[obj]++
		}
	case *ast.IndexExpr:
		if lit := m.literalIn(e.X); lit != nil {
			m.markLiteral(lit, "*")
		} else {
			m.markType(m.info.TypeOf(e.X))
		}
	case *ast.StarExpr:
		m.markType(m.info.TypeOf(e))
	}
}

// noteAddress notes that the address of e goes where e may be assigned to through it, any number of times.
func (m *mutations) noteAddress(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		m.variables[m.info.ObjectOf(e)]++
	case *ast.SelectorExpr, *ast.IndexExpr:
		m.noteAssignment(e)
		m.noteAssignment(e)
	}
}

// markType notes that a value of the type is overwritten.
func (m *mutations) markType(t types.Type) {
	if t != nil {
		m.types[bare(t)] = true
	}
}

// literalIn is the literal in the variable that e names, or nil.
func (m *mutations) literalIn(e ast.Expr) *ast.CompositeLit {
	if star, ok := ast.Unparen(e).(*ast.StarExpr); ok {
		e = star.X
	}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		return m.initial[m.info.ObjectOf(id)]
	}
	return nil
}

// literalOf is the composite literal that e is, or whose address it takes. Otherwise it is nil.
func literalOf(e ast.Expr) *ast.CompositeLit {
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	lit, _ := ast.Unparen(e).(*ast.CompositeLit)
	return lit
}

// bare is the full name of the type without pointers.
func bare(t types.Type) string { return strings.TrimLeft(types.TypeString(t, nil), "*") }

// isHarmless lists packages of Go itself that only read their arguments.
func isHarmless(path string) bool {
	switch path {
	case "fmt", "log", "log/slog", "errors", "testing":
		return true
	}
	return false
}
