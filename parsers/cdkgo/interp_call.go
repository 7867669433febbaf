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

func (f *frame) call(c *ast.CallExpr) *thing {
	if tv := f.info.Types[c.Fun]; tv.IsType() && len(c.Args) == 1 {
		return f.eval(c.Args[0])
	}
	if lit, ok := ast.Unparen(c.Fun).(*ast.FuncLit); ok { // runs here, once
		f.arguments(c)
		inner := &frame{program: f.program, vars: f.vars, instance: f.instance}
		inner.stmts(lit.Body.List)
		return f.notFollowed(c, "it is computed")
	}
	callee := typeutil.Callee(f.info, c)
	fn, ok := callee.(*types.Func)
	if !ok {
		return f.indirect(c, callee)
	}
	fn = fn.Origin()
	receiver := f.receiver(c, fn)
	args := f.arguments(c)
	switch {
	case isCDK(fn.Pkg()):
		for i, a := range args {
			args[i] = a.settled()
		}
		return f.library(c, fn, receiver, args)
	case f.decls[fn] != nil:
		return f.follow(c, fn, receiver, args)
	}
	lose(receiver)
	lose(args...)
	return f.foreign(c, fn, args)
}

// arguments are what the call is given, in order.
func (f *frame) arguments(c *ast.CallExpr) []*thing {
	out := make([]*thing, 0, len(c.Args))
	for _, a := range c.Args {
		out = append(out, f.eval(a))
	}
	if c.Ellipsis.IsValid() && len(out) > 0 {
		last := out[len(out)-1]
		if last.kind == list {
			return append(out[:len(out)-1], last.items...)
		}
	}
	return out
}

// receiver is what a method is called on, or nil for a function.
func (f *frame) receiver(c *ast.CallExpr, fn *types.Func) *thing {
	sel, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr)
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
	return on.settled()
}

// indirect is a call of a builtin function or of a function value.
func (f *frame) indirect(c *ast.CallExpr, callee types.Object) *thing {
	f.eval(c.Fun)
	args := f.arguments(c)
	if _, ok := callee.(*types.Builtin); !ok {
		lose(args...)
	}
	if _, ok := callee.(*types.Builtin); ok && callee.Name() == "append" && len(args) > 0 {
		out := &thing{kind: list, span: f.span(c)}
		if args[0].kind == list || args[0].kind == absent {
			out.items = append(append(out.items, args[0].items...), args[1:]...)
			return f.sized(c, out)
		}
	}
	return f.notFollowed(c, "it is computed")
}

// follow reads the body of a function of this package.
func (f *frame) follow(c *ast.CallExpr, fn *types.Func, receiver *thing, args []*thing) *thing {
	if len(f.calls) >= maxCalls || slices.Contains(f.calls, fn) {
		f.miss("calls behind this place, because they are too deep", c)
		return f.notFollowed(c, "it is too deep")
	}
	if receiver == nil {
		receiver = nothing
	}
	return f.run(fn, receiver, args).from(f.span(c))
}

// foreign is a call of another package, of which at most a fact is known.
func (f *frame) foreign(c *ast.CallExpr, fn *types.Func, args []*thing) *thing {
	var found vpcFact
	switch {
	case f.pass.ImportObjectFact(fn, &found):
		return f.vpcOfFact(c, fn, &found, args)
	case len(args) == 1 && f.pass.ImportObjectFact(fn, &pointerFact{}):
		return f.pointer(c, args[0])
	}
	if f.changes.leaves(c) {
		for _, a := range args {
			f.leak(a, afterDot(fn.Name()))
		}
	}
	return f.notFollowed(c, "it comes from another package")
}

// library is a call of AWS CDK, or of what it stands on.
func (f *frame) library(c *ast.CallExpr, fn *types.Func, on *thing, args []*thing) *thing {
	span := f.span(c)
	if jsiiPath.MatchString(fn.Pkg().Path()) {
		return f.jsii(c, fn, args)
	}
	if on != nil {
		return f.method(c, fn, on, args)
	}
	name := moduleOf(fn.Pkg()) + "." + fn.Name()
	if pseudo := pseudoParameters[name]; pseudo != "" {
		return &thing{kind: text, span: span, text: f.pseudo(pseudo)}
	}
	if what, ok := makes(fn); ok && len(args) >= 2 {
		return f.construct(c, fn, moduleOf(fn.Pkg())+"."+what, args)
	}
	if takesScope(fn.Signature()) && len(args) >= 2 {
		return f.imported(c, name, args)
	}
	if isOverride(fn) { // a type that extends a construct sets itself up in its own way
		f.miss(name, c)
	}
	return &thing{kind: result, span: span, name: name, args: args,
		missing: fact.Missing{Kind: fact.Expression, Name: short(types.ExprString(c)), Span: span}}
}

// jsii reads the helpers that make pointers. https://pkg.go.dev/github.com/aws/jsii-runtime-go
func (f *frame) jsii(c *ast.CallExpr, fn *types.Func, args []*thing) *thing {
	switch fn.Name() {
	case "String", "Number", "Bool", "Time":
		if len(args) == 1 {
			return f.pointer(c, args[0])
		}
	case "Strings", "Numbers", "Bools", "PtrSlice", "AnySlice", "AnyStrings":
		return &thing{kind: list, span: f.span(c), items: args}
	case "Sprintf":
		if len(args) == 1 {
			return args[0].from(f.span(c))
		}
	}
	return f.notFollowed(c, "it is computed")
}

// construct is the call of a constructor: NewX(scope, id, props).
func (f *frame) construct(c *ast.CallExpr, fn *types.Func, goType string, args []*thing) *thing {
	m := f.make(args[0], args[1], goType, f.span(c))
	props := nothing
	if len(args) > 2 {
		props = args[2]
	}
	self := m.thing(m.span)
	s := propsOf(fn)
	switch typ := l1Type(goType); {
	case constructors[goType] != nil:
		constructors[goType](f, m, props)
	case typ != "":
		f.l1(m, typ, props)
	case s != nil && isFunctionProps(s):
		f.lambda(m, props)
	case plain[goType] != "":
		m.typ = plain[goType]
		f.add(m)
	}
	return self
}

// constructors reads the L2 constructs of the network.
var constructors = map[string]func(*frame, *made, *thing){
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
func (f *frame) imported(c *ast.CallExpr, name string, args []*thing) *thing {
	span := f.span(c)
	what := args[1].text
	if args[1].kind != text || symbol.Has(what) {
		what = afterDot(name)
	}
	missing := fact.Missing{Kind: fact.Resource, Name: what, Span: span}
	out := &thing{kind: result, span: span, name: name, args: args[2:], missing: missing, text: f.foreignID(name+" "+what, missing)}
	if id := out.args[:min(1, len(out.args))]; len(id) == 1 && id[0].kind == text && (strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Arn")) {
		out.text = id[0].text
	}
	if name == "awsec2.Vpc_FromLookup" || name == "awsec2.Vpc_FromVpcAttributes" {
		out.made = &made{program: f.program, network: &network{missing: missing}}
	}
	return out
}

// foreignID is a token for something that is made elsewhere.
func (p *program) foreignID(key string, m fact.Missing) string {
	return p.symbols.Intern(symbol.Symbol{Key: key, Single: true, Missing: m})
}

// isOverride tells the functions that call a constructor for a type that embeds the construct.
func isOverride(fn *types.Func) bool {
	const suffix = "_Override"
	name := fn.Name()
	return len(name) > len(suffix) && name[len(name)-len(suffix):] == suffix
}
