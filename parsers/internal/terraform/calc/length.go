package calc

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Whether a list is empty is one question, however it is asked: length(x) > 0, length(x) != 0 and a count of length(x)
// all wait for the same condition. So do they where x has one element for each of another list, or are resources that
// are counted by one: the length of a collection is the number that it was made by.

// keysMayMeet reports that two keys of a map may turn out to be one.
func (r *Run) keysMayMeet(of cty.Value) bool {
	keys, ok := r.OpenKeys([]cty.Value{of})
	return ok && r.MayMeet(keys)
}

// LengthOf is the number of elements of a text, list or map.
func (r *Run) LengthOf(v cty.Value) (cty.Value, error) {
	plain, _ := v.Unmark()
	switch {
	case IsHandle(v):
		return r.Derived(cty.Number, "length("+r.Canonical(v)+")", v), nil
	case plain.IsNull():
		return plain, errors.New("length of null")
	case !Known(v):
		key := r.identity(v)
		if n, ok := r.lengths[key]; ok {
			return n, nil
		}
		return r.natural("length("+key+")", r.FirstMissing(v)), nil
	case plain.Type() == cty.String:
		return stdlib.Strlen(plain)
	case !plain.CanIterateElements():
		return plain, ErrNotSequence
	case plain.Type().IsSetType() && (!plain.IsWhollyKnown() || r.MayMeet(plain.AsValueSlice())),
		IsMapping(plain) && r.keysMayMeet(plain):
		return r.Derived(cty.Number, "length("+r.Canonical(v)+")", v), nil
	}
	return cty.NumberIntVal(int64(plain.LengthInt())), nil
}

// natural is a whole number from 0 up that is not known.
func (r *Run) natural(key string, m fact.Missing) cty.Value {
	return cty.UnknownVal(cty.Number).Mark(Source{Missing: m, Key: key, counts: true})
}

// CopiesOf is a count as a whole number from 0 up.
func (r *Run) CopiesOf(count cty.Value) cty.Value {
	if c, ok := AsChoice(count, r.Table); ok {
		return r.Choice(c.When, r.CopiesOf(c.Then), r.CopiesOf(c.Else))
	}
	n := r.Convert(count, cty.Number)
	if s, ok := SourceOf(n); ok && s.Key != "" {
		return r.natural(s.Key, s.Missing)
	}
	return n
}

// joins say when what is computed from whole numbers from 0 up is 0.
var joins = map[string]func(fact.Cond, ...fact.Cond) fact.Cond{
	"+": fact.Cond.And, "max": fact.Cond.And, "*": fact.Cond.Or, "min": fact.Cond.Or,
}

// Computed is a number that is computed, which is a whole number from 0 up if all that it is computed from are.
func (r *Run) Computed(name string, v cty.Value, args []cty.Value) cty.Value {
	s, _ := SourceOf(v)
	isOther := func(a cty.Value) bool {
		_, known := SmallNumber(a)
		of, _ := SourceOf(a)
		return !known && !of.counts
	}
	if joins[name] == nil || s.Key == "" || slices.ContainsFunc(args, isOther) {
		return v
	}
	zero := r.None(args[0])
	for _, a := range args[1:] {
		zero = joins[name](zero, r.None(a))
	}
	r.zeros[s.Key] = r.Brief(zero)
	return r.natural(s.Key, s.Missing)
}

// identity is what lists and maps that are not known share if they have the same content.
func (r *Run) identity(v cty.Value) string {
	if s, ok := SourceOf(v); ok && s.Key != "" {
		return s.Key
	}
	return r.Name(v)
}

// Alike notes that v, which is not known, has an element for each one of another collection.
func (r *Run) Alike(v, other cty.Value) {
	n, err := r.Spread([]cty.Value{other}, func(args []cty.Value) (cty.Value, error) { return r.LengthOf(args[0]) })
	if err == nil {
		r.lengths[r.identity(v)] = n
	}
}

