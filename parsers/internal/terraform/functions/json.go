package functions

import (
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// JSON is what jsonencode makes of a value.
func JSON(in calc.Setting, v cty.Value) (cty.Value, error) {
	return call{in, "jsonencode"}.jsonEncode([]cty.Value{v})
}

// jsonEncode writes JSON in which tokens stand as they are, one for each list or map that is not known. With a number
// or boolean in it that is not known, all of it is one symbol.
func (c call) jsonEncode(args []cty.Value) (cty.Value, error) {
	v := c.Materialize(args[0])
	if v.ContainsMarked() || !v.IsWhollyKnown() {
		return c.jsonCases(v)
	}
	return c.encoded(v)
}

func (c call) encoded(v cty.Value) (cty.Value, error) {
	if err := c.checkNumbers(v); err != nil {
		return v, err
	}
	out, err := calc.Safely(func() (cty.Value, error) { return stdlib.JSONEncode(v) })
	if err == nil {
		err = c.ChargeText(len(out.AsString()))
	}
	return out, err
}

// jsonCases encodes a value in each case of the conditions inside it.
func (c call) jsonCases(v cty.Value) (cty.Value, error) {
	var found *calc.Choice
	_ = cty.Walk(v, func(_ cty.Path, x cty.Value) (bool, error) {
		if src, ok := calc.SourceOf(x); ok && src.Choice != nil && found == nil {
			found = src.Choice
		}
		return found == nil, nil
	})
	if found == nil && v.IsKnown() && !v.IsMarked() && !v.IsNull() && v.CanIterateElements() {
		if whole := c.symbolsIn(v); !whole.ContainsMarked() && whole.IsWhollyKnown() {
			return c.encoded(whole)
		}
	}
	if found == nil || c.Depth > budget.HCLNesting.Max-calc.MaxCases {
		return c.open(cty.String, v), nil
	}
	c.Depth += budget.HCLNesting.Max / 4 // no more than four conditions one in the other
	defer func() { c.Depth -= budget.HCLNesting.Max / 4 }()
	a, err := c.jsonEncode([]cty.Value{c.AssumeDeep(v, found.When, true)})
	if err != nil {
		return a, err
	}
	b, err := c.jsonEncode([]cty.Value{c.AssumeDeep(v, found.When, false)})
	if err != nil {
		return b, err
	}
	return c.Choice(found.When, a, b), nil
}

// symbolsIn puts a symbol in the place of each list or map inside v that is not known, so that what stands beside it is
// read: the other statements of a policy, or the other parts of the same one.
func (c call) symbolsIn(v cty.Value) cty.Value {
	plain, _ := v.Unmark()
	switch ty := v.Type(); {
	case c.Spend(1) != nil || ty.IsPrimitiveType() || v.IsNull() || v.IsWhollyKnown() && !v.ContainsMarked():
		return v
	case !plain.IsKnown() || ty.IsSetType():
		return c.Derived(cty.String, c.Canonical(v), v)
	}
	if calc.IsMapping(plain) {
		attrs := plain.AsValueMap()
		for _, name := range slices.Sorted(maps.Keys(attrs)) {
			attrs[name] = c.symbolsIn(attrs[name])
		}
		return cty.ObjectVal(attrs)
	}
	items := plain.AsValueSlice()
	for i, x := range items {
		items[i] = c.symbolsIn(x)
	}
	return cty.TupleVal(items)
}

// checkNumbers refuses numbers anywhere in v that would be too long to write out.
func (c call) checkNumbers(v cty.Value) error {
	return cty.Walk(v, func(_ cty.Path, x cty.Value) (bool, error) { return true, calc.CheckNumber(x) })
}

// jsonDecode reads JSON, also when it holds tokens. A text that is one token tells nothing, but its parts have
// identities.
func (c call) jsonDecode(args []cty.Value) (cty.Value, error) {
	v, err := c.To(args[0], cty.String)
	if err != nil {
		return v, err
	}
	if _, whole := calc.OnlySymbol(v, c.Table); whole || !calc.IsText(v) {
		return c.open(cty.DynamicPseudoType, v), nil
	}
	out, err := calc.Safely(func() (cty.Value, error) { return stdlib.JSONDecode(v) })
	switch {
	case err != nil && calc.HasToken(v):
		return c.open(cty.DynamicPseudoType, v), nil
	case err != nil:
		return v, err
	}
	return out, c.checkNumbers(out)
}
