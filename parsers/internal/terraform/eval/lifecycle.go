package eval

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// lifecycle is an argument of the lifecycle block of a resource, nil where it is not written.
// https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
func lifecycle(body *hclsyntax.Body, name string) hclsyntax.Expression {
	for _, b := range body.Blocks {
		if a := b.Body.Attributes[name]; b.Type == "lifecycle" && a != nil {
			return a.Expr
		}
	}
	return nil
}

// IsIgnored says that a lifecycle block ignores changes of the argument: what is deployed may be another value.
func (in *Instance) IsIgnored(argument string) bool {
	return slices.Contains(in.Ignores, argument) || slices.Contains(in.Ignores, "all")
}

// ignored lists the arguments of a resource whose changes are ignored, "all" for all of them.
func ignored(body *hclsyntax.Body) (names []string) {
	x := lifecycle(body, "ignore_changes")
	if x == nil {
		return nil
	}
	list := []hcl.Expression{x}
	if tuple, ok := x.(*hclsyntax.TupleConsExpr); ok {
		list = tuple.ExprList()
	}
	for _, x := range list {
		if t, _ := hcl.AbsTraversalForExpr(x); len(t) > 0 {
			names = append(names, t.RootName())
		}
	}
	return names
}

// isCreatedFirst says whether the resource has create_before_destroy, which takes nothing but a literal.
func isCreatedFirst(body *hclsyntax.Body) bool {
	return config.Constant(lifecycle(body, "create_before_destroy")).RawEquals(cty.True)
}

// enabled makes one copy without an index, or none: then the whole block is null.
// https://opentofu.org/docs/language/meta-arguments/enabled
func (f *frame) enabled(x hclsyntax.Expression) (*copies, error) {
	when, _, err := f.scope().conditionOf(x)
	if err != nil {
		return nil, err
	}
	null := cty.NullVal(cty.DynamicPseudoType)
	if when.IsNever() {
		return &copies{nil, func(func(turn) cty.Value) cty.Value { return null }}, nil
	}
	one := turn{when: when}
	whole := func(of func(turn) cty.Value) cty.Value { return f.Choice(when, of(one), null) }
	return &copies{[]turn{one}, whole}, f.instance(1)
}
