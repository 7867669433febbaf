package cdkgo

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// pointerFact says of a function that it returns a pointer to a copy of its only parameter. People use functions such
// as aws.Bool and ptr.To in place of the helpers of jsii.
type pointerFact struct{}

// AFact marks pointerFact as a fact of go/analysis.
func (*pointerFact) AFact() {}

func (*pointerFact) String() string { return "makes a pointer" }

// exportPointerFacts tells other packages of such functions. Nothing else is read of packages that do not use CDK.
func exportPointerFacts(pass *analysis.Pass) {
	for _, f := range pass.Files {
		for _, d := range f.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok || d.Recv != nil || d.Body == nil || !d.Name.IsExported() {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[d.Name].(*types.Func); ok && returnsPointer(pass, d, fn.Signature()) {
				pass.ExportObjectFact(fn, &pointerFact{})
			}
		}
	}
}

// returnsPointer says whether the body is "return &v", or "return ptr.Bool(v)" with another such function.
func returnsPointer(pass *analysis.Pass, d *ast.FuncDecl, sig *types.Signature) bool {
	if sig.Params().Len() != 1 || sig.Variadic() {
		return false
	}
	isParameter := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && pass.TypesInfo.ObjectOf(id) == sig.Params().At(0)
	}
	switch e := onlyResult(d).(type) {
	case *ast.UnaryExpr:
		return e.Op == token.AND && isParameter(e.X)
	case *ast.CallExpr:
		other := typeutil.StaticCallee(pass.TypesInfo, e)
		return other != nil && len(e.Args) == 1 && isParameter(e.Args[0]) &&
			pass.ImportObjectFact(other.Origin(), &pointerFact{})
	}
	return false
}

// pointer is what the call of such a function gives. It is unknown where the package writes through any pointer of that
// type.
func (f *frame) pointer(call *ast.CallExpr, to *val) *val {
	if f.mutations.types[bare(f.info.TypeOf(call))] {
		return f.notFollowed(call, "it is changed afterwards")
	}
	return to.snapshot().movedTo(f.span(call))
}
