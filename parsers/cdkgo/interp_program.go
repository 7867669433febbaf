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
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Bounds of the reading of one package. A function that calls itself is not followed into the second call.
const (
	maxCalls     = 12      // calls within each other that are followed
	maxSteps     = 200_000 // expressions that are evaluated in all
	maxResources = 3_000   // constructs that are made
	maxSize      = 10_000  // values in one literal
	maxText      = 1 << 16 // bytes in one text
)

// program is the reading of one package. Every function is run symbolically from where it is called. A function that
// nobody calls runs once with unknown parameters. Branches and loops make what they hold conditional.
type program struct {
	pass      *analysis.Pass
	until     *budget.Deadline
	info      *types.Info
	symbols   *symbol.Table
	mutations *mutations
	decls     map[*types.Func]*ast.FuncDecl
	timesRun  map[*types.Func]int

	when       fact.Cond     // the condition under which the code that is being read runs
	calls      []*types.Func // the calls that lead to it, outermost first
	deferred   bool          // it runs at some other time, after go or defer
	steps      int           // expressions evaluated so far
	globals    map[types.Object]*val
	constructs []*construct
	addresses  map[string]bool       // those that are taken
	unseen     []fact.Missing        // why there may be resources that were not found
	missed     map[fact.Missing]bool // what is in unseen
	stopped    bool                  // that is said
	nested     int                   // conditions inside each other
	exports    exports
	overrides  []override
	// unordered is set when a dependency is stated on something that is not followed.
	unordered bool
	// statementsChange is set when any policy statement of the package is added to after it was made.
	statementsChange bool
}

// read follows all code of the package. The program that it returns holds every construct. Beyond the deadline it
// panics with budget.Spent.
func read(pass *analysis.Pass, until *budget.Deadline) *program {
	p := &program{
		pass: pass, until: until, info: pass.TypesInfo, symbols: symbol.NewTable(),
		mutations: findMutations(pass.Pkg, pass.TypesInfo, pass.Files),
		decls:     map[*types.Func]*ast.FuncDecl{}, timesRun: map[*types.Func]int{},
		globals: map[types.Object]*val{}, addresses: map[string]bool{},
		missed: map[fact.Missing]bool{},
	}
	p.exports = findExports(p)
	order, called := p.functions()
	p.packageVariables()
	for _, first := range []bool{true, false} { // functions that only call each other come last
		for _, fn := range order {
			if p.timesRun[fn] == 0 && (!first || !called[fn]) {
				p.run(fn, nil, nil)
			}
		}
	}
	return p
}

// functions lists those that the package declares, in source order, and notes which functions its code calls.
func (p *program) functions() (order []*types.Func, called map[*types.Func]bool) {
	called = map[*types.Func]bool{}
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
				p.statementsChange = p.statementsChange || p.changesStatement(call)
			}
			return true
		})
	}
	return order, called
}

// changesStatement says whether the call is of a method that adds to an awsiam.PolicyStatement.
func (p *program) changesStatement(call *ast.CallExpr) bool {
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
			case p.mutations.variables[l] != 1 || l.Exported() && p.pass.Pkg.Name() != "main":
			case len(init.Lhs) == 1:
				p.globals[l] = v
			default:
				p.globals[l] = f.resultOf([]ast.Expr{init.Rhs}, []*val{v}, len(init.Lhs), i)
			}
		}
	}
}

// run follows one call of fn and gives what it returns. With nil args all parameters are unknown; a nil receiver is
// unknown as well.
func (p *program) run(fn *types.Func, receiver *val, args []*val) *val {
	d := p.decls[fn]
	f := &frame{program: p, vars: map[types.Object]*val{}}
	if p.timesRun[fn]++; p.timesRun[fn] > 1 {
		f.instance = "#" + strconv.Itoa(p.timesRun[fn])
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

// parameters binds the arguments to their names. The arguments of a variadic parameter become a list.
func (f *frame) parameters(sig *types.Signature, params *ast.FieldList, args []*val) {
	i := 0
	for _, field := range params.List {
		for _, name := range field.Names {
			switch {
			case sig.Variadic() && i == sig.Params().Len()-1:
				f.bind(name, &val{form: list, items: args[min(i, len(args)):]})
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

// notFollowed is an unknown value for e. A user reads why behind the text of the expression.
func (p *program) notFollowed(e ast.Expr, why string) *val {
	span := p.span(e)
	name := short(types.ExprString(e)) + " (" + why + ")"
	return &val{span: span, missing: fact.Missing{Kind: fact.Expression, Name: name, Span: span}}
}

// short cuts the text of an expression to a length that fits into a message.
func short(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// spend takes one step from the budget and says whether there was one left. Once the budget is spent, the network is
// marked as incomplete.
func (p *program) spend(at ast.Node) bool {
	p.until.Check()
	p.steps++
	p.steps += p.nested // a condition inside others is as long as all of them
	if p.steps < maxSteps && len(p.constructs) < maxResources {
		return true
	}
	p.stop(at, "the code behind this place, because there is too much of it")
	return false
}

// stop says, once, that not all code is read.
func (p *program) stop(at ast.Node, missed string) {
	if p.stopped {
		return
	}
	p.stopped = true
	p.mayMiss(missed, at)
	p.pass.Reportf(at.Pos(), "not all of this package is checked: nothing is known of %s", missed)
}

// mayMiss records that the code may make resources that are not found. what tells a user which code that is.
func (p *program) mayMiss(what string, at ast.Node) {
	m := fact.Missing{Kind: fact.Expression, Name: what, Span: p.span(at)}
	if !p.missed[m] {
		p.missed[m] = true
		p.unseen = append(p.unseen, m)
	}
}
