package eval

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// flatten goes through the cases of lists inside the lists: in each case the result has the elements of that case.
func (s *scope) flatten(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	return s.casesWithin(args[0], s.listWithin, func(v cty.Value) (cty.Value, error) {
		return s.library("flatten", stdlib.FlattenFunc, []cty.Value{v}, false)
	})
}

// listWithin is a choice among the elements of v, or of lists among them, that is no text in both cases.
func (s *scope) listWithin(v cty.Value) *Choice {
	plain, _ := v.Unmark()
	if s.spend(1) != nil || !plain.IsKnown() || plain.IsNull() || !plain.Type().IsTupleType() {
		return nil
	}
	for _, e := range plain.AsValueSlice() {
		if c, ok := AsChoice(e, s.table); ok && !isText(e) {
			return c
		}
		if c := s.listWithin(e); c != nil {
			return c
		}
	}
	return nil
}
