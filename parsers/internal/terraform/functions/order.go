package functions

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// inOrder sorts texts as Terraform does. ok is false where a token decides the order.
func (c call) inOrder(texts []string) (out []string, ok bool) {
	ok = true
	out = slices.Clone(texts)
	slices.SortFunc(out, func(a, b string) int {
		ok = ok && c.settledOrder(a, b)
		return strings.Compare(a, b)
	})
	return out, ok
}

// settledOrder reports that two texts differ first where both have literals, or where one of them ends.
func (c call) settledOrder(a, b string) bool {
	x, y := c.Table.Split(a), c.Table.Split(b)
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
func (c call) sort(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 || len(c.Inputs(args)) == 0 || !calc.Known(args[0]) {
		return c.library(stdlib.SortFunc, args, false)
	}
	items, _, err := c.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	return c.sorted(c.key(args...), items), nil
}

func (c call) sorted(key string, items []cty.Value) cty.Value {
	texts := make([]string, len(items))
	for i, it := range items {
		if !calc.IsText(it) {
			return c.Derived(cty.List(cty.String), key, items...)
		}
		texts[i] = it.AsString()
	}
	texts, ok := c.inOrder(texts)
	if !ok {
		return c.Unordered(key, items)
	}
	out := make([]cty.Value, len(texts))
	for i, t := range texts {
		out[i] = cty.StringVal(t)
	}
	return cty.ListVal(out)
}

// keysOf and valuesOf are in the order of the keys.
func (c call) keysOf(args []cty.Value) (cty.Value, error) {
	keys, ok := c.OpenKeys(args)
	if !ok {
		return c.library(stdlib.KeysFunc, args, false)
	}
	return c.sorted(c.key(args...), keys), nil
}

func (c call) valuesOf(args []cty.Value) (cty.Value, error) {
	keys, ok := c.OpenKeys(args)
	if !ok || c.sorted("", keys).Type().IsListType() {
		return c.library(stdlib.ValuesFunc, args, false)
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
	return c.Unordered(c.key(args...), items), nil
}

// distinct leaves out what is there before. What may be equal is left in, in a set.
func (c call) distinct(args []cty.Value) (cty.Value, error) {
	if len(args) == 1 && calc.Known(args[0]) {
		items, _, err := c.list(args[0])
		if err == nil && c.MayMeet(items) {
			set, err := c.To(cty.TupleVal(items), cty.Set(cty.DynamicPseudoType))
			if err == nil && set.Type().IsSetType() {
				return set, nil
			}
			return c.open(cty.List(cty.String), args...), nil
		}
	}
	return c.library(stdlib.DistinctFunc, args, false)
}

// common is setintersection or setsubtract: of elements that may be equal to others nothing is known.
func (c call) common(args []cty.Value) (cty.Value, error) {
	var all []cty.Value
	for _, a := range args {
		items, ok, err := c.list(a)
		if err != nil || !ok {
			return c.library(behind[c.name], args, false)
		}
		all = append(all, items...)
	}
	if c.MayMeet(all) {
		return c.open(cty.Set(cty.String), args...), nil
	}
	return c.library(behind[c.name], args, false)
}

// toList is tolist. Of a set with tokens the order is not known.
func (c call) toList(args []cty.Value) (cty.Value, error) {
	if c.IsUnordered(args[0]) {
		return args[0], nil
	}
	return c.converted(args)
}

// positional are functions of the libraries whose results depend on the order of a list.
var positional = map[string]bool{"slice": true, "chunklist": true, "zipmap": true}
