package eval

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// enabling is what decides in OpenTofu whether a block is there, nil where it always is.
func enabling(body *hclsyntax.Body) hclsyntax.Expression {
	for _, b := range body.Blocks {
		if a := b.Body.Attributes["enabled"]; b.Type == "lifecycle" && a != nil {
			return a.Expr
		}
	}
	return nil
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
		return &copies{nil, func(func(entry) cty.Value) cty.Value { return null }}, nil
	}
	one := entry{when: when}
	whole := func(of func(entry) cty.Value) cty.Value { return f.choice(when, of(one), null) }
	return &copies{[]entry{one}, whole}, f.instance(1)
}
