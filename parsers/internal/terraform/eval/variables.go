package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// variables are the references in an expression. References to the names of for expressions are among them and mean
// nothing outside.
func variables(x hclsyntax.Expression) []hcl.Traversal {
	var out []hcl.Traversal
	_ = hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		if t, ok := n.(*hclsyntax.ScopeTraversalExpr); ok {
			out = append(out, t.Traversal)
		}
		return nil
	})
	return out
}

// moduleOutput is the output that a reference to a module names: module.net.id, module.net[0].id.
func moduleOutput(t hcl.Traversal) string {
	if t.RootName() != "module" || len(t) < 3 {
		return ""
	}
	for _, step := range t[2:] {
		if a, ok := step.(hcl.TraverseAttr); ok {
			return a.Name
		}
	}
	return ""
}
