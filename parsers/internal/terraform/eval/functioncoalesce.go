package eval

import (
	"errors"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// coalesce is the first argument that is neither null nor empty. One that may be either makes a choice.
func (s *scope) coalesce(args []cty.Value) (cty.Value, error) {
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
			return s.unless(unset, a), nil
		}
		return s.choice(unset, other, a), nil
	}
	return cty.NilVal, errors.New("all arguments of coalesce are null or empty")
}

// coalesceList is the first list that has elements. One that is not known may have none, which makes a choice.
func (s *scope) coalesceList(args []cty.Value) (cty.Value, error) {
	for i, a := range args {
		if isNull(a) {
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
			return s.unless(s.empty(a), a), nil
		}
		return s.choice(s.empty(a), other, a), nil
	}
	return cty.NilVal, errors.New("no list of coalescelist has elements")
}

// unset is the condition under which a value is null or an empty text.
func (s *scope) unset(v cty.Value) fact.Cond {
	if isNull(v) {
		return fact.Always()
	}
	if !isText(v) {
		return s.equalsNull(v)
	}
	if sym, ok := onlySymbol(v, s.table); ok && sym.Unset == "null" {
		return s.equalsNull(v).Or(s.equal(v, lit("")))
	}
	return s.equal(v, lit(""))
}

// compact leaves out what is null or empty: a case each where that is not known.
func (s *scope) compact(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 || !known(args[0]) {
		return s.library("compact", stdlib.CompactFunc, args, false)
	}
	items, _, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	left := maxSpread
	return s.compacted(nil, items, &left, args[0]), nil
}

func (s *scope) compacted(done, items []cty.Value, left *int, whole cty.Value) cty.Value {
	for i, it := range items {
		unset := s.unset(it)
		switch {
		case unset.IsAlways():
			continue
		case unset.IsNever():
			done = append(done, s.convert(it, cty.String))
			continue
		case *left == 0:
			return s.derived(cty.List(cty.String), "compact("+s.canonical(whole)+")", whole)
		}
		*left--
		with := append(slices.Clone(done), it)
		without := s.compacted(slices.Clone(done), items[i+1:], left, whole)
		return s.choice(unset, without, s.compacted(with, items[i+1:], left, whole))
	}
	return cty.TupleVal(done)
}
