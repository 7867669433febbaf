package functions

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// inOrder sorts texts as Terraform does. ok is false where a token decides the order.
func (s setting) inOrder(texts []string) (out []string, ok bool) {
	ok = true
	out = slices.Clone(texts)
	slices.SortFunc(out, func(a, b string) int {
		ok = ok && s.settledOrder(a, b)
		return strings.Compare(a, b)
	})
	return out, ok
}

// settledOrder reports that two texts differ first where both have literals, or where one of them ends.
func (s setting) settledOrder(a, b string) bool {
	x, y := s.Table.Split(a), s.Table.Split(b)
	for i := range min(len(x), len(y)) {
		p, pok := x[i].(string)
		q, qok := y[i].(string)
		switch {
		case pok != qok:
			return false
		case !pok:
			if x[i].(symbol.Symbol).Key != y[i].(symbol.Symbol).Key {
				return false
			}
		case strings.HasPrefix(p, q) && len(y) > i+1 || strings.HasPrefix(q, p) && len(x) > i+1:
			if p != q {
				return false
			}
		case p != q:
			return true
		}
	}
	return true
}

// sort gives texts in order.
func (s setting) sort(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 || len(s.Inputs(args)) == 0 || !calc.Known(args[0]) {
		return s.library("sort", stdlib.SortFunc, args, false)
	}
	items, _, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	return s.sorted("sort("+s.Canonical(args...)+")", items), nil
}

func (s setting) sorted(key string, items []cty.Value) cty.Value {
	texts := make([]string, len(items))
	for i, it := range items {
		if !calc.IsText(it) {
			return s.Derived(cty.List(cty.String), key, items...)
		}
		texts[i] = it.AsString()
	}
	texts, ok := s.inOrder(texts)
	if !ok {
		return s.Unordered(key, items)
	}
	out := make([]cty.Value, len(texts))
	for i, t := range texts {
		out[i] = cty.StringVal(t)
	}
	return cty.ListVal(out)
}

// keysOf and valuesOf are in the order of the keys.
func (s setting) keysOf(args []cty.Value) (cty.Value, error) {
	keys, ok := s.OpenKeys(args)
	if !ok {
		return s.library("keys", stdlib.KeysFunc, args, false)
	}
	return s.sorted("keys("+s.Canonical(args...)+")", keys), nil
}

func (s setting) valuesOf(args []cty.Value) (cty.Value, error) {
	keys, ok := s.OpenKeys(args)
	if !ok || s.sorted("", keys).Type().IsListType() {
		return s.library("values", stdlib.ValuesFunc, args, false)
	}
	plain, _ := args[0].Unmark()
	var items []cty.Value
	for it := plain.ElementIterator(); it.Next(); {
		_, v := it.Element()
		items = append(items, v)
	}
	if slices.ContainsFunc(items, calc.IsHandle) {
		return cty.TupleVal(items), nil // which resource stands where is lost, but not what they are
	}
	return s.Unordered("values("+s.Canonical(args...)+")", items), nil
}

// distinct leaves out what is there before. What may be equal is left in, in a set.
func (s setting) distinct(args []cty.Value) (cty.Value, error) {
	if len(args) == 1 && calc.Known(args[0]) {
		items, _, err := s.list(args[0])
		if err == nil && s.MayMeet(items) {
			set, err := s.To(cty.TupleVal(items), cty.Set(cty.DynamicPseudoType))
			if err == nil && set.Type().IsSetType() {
				return set, nil
			}
			return s.Derived(cty.List(cty.String), "distinct("+s.Canonical(args...)+")", args...), nil
		}
	}
	return s.library("distinct", stdlib.DistinctFunc, args, false)
}

// common is setintersection or setsubtract: of elements that may be equal to others nothing is known.
func (s setting) common(name string, f function.Function, args []cty.Value) (cty.Value, error) {
	var all []cty.Value
	for _, a := range args {
		items, ok, err := s.list(a)
		if err != nil || !ok {
			return s.library(name, f, args, false)
		}
		all = append(all, items...)
	}
	if s.MayMeet(all) {
		return s.Derived(cty.Set(cty.String), name+"("+s.Canonical(args...)+")", args...), nil
	}
	return s.library(name, f, args, false)
}

// toList is tolist. Of a set with tokens the order is not known.
func (s setting) toList(args []cty.Value) (cty.Value, error) {
	if len(args) == 1 && s.IsUnordered(args[0]) {
		return args[0], nil
	}
	return s.converted(args, cty.List(cty.DynamicPseudoType))
}

func (s setting) converted(args []cty.Value, ty cty.Type) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, ErrArguments
	}
	return s.To(args[0], ty)
}

// positional are functions of the libraries whose results depend on the order of a list.
var positional = map[string]bool{"slice": true, "chunklist": true, "zipmap": true}
