package cdkgo

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// call is what a call expression gives. Conversions stand for their operand. Functions of the CDK do what they mean,
// functions of the package are followed, and any other is unknown.
func (f *frame) call(call *ast.CallExpr) *val {
	if tv := f.info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return f.eval(call.Args[0])
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return f.callLiteral(call, lit)
	}
	callee := typeutil.Callee(f.info, call)
	fn, ok := callee.(*types.Func)
	if !ok {
		return f.indirect(call, callee)
	}
	fn = fn.Origin()
	receiver := f.receiver(call, fn)
	args := f.arguments(call)
	switch {
	case isCDK(fn.Pkg()):
		for i, a := range args {
			args[i] = a.snapshot()
		}
		return f.cdkFunction(call, fn, receiver, args)
	case f.decls[fn] != nil:
		return f.follow(call, fn, receiver, args)
	}
	share(receiver)
	share(args...)
	return f.otherPackage(call, fn, args)
}

// callLiteral reads a function literal that is called where it is written, so its body runs once.
func (f *frame) callLiteral(call *ast.CallExpr, lit *ast.FuncLit) *val {
	f.arguments(call)
	inner := &frame{program: f.program, vars: f.vars, instance: f.instance}
	inner.stmts(lit.Body.List)
	return f.notFollowed(call, "it is computed")
}

// arguments are the values of the call's arguments, in order. A list before an ellipsis counts as its items.
func (f *frame) arguments(call *ast.CallExpr) []*val {
	out := make([]*val, 0, len(call.Args))
	for _, a := range call.Args {
		out = append(out, f.eval(a))
	}
	if call.Ellipsis.IsValid() && len(out) > 0 {
		last := out[len(out)-1]
		if last.form == list {
			return append(out[:len(out)-1], last.items...)
		}
	}
	return out
}

// receiver is what a method is called on, or nil for a function. A method with a value receiver gets a copy.
func (f *frame) receiver(call *ast.CallExpr, fn *types.Func) *val {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || fn.Signature().Recv() == nil {
		return nil
	}
	on := f.eval(sel.X)
	if s := f.info.Selections[sel]; s != nil && len(s.Index()) > 1 {
		on = f.path(on, s, len(s.Index())-1, sel.X)
	}
	switch fn.Signature().Recv().Type().Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return on
	}
	return on.snapshot()
}

// indirect is the call of a builtin function or of a function value. Of these only append is followed.
func (f *frame) indirect(call *ast.CallExpr, callee types.Object) *val {
	f.eval(call.Fun)
	args := f.arguments(call)
	if _, ok := callee.(*types.Builtin); !ok {
		share(args...)
	} else if callee.Name() == "append" && len(args) > 0 {
		out := &val{form: list, span: f.span(call)}
		if args[0].form == list || args[0].form == absent {
			out.items = append(append(out.items, args[0].items...), args[1:]...)
			return f.sized(call, out)
		}
	}
	return f.notFollowed(call, "it is computed")
}

// follow reads the body of a function of this package.
func (f *frame) follow(call *ast.CallExpr, fn *types.Func, receiver *val, args []*val) *val {
	if len(f.calls) >= maxCalls {
		f.stop(call, "calls behind this place, because they are too deep")
		return f.notFollowed(call, "it is too deep")
	}
	if slices.Contains(f.calls, fn) {
		f.mayMiss("calls behind this place, because they are too deep", call)
		return f.notFollowed(call, "it is too deep")
	}
	if receiver == nil {
		receiver = nothing
	}
	return f.run(fn, receiver, args).movedTo(f.span(call))
}

// otherPackage is the call of a function that is neither of this package nor of the CDK. All that may be known of it is
// a fact that the analysis of its package left.
func (f *frame) otherPackage(call *ast.CallExpr, fn *types.Func, args []*val) *val {
	var found vpcFact
	switch {
	case f.pass.ImportObjectFact(fn, &found):
		return f.vpcOfFact(call, fn, &found, args)
	case len(args) == 1 && f.pass.ImportObjectFact(fn, &pointerFact{}):
		return f.pointer(call, args[0])
	}
	if f.mutations.leavesPackage(call) {
		for _, a := range args {
			f.exportNamed(a, afterDot(fn.Name()))
		}
	}
	return f.notFollowed(call, "it comes from another package")
}

// cdkFunction is the call of a function or method of AWS CDK, or of the libraries below it.
func (f *frame) cdkFunction(call *ast.CallExpr, fn *types.Func, on *val, args []*val) *val {
	span := f.span(call)
	if jsiiPath.MatchString(fn.Pkg().Path()) {
		return f.jsii(call, fn, args)
	}
	if on != nil {
		return f.cdkMethod(call, fn, on, args)
	}
	name := moduleOf(fn.Pkg()) + "." + fn.Name()
	if pseudo := pseudoParameters[name]; pseudo != "" {
		return &val{form: text, span: span, text: f.pseudo(pseudo)}
	}
	if what, ok := constructorName(fn); ok && len(args) >= 2 {
		return f.constructor(call, fn, moduleOf(fn.Pkg())+"."+what, args)
	}
	if takesScope(fn.Signature()) && len(args) >= 2 {
		return f.imported(call, name, args)
	}
	if isSubclassing(fn) { // a type that extends a construct sets itself up in its own way
		f.mayMiss(name, call)
	}
	return &val{form: result, span: span, name: name, args: args,
		missing: fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(call)), Span: span}}
}

// isSubclassing recognizes the functions that set up a construct inside of a type that embeds it, such as
// NewStack_Override.
func isSubclassing(fn *types.Func) bool {
	name, ok := strings.CutSuffix(fn.Name(), "_Override")
	return ok && name != ""
}

// jsii reads the helpers that make pointers and slices. https://pkg.go.dev/github.com/aws/jsii-runtime-go
func (f *frame) jsii(call *ast.CallExpr, fn *types.Func, args []*val) *val {
	switch fn.Name() {
	case "String", "Number", "Bool", "Time":
		if len(args) == 1 {
			return f.pointer(call, args[0])
		}
	case "Strings", "Numbers", "Bools", "PtrSlice", "AnySlice", "AnyStrings":
		return &val{form: list, span: f.span(call), items: args}
	case "Sprintf":
		if len(args) == 1 {
			return args[0].movedTo(f.span(call))
		}
	}
	return f.notFollowed(call, "it is computed")
}
