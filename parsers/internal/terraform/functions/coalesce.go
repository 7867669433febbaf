package functions

import (
	"errors"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// coalesce is the first argument that is neither null nor empty. One that may be either makes a choice.
func (c call) coalesce(args []cty.Value) (cty.Value, error) {
	for i, a := range args {
		unset := c.unset(a)
		if unset.IsAlways() {
			continue
		}
		if unset.IsNever() {
			return a, nil
		}
		other, err := c.coalesce(args[i+1:])
		if err != nil {
			return c.Unless(unset, a), nil
		}
		return c.Choice(unset, other, a), nil
	}
	return cty.NilVal, errors.New("all arguments of coalesce are null or empty")
}

// coalesceList is the first list that has elements. One that is not known may have none, which makes a choice.
func (c call) coalesceList(args []cty.Value) (cty.Value, error) {
	for i, a := range args {
		if calc.IsNull(a) {
			continue
		}
		items, ok, err := c.list(a)
		switch {
		case err != nil:
			return a, err
		case ok && len(items) > 0:
			return a, nil
		case ok:
			continue
		}
		other, err := c.coalesceList(args[i+1:])
		if err != nil {
			return c.Unless(c.Empty(a), a), nil
		}
		return c.Choice(c.Empty(a), other, a), nil
	}
	return cty.NilVal, errors.New("no list of coalescelist has elements")
}

// unset is the condition under which a value is null or an empty text.
func (c call) unset(v cty.Value) fact.Cond {
	if calc.IsNull(v) {
		return fact.Always()
	}
	if !calc.IsText(v) {
		return c.EqualsNull(v)
	}
	if sym, ok := calc.OnlySymbol(v, c.Table); ok && sym.Unset == "null" {
		return c.EqualsNull(v).Or(c.Equal(v, cty.StringVal("")))
	}
	return c.Equal(v, cty.StringVal(""))
}

// compact leaves out what is null or empty: a case each where that is not known.
func (c call) compact(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 || !calc.Known(args[0]) {
		return c.library(stdlib.CompactFunc, args, false)
	}
	items, _, err := c.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	left := calc.MaxSpread
	return c.compacted(nil, items, &left, args[0]), nil
}

func (c call) compacted(done, items []cty.Value, left *int, whole cty.Value) cty.Value {
	for i, it := range items {
		unset := c.unset(it)
		switch {
		case unset.IsAlways():
			continue
		case unset.IsNever():
			done = append(done, c.Convert(it, cty.String))
			continue
		case *left == 0:
			return c.open(cty.List(cty.String), whole)
		}
		*left--
		with := append(slices.Clone(done), it)
		without := c.compacted(slices.Clone(done), items[i+1:], left, whole)
		return c.Choice(unset, without, c.compacted(with, items[i+1:], left, whole))
	}
	return cty.TupleVal(done)
}
