package cdkgo

import (
	"go/ast"
	"go/types"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// vpcFact says of a function of another package that it returns an awsec2.Vpc of this layout, which that package gives
// to nobody else. It may add findings and is never needed: without it the VPC is not known.
type vpcFact struct {
	Spec vpcSpec
	ID   string // the construct's id, where it is constant
}

// AFact marks vpcFact as a fact of go/analysis.
func (*vpcFact) AFact() {}

func (*vpcFact) String() string { return "makes a VPC" }

// exportFacts tells other packages of the exported functions that do nothing but return a new VPC.
func (p *program) exportVPCFacts() {
	for fn, d := range p.decls {
		if !fn.Exported() || fn.Signature().Recv() != nil || len(d.Body.List) != 1 {
			continue
		}
		ret, ok := d.Body.List[0].(*ast.ReturnStmt)
		if !ok || len(ret.Results) != 1 {
			continue
		}
		call, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr)
		if !ok || len(call.Args) != 3 {
			continue
		}
		made, ok := p.constructorCalled(call)
		if !ok || made != "awsec2.Vpc" {
			continue
		}
		// A program of its own, so that nothing of this reading becomes a construct of the package.
		apart := &program{pass: p.pass, info: p.info, symbols: p.symbols, mutations: p.mutations, decls: nil, timesRun: map[*types.Func]int{}, globals: p.globals, addresses: map[string]bool{}}
		f := &frame{program: apart, vars: map[types.Object]*val{}}
		id, spec := f.eval(call.Args[1]), specOf(f.eval(call.Args[2]))
		if spec.Why == "" {
			p.pass.ExportObjectFact(fn, &vpcFact{spec, id.text})
		}
	}
}

// calleeOf is what the call constructs, such as "awsec2.Vpc".
func (p *program) constructorCalled(call *ast.CallExpr) (string, bool) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	fn, ok := p.info.Uses[sel.Sel].(*types.Func)
	if !ok || !cdkPath.MatchString(fn.Pkg().Path()) {
		return "", false
	}
	name, ok := constructorName(fn)
	return moduleOf(fn.Pkg()) + "." + name, ok
}

// vpcOfFact makes the VPC that the called function returns. What else its package adds to it is not seen.
func (f *frame) vpcOfFact(call *ast.CallExpr, fn *types.Func, found *vpcFact, args []*val) *val {
	scope := nothing
	if len(args) > 0 {
		scope = args[0]
	}
	c := f.newConstruct(scope, &val{kind: text, text: found.ID}, "awsec2.Vpc", f.span(call))
	f.layOutVPC(c, found.Spec, nothing)
	f.exports.resources = append(f.exports.resources, exported{c.address, fact.Missing{Kind: fact.Export, Name: fn.FullName(), Span: c.span}})
	return c.val(c.span)
}
