package eval

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// IsIgnored says that a lifecycle block ignores changes of the argument: what is deployed may be another value.
func (in *Instance) IsIgnored(argument string) bool {
	return slices.Contains(in.Ignores, argument) || slices.Contains(in.Ignores, "all")
}

// ignored lists the arguments of a resource whose changes are ignored, "all" for all of them.
// https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
func ignored(body *hclsyntax.Body) (names []string) {
	for _, b := range body.Blocks {
		a := b.Body.Attributes["ignore_changes"]
		if b.Type != "lifecycle" || a == nil {
			continue
		}
		list := []hcl.Expression{a.Expr}
		if tuple, ok := a.Expr.(*hclsyntax.TupleConsExpr); ok {
			list = tuple.ExprList()
		}
		for _, x := range list {
			if t, _ := hcl.AbsTraversalForExpr(x); len(t) > 0 {
				names = append(names, t.RootName())
			}
		}
	}
	return names
}
