package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// replace changes an expression from the outside in. If f gives another expression, that takes the place of the one
// that f was given, and replace does not look into it. f returns nil to change nothing.
func replace(x hclsyntax.Expression, f func(hclsyntax.Expression) hclsyntax.Expression) hclsyntax.Expression {
	if x == nil {
		return nil
	}
	if other := f(x); other != nil {
		return other
	}
	in := func(x *hclsyntax.Expression) {
		if *x != nil {
			*x = replace(*x, f)
		}
	}
	all := func(xs []hclsyntax.Expression) {
		for i := range xs {
			in(&xs[i])
		}
	}
	switch x := x.(type) {
	case *hclsyntax.ParenthesesExpr:
		in(&x.Expression)
	case *hclsyntax.TemplateExpr:
		all(x.Parts)
	case *hclsyntax.TemplateWrapExpr:
		in(&x.Wrapped)
	case *hclsyntax.TemplateJoinExpr:
		in(&x.Tuple)
	case *hclsyntax.ConditionalExpr:
		in(&x.Condition)
		in(&x.TrueResult)
		in(&x.FalseResult)
	case *hclsyntax.BinaryOpExpr:
		in(&x.LHS)
		in(&x.RHS)
	case *hclsyntax.UnaryOpExpr:
		in(&x.Val)
	case *hclsyntax.TupleConsExpr:
		all(x.Exprs)
	case *hclsyntax.ObjectConsExpr:
		for i := range x.Items {
			in(&x.Items[i].KeyExpr)
			in(&x.Items[i].ValueExpr)
		}
	case *hclsyntax.ObjectConsKeyExpr:
		if x.ForceNonLiteral || hcl.ExprAsKeyword(x.Wrapped) == "" { // else it is the name itself
			in(&x.Wrapped)
		}
	case *hclsyntax.FunctionCallExpr:
		all(x.Args)
	case *hclsyntax.IndexExpr:
		in(&x.Collection)
		in(&x.Key)
	case *hclsyntax.RelativeTraversalExpr:
		in(&x.Source)
	case *hclsyntax.SplatExpr:
		in(&x.Source)
		in(&x.Each)
	case *hclsyntax.ForExpr:
		in(&x.CollExpr)
		in(&x.KeyExpr)
		in(&x.ValExpr)
		in(&x.CondExpr)
	}
	return x
}
