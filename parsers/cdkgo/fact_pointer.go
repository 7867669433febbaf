package cdkgo

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// pointerFact says of a function that it returns a pointer to a copy of its only parameter: aws.Bool, ptr.To and their
// like, which people use in place of the helpers of jsii.
type pointerFact struct{}

// AFact marks pointerFact as a fact of go/analysis.
func (*pointerFact) AFact() {}

func (*pointerFact) String() string { return "makes a pointer" }

// exportPointers tells other packages of such functions. It is the only thing that is read of packages without CDK.
func exportPointerFacts(pass *analysis.Pass) {
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok || d.Recv != nil || d.Body == nil || !d.Name.IsExported() || len(d.Body.List) != 1 {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[d.Name].(*types.Func); ok && fn.Signature().Params().Len() == 1 && !fn.Signature().Variadic() && returnsPointer(pass, d, fn) {
				pass.ExportObjectFact(fn, &pointerFact{})
			}
		}
	}
}

// returnsPointer says that the body is "return &v", or "return ptr.Bool(v)" with another such function.
func returnsPointer(pass *analysis.Pass, d *ast.FuncDecl, fn *types.Func) bool {
	ret, ok := d.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	isParameter := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && pass.TypesInfo.ObjectOf(id) == fn.Signature().Params().At(0)
	}
	switch e := ast.Unparen(ret.Results[0]).(type) {
	case *ast.UnaryExpr:
		return e.Op == token.AND && isParameter(e.X)
	case *ast.CallExpr:
		other := typeutil.StaticCallee(pass.TypesInfo, e)
		return other != nil && len(e.Args) == 1 && isParameter(e.Args[0]) && pass.ImportObjectFact(other.Origin(), &pointerFact{})
	}
	return false
}

// pointer is what the call of such a function gives. Where the package writes through pointers of the type, nobody knows.
func (f *frame) pointer(call *ast.CallExpr, to *val) *val {
	if f.mutations.types[bare(f.info.TypeOf(call))] {
		return f.notFollowed(call, "it is changed afterwards")
	}
	return to.snapshot().movedTo(f.span(call))
}