// Empty is the condition under which a collection has no elements.
func (r *Run) Empty(v cty.Value) fact.Cond {
	if c, ok := AsChoice(v, r.Table); ok {
		return c.When.And(r.Empty(c.Then)).Or(c.When.Not().And(r.Empty(c.Else)))
	}
	if plain, _ := v.Unmark(); Known(v) && !plain.IsNull() && plain.CanIterateElements() {
		return Settled(plain.LengthInt() == 0)
	}
	n, err := r.LengthOf(v)
	if err != nil {
		return fact.Never()
	}
	return r.None(n)
}

// None is the condition under which a number is 0.
func (r *Run) None(n cty.Value) fact.Cond {
	if c, ok := AsChoice(n, r.Table); ok {
		return c.When.And(r.None(c.Then)).Or(c.When.Not().And(r.None(c.Else)))
	}
	if s, ok := SourceOf(n); ok && s.Key != "" {
		if zero, ok := r.zeros[s.Key]; ok {
			return zero
		}
		return number(s.Key, 0, s.Missing)
	}
	if small, known := SmallNumber(n); known {
		return Settled(small == 0)
	}
	return number(r.Name(n), 0, r.FirstMissing(n))
}

// mirrored are the comparisons with their sides exchanged.
var mirrored = map[string]string{">": "<", ">=": "<=", "<": ">", "<=": ">="}

// compareLength compares a length that is not known with 0 or 1, where that only asks whether there are any elements.
func (r *Run) compareLength(name string, args []cty.Value) (fact.Cond, bool) {
	if len(args) != 2 || mirrored[name] == "" {
		return fact.Cond{}, false
	}
	of := args[0]
	n, known := SmallNumber(args[1])
	if !known {
		of = args[1]
		n, known = SmallNumber(args[0])
		name = mirrored[name]
	}
	if s, _ := SourceOf(of); !known || !s.counts {
		return fact.Cond{}, false
	}
	empty := r.None(of)
	switch name + strconv.Itoa(n) {
	case ">0", ">=1":
		return empty.Not(), true
	case "<1", "<=0":
		return empty, true
	case ">=0":
		return fact.Always(), true
	case "<0":
		return fact.Never(), true
	}
	return fact.Cond{}, false
}

// equalLength compares a length that is not known with a number.
func (r *Run) equalLength(a, b cty.Value) (fact.Cond, bool) {
	s, _ := SourceOf(a)
	n, known := SmallNumber(b)
	switch {
	case !known || !s.counts:
		return fact.Cond{}, false
	case n == 0:
		return r.None(a), true
	}
	return number(s.Key, n, s.Missing), true
}

// number is the condition under which the number with this identity is n; m is what would tell.
func number(key string, n int, m fact.Missing) fact.Cond {
	return fact.If(&fact.Atom{Subject: key, Literal: strconv.Itoa(n), Why: []fact.Missing{m}})
}

// OpenKeys are the keys of a map in which tokens are among several keys.
func (r *Run) OpenKeys(args []cty.Value) (keys []cty.Value, ok bool) {
	if len(args) != 1 || IsHandle(args[0]) {
		return nil, false
	}
	plain, _ := args[0].Unmark()
	if !plain.IsKnown() || plain.IsNull() || !IsMapping(plain) || plain.LengthInt() < 2 {
		return nil, false
	}
	for _, name := range slices.Sorted(maps.Keys(plain.AsValueMap())) {
		keys = append(keys, cty.StringVal(name))
		ok = ok || symbol.Has(name)
	}
	return keys, ok
}

// Count notes that n is the number of the elements of the collection of that identity.
func (r *Run) Count(key string, n cty.Value) { r.lengths[key] = n }

// EmptyOf is the condition under which the list of that identity has no elements; m is what would tell.
func (r *Run) EmptyOf(key string, m fact.Missing) fact.Cond {
	if n, ok := r.lengths[key]; ok {
		return r.None(n)
	}
	return number("length("+key+")", 0, m)
}
