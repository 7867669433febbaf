package cdkgo

import (
	"go/ast"
	"go/types"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// vpcFact says of a function of another package that it returns an awsec2.Vpc of this layout. It may add findings and
// is never needed: without the fact the VPC is unknown.
type vpcFact struct {
	Spec vpcSpec
	ID   string // the construct's id, where it is constant
}

// AFact marks vpcFact as a fact of go/analysis.
func (*vpcFact) AFact() {}

func (*vpcFact) String() string { return "makes a VPC" }

// exportVPCFacts tells other packages of the exported functions that do nothing but return a new VPC.
func (p *program) exportVPCFacts() {
	for fn, d := range p.decls {
		if !fn.Exported() || fn.Signature().Recv() != nil {
			continue
		}
		call, ok := onlyResult(d).(*ast.CallExpr)
		if !ok || len(call.Args) != 3 || p.constructorCalled(call) != "awsec2.Vpc" {
			continue
		}
		if id, spec := p.readApart(call.Args[1], call.Args[2]); spec.Why == "" {
			p.pass.ExportObjectFact(fn, &vpcFact{spec, id})
		}
	}
}

// onlyResult is the expression that a function returns in its only statement, or nil.
func onlyResult(d *ast.FuncDecl) ast.Expr {
	if len(d.Body.List) != 1 {
		return nil
	}
	ret, ok := d.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return nil
	}
	return ast.Unparen(ret.Results[0])
}

// readApart reads the id and the props of a VPC in a program of their own, so that nothing in them becomes a
// construct of the package.
func (p *program) readApart(id, props ast.Expr) (string, vpcSpec) {
	apart := &program{
		pass: p.pass, info: p.info, symbols: p.symbols, mutations: p.mutations, globals: p.globals,
		timesRun: map[*types.Func]int{}, addresses: map[string]bool{},
	}
	f := &frame{program: apart, vars: map[types.Object]*val{}}
	name := f.eval(id).text
	return name, specOf(f.eval(props))
}

// constructorCalled is the type that the call constructs, such as "awsec2.Vpc", or "".
func (p *program) constructorCalled(call *ast.CallExpr) string {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	fn, ok := p.info.Uses[sel.Sel].(*types.Func)
	if !ok || !cdkPath.MatchString(fn.Pkg().Path()) {
		return ""
	}
	name, ok := constructorName(fn)
	if !ok {
		return ""
	}
	return moduleOf(fn.Pkg()) + "." + name
}

// vpcOfFact makes the VPC that the called function returns. The function's package may add more to it that is not seen.
func (f *frame) vpcOfFact(call *ast.CallExpr, fn *types.Func, found *vpcFact, args []*val) *val {
	scope := nothing
	if len(args) > 0 {
		scope = args[0]
	}
	c := f.newConstruct(scope, &val{form: text, text: found.ID}, "awsec2.Vpc", f.span(call))
	f.layOutVPC(c, found.Spec, nothing)
	f.exports.leaveOpen(c.address, fact.Missing{Kind: fact.Export, Name: fn.FullName(), Span: c.span})
	return c.val(c.span)
}
