package eval

import (
	"errors"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// indexMapping looks a key up. A key that is not known makes each of a few entries a case; otherwise, when given, is
// what the lookup gives for a key that is not there.
func (r *run) indexMapping(v, key cty.Value, otherwise *cty.Value) (cty.Value, error) {
	entries := v.AsValueMap()
	key = r.convert(key, cty.String)
	if !isText(key) {
		return r.derived(elementType(v), r.canonical(v)+"["+r.canonical(key)+"]", key, v), nil
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
	names := sortedKeys(entries)
	sym, isToken := onlySymbol(key, r.table)
	switch {
	case otherwise != nil && (!symbol.Has(name) || len(names) == 0):
		return *otherwise, nil
	case !symbol.Has(name):
		return v, errors.New("there is no " + strconv.Quote(name) + " here")
	case !isToken || len(names) == 0 || len(names) > maxRows:
		// The map may be empty because what the key names is not there either.
		return r.derived(elementType(v), r.canonical(v)+"["+r.canonical(key)+"]", key, v), nil
	}
	last, domain := entries[names[len(names)-1]], names
	if otherwise != nil {
		last, domain = *otherwise, nil
	} else {
		names = names[:len(names)-1]
	}
	for i := len(names) - 1; i >= 0; i-- {
		is := &fact.Atom{Subject: sym.Key, Literal: names[i], Domain: domain, Why: []fact.Missing{sym.Missing}}
		last = r.choice(fact.If(is), entries[names[i]], last)
	}
	return last, nil
}

// perhaps finds a key with a token that may turn out to be the name.
func (r *run) perhaps(entries map[string]cty.Value, name string) (fact.Cond, string) {
	var open []string
	for k := range entries {
		if symbol.Has(k) {
			open = append(open, k)
		}
	}
	slices.Sort(open)
	for _, k := range open {
		if k != name {
			if same := r.equalText(k, name); !same.IsNever() {
				return same, k
			}
		}
	}
	return fact.Never(), ""
}

// indexDoubly looks a key up in a map whose entry k may be the one. If it is, and the map has the key as well, the
// later of the two counts, and which that is, is not known.
func (r *run) indexDoubly(
	v cty.Value, k string, same fact.Cond, key cty.Value, otherwise *cty.Value,
) (cty.Value, error) {
	entries := v.AsValueMap()
	one := entries[k]
	delete(entries, k)
	if x, ok := entries[key.AsString()]; ok {
		one = r.oneOf("either of "+r.canonical(key)+" in "+r.canonical(v), []cty.Value{one, x})
	}
	other, err := r.indexMapping(cty.ObjectVal(entries), key, otherwise)
	if err != nil {
		other = failed(err)
	}
	return r.choice(same, one, other), nil
}
