package cdkgo

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// override is a change to properties below the surface of a construct. An empty address stands for any resource of the
// type, an empty typ for any type.
type override struct {
	address, typ string
	missing      fact.Missing
}

// appliesTo says whether the override may change c.
func (o override) appliesTo(c *construct) bool {
	return (o.address == "" || o.address == c.address) && (o.typ == "" || o.typ == c.typ)
}

// isOverridingMethod recognizes the methods by which code reaches below a construct, or changes what many of them make.
// https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html
func isOverridingMethod(fn *types.Func) bool {
	name := fn.Name()
	switch name {
	case "AddPropertyOverride", "AddPropertyDeletionOverride", "AddOverride", "AddDeletionOverride":
		return true
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	if isNamed(recv.Type(), cdkPath, "Aspects") {
		return name == "Add"
	}
	n, ok := types.Unalias(recv.Type()).(*types.Named)
	return ok && strings.HasPrefix(n.Obj().Name(), "Cfn") && strings.HasPrefix(name, "Set")
}

// override notes the call of an overriding method. Where its receiver is known, that one resource changes. Otherwise
// any resource of the receiver's type may change, and with an aspect any resource at all.
func (f *frame) override(call *ast.CallExpr, fn *types.Func, on *val) {
	o := override{missing: fact.Missing{
		Kind: fact.Expression, Name: short(types.ExprString(call.Fun)), Span: f.span(call),
	}}
	if !isNamed(fn.Signature().Recv().Type(), cdkPath, "Aspects") {
		o.typ = f.l1TypeOf(call)
		if on.form == owned && on.construct.typ != "" && (o.typ == on.construct.typ || o.typ == "") {
			o.address = on.construct.address
		}
	}
	f.unseen = append(f.unseen, o.missing)
	f.overrides = append(f.overrides, o)
}

// l1TypeOf is the resource type of the L1 construct that the method is called on, or "".
func (f *frame) l1TypeOf(call *ast.CallExpr) string {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	n, ok := types.Unalias(deref(f.info.TypeOf(sel.X))).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ""
	}
	return l1Type(moduleOf(n.Obj().Pkg()) + "." + n.Obj().Name())
}
