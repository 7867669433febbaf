package eval

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// A set with tokens in it stands for two things: a list whose elements are known and whose order is not, as sort and
// tolist make it, and a set whose elements may turn out to be equal. Nothing may be concluded from the place of an
// element. The number of elements counts only if they certainly differ.

// isUnordered reports such a set.
func (r *run) isUnordered(v cty.Value) bool {
	plain, _ := v.Unmark()
	isSet := plain.Type().IsSetType() && plain.IsKnown() && !plain.IsNull()
	return isSet && plain.LengthInt() > 1 && len(r.inputs([]cty.Value{plain})) > 0
}

// mayMeet reports that two of the values that look different may turn out to be equal.
func (r *run) mayMeet(vs []cty.Value) bool {
	var open []cty.Value
	for _, v := range vs {
		if sym, ok := onlySymbol(v, r.table); (!ok || !isIdentity(sym)) && len(r.inputs([]cty.Value{v})) > 0 {
			open = append(open, v)
		}
	}
	for i, v := range open {
		if i == maxCases {
			return true
		}
		for _, w := range vs {
			if !v.RawEquals(w) && !r.equal(v, w).IsNever() {
				return true
			}
		}
	}
	return false
}

// unordered is a sequence whose elements are vs in any order; each of them is there once.
func (r *run) unordered(key string, vs []cty.Value) cty.Value {
	if len(vs) > 0 && slices.ContainsFunc(vs, func(v cty.Value) bool { return !isText(v) }) {
		return r.derived(cty.List(cty.DynamicPseudoType), key, vs...)
	}
	if set := cty.SetVal(vs); set.LengthInt() == len(vs) {
		return set
	}
	return r.derived(cty.List(cty.String), key, vs...)
}

// oneOf is one of the values: a case each, if they are few.
func (r *run) oneOf(key string, vs []cty.Value) cty.Value {
	if len(vs) > maxRows {
		return r.derived(cty.DynamicPseudoType, key, vs...)
	}
	var names []string
	for _, v := range vs {
		names = append(names, r.name(v))
	}
	out := vs[len(vs)-1]
	for i := len(vs) - 2; i >= 0; i-- {
		why := []fact.Missing{r.firstMissing(vs...)}
		when := fact.If(&fact.Atom{Subject: key, Literal: names[i], Domain: names, Why: why})
		out = r.choice(when, vs[i], out)
	}
	return out
}

// inOrder sorts texts as Terraform does. ok is false where a token decides the order.
func (r *run) inOrder(texts []string) (out []string, ok bool) {
	ok = true
	out = slices.Clone(texts)
	slices.SortFunc(out, func(a, b string) int {
		ok = ok && r.settledOrder(a, b)
		return strings.Compare(a, b)
	})
	return out, ok
}

// settledOrder reports that two texts differ first where both have literals, or where one of them ends.
func (r *run) settledOrder(a, b string) bool {
	x, y := r.table.Split(a), r.table.Split(b)
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
func (s *scope) sort(args []cty.Value) (cty.Value, error) {
	if len(args) != 1 || len(s.inputs(args)) == 0 || !known(args[0]) {
		return s.library("sort", stdlib.SortFunc, args, false)
	}
	items, _, err := s.list(args[0])
	if err != nil {
		return cty.NilVal, err
	}
	return s.sorted("sort("+s.canonical(args...)+")", items), nil
}

func (r *run) sorted(key string, items []cty.Value) cty.Value {
	texts := make([]string, len(items))
	for i, it := range items {
		if !isText(it) {
			return r.derived(cty.List(cty.String), key, items...)
		}
		texts[i] = it.AsString()
	}
	texts, ok := r.inOrder(texts)
	if !ok {
		return r.unordered(key, items)
	}
	out := make([]cty.Value, len(texts))
	for i, t := range texts {
		out[i] = cty.StringVal(t)
	}
	return cty.ListVal(out)
}

// keysOf and valuesOf are in the order of the keys.
func (s *scope) keysOf(args []cty.Value) (cty.Value, error) {
	keys, ok := s.openKeys(args)
	if !ok {
		return s.library("keys", stdlib.KeysFunc, args, false)
	}
	return s.sorted("keys("+s.canonical(args...)+")", keys), nil
}

func (s *scope) valuesOf(args []cty.Value) (cty.Value, error) {
	keys, ok := s.openKeys(args)
	if !ok || s.sorted("", keys).Type().IsListType() {
		return s.library("values", stdlib.ValuesFunc, args, false)
	}
	plain, _ := args[0].Unmark()
	var items []cty.Value
	for it := plain.ElementIterator(); it.Next(); {
		_, v := it.Element()
		items = append(items, v)
	}
	if slices.ContainsFunc(items, isHandle) {
		return cty.TupleVal(items), nil // which resource stands where is lost, but not what they are
	}
	return s.unordered("values("+s.canonical(args...)+")", items), nil
}

// openKeys are the keys of a map in which tokens are among several keys.
func (r *run) openKeys(args []cty.Value) (keys []cty.Value, ok bool) {
	if len(args) != 1 || isHandle(args[0]) {
		return nil, false
	}
	plain, _ := args[0].Unmark()
	if !plain.IsKnown() || plain.IsNull() || !isMapping(plain) || plain.LengthInt() < 2 {
		return nil, false
	}
	for _, name := range sortedKeys(plain.AsValueMap()) {
		keys = append(keys, cty.StringVal(name))
		ok = ok || symbol.Has(name)
	}
	return keys, ok
}

// distinct leaves out what is there before. What may be equal is left in, in a set.
func (s *scope) distinct(args []cty.Value) (cty.Value, error) {
	if len(args) == 1 && known(args[0]) {
		items, _, err := s.list(args[0])
		if err == nil && s.mayMeet(items) {
			set, err := s.to(cty.TupleVal(items), cty.Set(cty.DynamicPseudoType))
			if err == nil && set.Type().IsSetType() {
				return set, nil
			}
			return s.derived(cty.List(cty.String), "distinct("+s.canonical(args...)+")", args...), nil
		}
	}
	return s.library("distinct", stdlib.DistinctFunc, args, false)
}

// common is setintersection or setsubtract: of elements that may be equal to others nothing is known.
func (s *scope) common(name string, f function.Function, args []cty.Value) (cty.Value, error) {
	var all []cty.Value
	for _, a := range args {
		items, ok, err := s.list(a)
		if err != nil || !ok {
			return s.library(name, f, args, false)
		}
		all = append(all, items...)
	}
	if s.mayMeet(all) {
		return s.derived(cty.Set(cty.String), name+"("+s.canonical(args...)+")", args...), nil
	}
	return s.library(name, f, args, false)
}

// toList is tolist. Of a set with tokens the order is not known.
func (s *scope) toList(args []cty.Value) (cty.Value, error) {
	if len(args) == 1 && s.isUnordered(args[0]) {
		return args[0], nil
	}
	return s.converted(args, cty.List(cty.DynamicPseudoType))
}

func (s *scope) converted(args []cty.Value, ty cty.Type) (cty.Value, error) {
	if len(args) != 1 {
		return cty.NilVal, errArguments
	}
	return s.to(args[0], ty)
}

// positional are functions of the libraries whose results depend on the order of a list.
var positional = map[string]bool{"slice": true, "chunklist": true, "zipmap": true}
