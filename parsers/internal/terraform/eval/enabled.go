package eval

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

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
