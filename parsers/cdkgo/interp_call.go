package cdkgo

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

func (f *frame) call(call *ast.CallExpr) *val {
	if tv := f.info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return f.eval(call.Args[0])
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok { // runs here, once
		f.arguments(call)
		inner := &frame{program: f.program, vars: f.vars, instance: f.instance}
		inner.stmts(lit.Body.List)
		return f.notFollowed(call, "it is computed")
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

// arguments are what the call is given, in order.
func (f *frame) arguments(call *ast.CallExpr) []*val {
	out := make([]*val, 0, len(call.Args))
	for _, a := range call.Args {
		out = append(out, f.eval(a))
	}
	if call.Ellipsis.IsValid() && len(out) > 0 {
		last := out[len(out)-1]
		if last.kind == list {
			return append(out[:len(out)-1], last.items...)
		}
	}
	return out
}

// receiver is what a method is called on, or nil for a function.
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

// indirect is a call of a builtin function or of a function value.
func (f *frame) indirect(call *ast.CallExpr, callee types.Object) *val {
	f.eval(call.Fun)
	args := f.arguments(call)
	if _, ok := callee.(*types.Builtin); !ok {
		share(args...)
	}
	if _, ok := callee.(*types.Builtin); ok && callee.Name() == "append" && len(args) > 0 {
		out := &val{kind: list, span: f.span(call)}
		if args[0].kind == list || args[0].kind == absent {
			out.items = append(append(out.items, args[0].items...), args[1:]...)
			return f.sized(call, out)
		}
	}
	return f.notFollowed(call, "it is computed")
}

// follow reads the body of a function of this package.
func (f *frame) follow(call *ast.CallExpr, fn *types.Func, receiver *val, args []*val) *val {
	if len(f.calls) >= maxCalls || slices.Contains(f.calls, fn) {
		f.mayMiss("calls behind this place, because they are too deep", call)
		return f.notFollowed(call, "it is too deep")
	}
	if receiver == nil {
		receiver = nothing
	}
	return f.run(fn, receiver, args).movedTo(f.span(call))
}

// foreign is a call of another package, of which at most a fact is known.
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

// library is a call of AWS CDK, or of what it stands on.
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
		return &val{kind: text, span: span, text: f.pseudo(pseudo)}
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
	return &val{kind: result, span: span, name: name, args: args,
		missing: fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(call)), Span: span}}
}

// jsii reads the helpers that make pointers. https://pkg.go.dev/github.com/aws/jsii-runtime-go
func (f *frame) jsii(call *ast.CallExpr, fn *types.Func, args []*val) *val {
	switch fn.Name() {
	case "String", "Number", "Bool", "Time":
		if len(args) == 1 {
			return f.pointer(call, args[0])
		}
	case "Strings", "Numbers", "Bools", "PtrSlice", "AnySlice", "AnyStrings":
		return &val{kind: list, span: f.span(call), items: args}
	case "Sprintf":
		if len(args) == 1 {
			return args[0].movedTo(f.span(call))
		}
	}
	return f.notFollowed(call, "it is computed")
}

// construct is the call of a constructor: NewX(scope, id, props).
func (f *frame) constructor(call *ast.CallExpr, fn *types.Func, goType string, args []*val) *val {
	c := f.newConstruct(args[0], args[1], goType, f.span(call))
	props := nothing
	if len(args) > 2 {
		props = args[2]
	}
	self := c.val(c.span)
	s := propsStruct(fn)
	switch typ := l1Type(goType); {
	case constructors[goType] != nil:
		constructors[goType](f, c, props)
	case typ != "":
		f.newL1(c, typ, props)
	case s != nil && isFunctionProps(s):
		f.newFunction(c, props)
	case plainTypes[goType] != "":
		c.typ = plainTypes[goType]
		f.add(c)
	}
	return self
}

// constructors reads the L2 constructs of the network.
var constructors = map[string]func(*frame, *construct, *val){
	"awsec2.Vpc":                   (*frame).newVPC,
	"awsec2.SecurityGroup":         (*frame).newSecurityGroup,
	"awsec2.Subnet":                (*frame).newSubnet,
	"awsec2.PublicSubnet":          (*frame).newSubnet,
	"awsec2.PrivateSubnet":         (*frame).newSubnet,
	"awsec2.GatewayVpcEndpoint":    (*frame).newGatewayEndpoint,
	"awsec2.InterfaceVpcEndpoint":  (*frame).newInterfaceEndpoint,
	"awsec2.NetworkAcl":            (*frame).newNetworkACL,
	"awsroute53.PrivateHostedZone": (*frame).newPrivateZone,
	"awscdk.CfnOutput":             (*frame).newOutput,
	"awsssm.StringParameter":       (*frame).newParameter,
	"awsssm.CfnParameter":          (*frame).newParameter,
	"awsiam.Role":                  (*frame).newRole,
	"awsiam.Policy":                (*frame).newPolicy,
	"awsiam.ManagedPolicy":         (*frame).newManagedPolicy,
	"awslambda.EventSourceMapping": (*frame).newEventSourceMapping,
}

// imported is a construct that stands for a resource from elsewhere: FromLookup, FromArn and their like. It is none of
// those that are made here.
func (f *frame) imported(call *ast.CallExpr, name string, args []*val) *val {
	span := f.span(call)
	what := args[1].text
	if args[1].kind != text || symbol.Has(what) {
		what = afterDot(name)
	}
	missing := fact.Missing{Kind: fact.Resource, Name: what, Span: span}
	out := &val{kind: result, span: span, name: name, args: args[2:], missing: missing, text: f.externalID(name+" "+what, missing)}
	if id := out.args[:min(1, len(out.args))]; len(id) == 1 && id[0].kind == text && (strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Arn")) {
		out.text = id[0].text
	}
	if name == "awsec2.Vpc_FromLookup" || name == "awsec2.Vpc_FromVpcAttributes" {
		out.construct = &construct{program: f.program, network: &network{missing: missing}}
	}
	return out
}

// foreignID is a token for something that is made elsewhere.
func (p *program) externalID(key string, m fact.Missing) string {
	return p.symbols.Intern(symbol.Symbol{Key: key, Single: true, Missing: m})
}

// isOverride tells the functions that call a constructor for a type that embeds the construct.
func isSubclassing(fn *types.Func) bool {
	const suffix = "_Override"
	name := fn.Name()
	return len(name) > len(suffix) && name[len(name)-len(suffix):] == suffix
}
