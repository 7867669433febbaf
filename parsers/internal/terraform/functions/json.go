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
	return setting{in}.jsonEncode([]cty.Value{v})
}

// jsonEncode writes JSON in which tokens stand as they are, one for each list or map that is not known. With a number
// or boolean in it that is not known, all of it is one symbol.
func (s setting) jsonEncode(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	v := s.Materialize(args[0])
	if v.ContainsMarked() || !v.IsWhollyKnown() {
		return s.jsonCases(v)
	}
	return s.encoded(v)
}

func (s setting) encoded(v cty.Value) (cty.Value, error) {
	if err := s.checkNumbers(v); err != nil {
		return v, err
	}
	out, err := calc.Safely(func() (cty.Value, error) { return stdlib.JSONEncode(v) })
	if err == nil {
		err = s.ChargeText(len(out.AsString()))
	}
	return out, err
}

// jsonCases encodes a value in each case of the conditions inside it.
func (s setting) jsonCases(v cty.Value) (cty.Value, error) {
	var found *calc.Choice
	_ = cty.Walk(v, func(_ cty.Path, x cty.Value) (bool, error) {
		if src, ok := calc.SourceOf(x); ok && src.Choice != nil && found == nil {
			found = src.Choice
		}
		return found == nil, nil
	})
	if found == nil && v.IsKnown() && !v.IsMarked() && !v.IsNull() && v.CanIterateElements() {
		if whole := s.symbolsIn(v); !whole.ContainsMarked() && whole.IsWhollyKnown() {
			return s.encoded(whole)
		}
	}
	if found == nil || s.Depth > budget.HCLNesting.Max-calc.MaxCases {
		return s.Derived(cty.String, "jsonencode("+s.Canonical(v)+")", v), nil
	}
	s.Depth += budget.HCLNesting.Max / 4 // no more than four conditions one in the other
	defer func() { s.Depth -= budget.HCLNesting.Max / 4 }()
	a, err := s.jsonEncode([]cty.Value{s.AssumeDeep(v, found.When, true)})
	if err != nil {
		return a, err
	}
	b, err := s.jsonEncode([]cty.Value{s.AssumeDeep(v, found.When, false)})
	if err != nil {
		return b, err
	}
	return s.Choice(found.When, a, b), nil
}

// symbolsIn puts a symbol in the place of each list or map inside v that is not known, so that what stands beside it is
// read: the other statements of a policy, or the other parts of the same one.
func (s setting) symbolsIn(v cty.Value) cty.Value {
	plain, _ := v.Unmark()
	switch ty := v.Type(); {
	case s.Spend(1) != nil || ty.IsPrimitiveType() || v.IsNull() || v.IsWhollyKnown() && !v.ContainsMarked():
		return v
	case !plain.IsKnown() || ty.IsSetType():
		return s.Derived(cty.String, s.Canonical(v), v)
	}
	if calc.IsMapping(plain) {
		attrs := plain.AsValueMap()
		for _, name := range slices.Sorted(maps.Keys(attrs)) {
			attrs[name] = s.symbolsIn(attrs[name])
		}
		return cty.ObjectVal(attrs)
	}
	items := plain.AsValueSlice()
	for i, x := range items {
		items[i] = s.symbolsIn(x)
	}
	return cty.TupleVal(items)
}

// checkNumbers refuses numbers anywhere in v that would be too long to write out.
func (s setting) checkNumbers(v cty.Value) error {
	return cty.Walk(v, func(_ cty.Path, x cty.Value) (bool, error) { return true, calc.CheckNumber(x) })
}

// jsonDecode reads JSON, also when it holds tokens. A text that is one token tells nothing, but its parts have
// identities.
func (s setting) jsonDecode(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	v, err := s.To(args[0], cty.String)
	if err != nil {
		return v, err
	}
	if _, whole := calc.OnlySymbol(v, s.Table); whole || !calc.IsText(v) {
		return s.Derived(cty.DynamicPseudoType, "jsondecode("+s.Canonical(v)+")", v), nil
	}
	out, err := calc.Safely(func() (cty.Value, error) { return stdlib.JSONDecode(v) })
	switch {
	case err != nil && calc.HasToken(v):
		return s.Derived(cty.DynamicPseudoType, "jsondecode("+s.Canonical(v)+")", v), nil
	case err != nil:
		return v, err
	}
	return out, s.checkNumbers(out)
}
