package calc

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// IndexMapping looks a key up. A key that is not known makes each of a few entries a case; otherwise, when given, is
// what the lookup gives for a key that is not there.
func (r *Run) IndexMapping(v, key cty.Value, otherwise *cty.Value) (cty.Value, error) {
	entries := v.AsValueMap()
	key = r.Convert(key, cty.String)
	if !IsText(key) {
		return r.Derived(elementType(v), r.Canonical(v)+"["+r.Canonical(key)+"]", key, v), nil
	}
	name := key.AsString()
	if !symbol.Has(name) {
		if same, k := r.perhaps(entries, name); !same.IsNever() {
			return r.indexDoubly(v, k, same, key, otherwise)
		}
	}
	if x, ok := entries[name]; ok {
		return x, nil
	}
	names := slices.Sorted(maps.Keys(entries))
	sym, isToken := OnlySymbol(key, r.Table)
	switch {
	case otherwise != nil && (!symbol.Has(name) || len(names) == 0):
		return *otherwise, nil
	case !symbol.Has(name):
		return v, errors.New("there is no " + strconv.Quote(name) + " here")
	case !isToken || len(names) == 0 || len(names) > maxRows:
		// The map may be empty because what the key names is not there either.
		return r.Derived(elementType(v), r.Canonical(v)+"["+r.Canonical(key)+"]", key, v), nil
	}
	last, domain := entries[names[len(names)-1]], names
	if otherwise != nil {
		last, domain = *otherwise, nil
	} else {
		names = names[:len(names)-1]
	}
	for i := len(names) - 1; i >= 0; i-- {
		is := &fact.Atom{Subject: sym.Key, Literal: names[i], Domain: domain, Why: []fact.Missing{sym.Missing}}
		last = r.Choice(fact.If(is), entries[names[i]], last)
	}
	return last, nil
}

// perhaps finds a key with a token that may turn out to be the name.
func (r *Run) perhaps(entries map[string]cty.Value, name string) (fact.Cond, string) {
	var open []string
	for k := range entries {
		if symbol.Has(k) {
			open = append(open, k)
		}
	}
	slices.Sort(open)
	for _, k := range open {
		if k != name {
			if same := r.EqualText(k, name); !same.IsNever() {
				return same, k
			}
		}
	}
	return fact.Never(), ""
}

// indexDoubly looks a key up in a map whose entry k may be the one. If it is, and the map has the key as well, the
// later of the two counts, and which that is, is not known.
func (r *Run) indexDoubly(
	v cty.Value, k string, same fact.Cond, key cty.Value, otherwise *cty.Value,
) (cty.Value, error) {
	entries := v.AsValueMap()
	one := entries[k]
	delete(entries, k)
	if x, ok := entries[key.AsString()]; ok {
		one = r.OneOf("either of "+r.Canonical(key)+" in "+r.Canonical(v), []cty.Value{one, x})
	}
	other, err := r.IndexMapping(cty.ObjectVal(entries), key, otherwise)
	if err != nil {
		other = Failed(err)
	}
	return r.Choice(same, one, other), nil
}
