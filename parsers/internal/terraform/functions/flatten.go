package functions

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// flatten goes through the cases of lists inside the lists: in each case the result has the elements of that case.
func (c call) flatten(args []cty.Value) (cty.Value, error) {
	return c.CasesWithin(args[0], c.listWithin, func(v cty.Value) (cty.Value, error) {
		return c.library(stdlib.FlattenFunc, []cty.Value{v}, false)
	})
}

// listWithin is a choice among the elements of v, or of lists among them, that is no text in both cases.
func (c call) listWithin(v cty.Value) *calc.Choice {
	plain, _ := v.Unmark()
	if c.Spend(1) != nil || !plain.IsKnown() || plain.IsNull() || !plain.Type().IsTupleType() {
		return nil
	}
	for _, e := range plain.AsValueSlice() {
		if choice, ok := calc.AsChoice(e, c.Table); ok && !calc.IsText(e) {
			return choice
		}
		if choice := c.listWithin(e); choice != nil {
			return choice
		}
	}
	return nil
}
