package cdkgo

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Bounds of one package: how deep calls are followed, how many expressions are looked at in all, and how many resources
// are made. A function that calls itself is not followed into the second call.
const (
	maxCalls     = 12
	maxSteps     = 200_000
	maxResources = 3_000
	maxSize      = 10_000  // things in one literal
	maxText      = 1 << 16 // bytes in one text
)

// program reads one package. It runs the code in its mind: every function once from where it is called, those that
// nobody calls with parameters that are not known. Branches and loops make what they hold conditional.
type program struct {
	pass    *analysis.Pass
	info    *types.Info
	symbols *symbol.Table
	changes *changes
	decls   map[*types.Func]*ast.FuncDecl
	runs    map[*types.Func]int

	when       fact.Cond     // of the code that is being read
	calls      []*types.Func // that lead to it
	later      bool          // it runs some other time: go and defer
	steps      int
	globals    map[types.Object]*thing
	constructs []*made
	taken      map[string]bool
	open       []fact.Missing
	leaving    leaving
	overrides  []override
	// unordered is set when a dependency is stated of something that is not followed, changedResults when a policy
	// statement is added to after it was made.
	unordered, changedResults bool
}

func read(pass *analysis.Pass) *program {
	p := &program{
		pass: pass, info: pass.TypesInfo, symbols: symbol.NewTable(),
		changes: findChanges(pass.Pkg, pass.TypesInfo, pass.Files),
		decls:   map[*types.Func]*ast.FuncDecl{}, runs: map[*types.Func]int{},
		globals: map[types.Object]*thing{}, taken: map[string]bool{},
	}
	p.leaving = findLeaving(p)
	var order []*types.Func
	called := map[*types.Func]bool{}
	for _, f := range p.files() {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				if fn, ok := p.info.Defs[d.Name].(*types.Func); ok {
					p.decls[fn] = d
					order = append(order, fn)
				}
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if fn := typeutil.StaticCallee(p.info, call); fn != nil {
					called[fn.Origin()] = true
				}
				p.changedResults = p.changedResults || p.extendsStatement(call)
			}
			return true
		})
	}
	p.packageVariables()
	for _, first := range []bool{true, false} { // functions that only call each other come last
		for _, fn := range order {
			if p.runs[fn] == 0 && (!first || !called[fn]) {
				p.run(fn, nil, nil)
			}
		}
	}
	return p
}

// extendsStatement tells the methods that add to a policy statement.
func (p *program) extendsStatement(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(p.info, call).(*types.Func)
	if !ok || fn.Signature().Recv() == nil || !isNamed(fn.Signature().Recv().Type(), cdkPath, "PolicyStatement") {
		return false
	}
	return strings.HasPrefix(fn.Name(), "Add") || strings.HasPrefix(fn.Name(), "Set")
}

// files are those of the package without its tests.
func (p *program) files() []*ast.File {
	var out []*ast.File
	for _, f := range p.pass.Files {
		if !strings.HasSuffix(p.pass.Fset.Position(f.FileStart).Filename, "_test.go") {
			out = append(out, f)
		}
	}
	return out
}

// packageVariables makes the constructs that are declared outside of functions.
func (p *program) packageVariables() {
	for _, init := range p.info.InitOrder {
		if strings.HasSuffix(p.pass.Fset.Position(init.Rhs.Pos()).Filename, "_test.go") {
			continue
		}
		f := &frame{program: p}
		v := f.eval(init.Rhs)
		for i, l := range init.Lhs {
			switch {
			case p.changes.writes[l] != 1 || l.Exported() && p.pass.Pkg.Name() != "main":
			case len(init.Lhs) == 1:
				p.globals[l] = v
			default:
				p.globals[l] = f.resultOf([]ast.Expr{init.Rhs}, []*thing{v}, len(init.Lhs), i)
			}
		}
	}
}

// run follows one call of fn and gives what it returns. Arguments that are nil are not known.
func (p *program) run(fn *types.Func, receiver *thing, args []*thing) *thing {
	d := p.decls[fn]
	f := &frame{program: p, vars: map[types.Object]*thing{}}
	if p.runs[fn]++; p.runs[fn] > 1 {
		f.instance = "#" + strconv.Itoa(p.runs[fn])
	}
	if d.Recv != nil && len(d.Recv.List) > 0 && len(d.Recv.List[0].Names) > 0 && receiver != nil {
		f.bind(d.Recv.List[0].Names[0], receiver)
	}
	if args != nil {
		f.parameters(fn.Signature(), d.Type.Params, args)
	}
	p.calls = append(p.calls, fn)
	f.stmts(d.Body.List)
	p.calls = p.calls[:len(p.calls)-1]
	return f.results(d)
}

// parameters binds arguments; those of a variadic parameter are a list.
func (f *frame) parameters(sig *types.Signature, params *ast.FieldList, args []*thing) {
	i := 0
	for _, field := range params.List {
		for _, name := range field.Names {
			switch {
			case sig.Variadic() && i == sig.Params().Len()-1:
				f.bind(name, &thing{kind: list, items: args[min(i, len(args)):]})
			case i < len(args):
				f.bind(name, args[i])
			}
			i++
		}
		if len(field.Names) == 0 {
			i++
		}
	}
}

func (p *program) span(n ast.Node) source.Span { return source.Span{Pos: n.Pos(), End: n.End()} }

// notFollowed is the thing that e stands for when nobody knows, and why.
func (p *program) notFollowed(e ast.Expr, why string) *thing {
	span := p.span(e)
	return &thing{span: span, missing: fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(e)) + " (" + why + ")", Span: span}}
}

// short is at most the beginning of an expression.
func short(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// spend says whether there is budget for one more step. Without, anything may have been missed.
func (p *program) spend(at ast.Node) bool {
	p.steps++
	if p.steps == maxSteps || len(p.constructs) >= maxResources && len(p.open) == 0 {
		p.miss("the code behind this place, because there is too much of it", at)
	}
	return p.steps < maxSteps && len(p.constructs) < maxResources
}

// miss records that the code may make resources that are not seen.
func (p *program) miss(what string, at ast.Node) {
	p.open = append(p.open, fact.Missing{Kind: fact.Expression, Name: what, Span: p.span(at)})
}
