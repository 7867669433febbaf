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
func (s setting) coalesce(args []cty.Value) (cty.Value, error) {
	for i, a := range args {
		unset := s.unset(a)
		if unset.IsAlways() {
			continue
		}
		if unset.IsNever() {
			return a, nil
		}
		other, err := s.coalesce(args[i+1:])
		if err != nil {
			return s.Unless(unset, a), nil
		}
		return s.Choice(unset, other, a), nil
	}
	return cty.NilVal, errors.New("all arguments of coalesce are null or empty")
}

// coalesceList is the first list that has elements. One that is not known may have none, which makes a choice.
func (s setting) coalesceList(args []cty.Value) (cty.Value, error) {
	for i, a := range args {
		if calc.IsNull(a) {
			continue
		}
		items, ok, err := s.list(a)
		switch {
		case err != nil:
			return a, err
		case ok && len(items) > 0:
			return a, nil
		case ok:
			continue
		}
		other, err := s.coalesceList(args[i+1:])
		if err != nil {
			return s.Unless(s.Empty(a), a), nil
		}
		return s.Choice(s.Empty(a), other, a), nil
	}
	return cty.NilVal, errors.New("no list of coalescelist has elements")
}

// unset is the condition under which a value is null or an empty text.
func (s setting) unset(v cty.Value) fact.Cond {
	if calc.IsNull(v) {
		return fact.Always()
	}
	if !calc.IsText(v) {
		return s.EqualsNull(v)
	}
	if sym, ok := calc.OnlySymbol(v, s.Table); ok && sym.Unset == "null" {
		return s.EqualsNull(v).Or(s.Equal(v, cty.StringVal("")))
	}
	return s.Equal(v, cty.StringVal(""))
}

// compact leaves out what is null or empty: a case each where that is not known.
func (s setting) compact(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 || !calc.Known(args[0]) {
		return s.library("compact", stdlib.CompactFunc, args, false)
	}
	items, _, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	left := calc.MaxSpread
	return s.compacted(nil, items, &left, args[0]), nil
}

func (s setting) compacted(done, items []cty.Value, left *int, whole cty.Value) cty.Value {
	for i, it := range items {
		unset := s.unset(it)
		switch {
		case unset.IsAlways():
			continue
		case unset.IsNever():
			done = append(done, s.Convert(it, cty.String))
			continue
		case *left == 0:
			return s.Derived(cty.List(cty.String), "compact("+s.Canonical(whole)+")", whole)
		}
		*left--
		with := append(slices.Clone(done), it)
		without := s.compacted(slices.Clone(done), items[i+1:], left, whole)
		return s.Choice(unset, without, s.compacted(with, items[i+1:], left, whole))
	}
	return cty.TupleVal(done)
}
