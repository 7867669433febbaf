package eval

import (
	"errors"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Whether a list is empty is one question, however it is asked: length(x) > 0, length(x) != 0 and a count of length(x)
// all wait for the same condition. So do they where x has one element for each of another list, or are resources that
// are counted by one: the length of a collection is the number that it was made by.

// lengthOf is the number of elements of a text, list or map.
func (r *run) lengthOf(v cty.Value) (cty.Value, error) {
	plain, _ := v.Unmark()
	switch {
	case isHandle(v):
		return r.derived(cty.Number, "length("+r.canonical(v)+")", v), nil
	case plain.IsNull():
		return plain, errors.New("length of null")
	case !known(v):
		key := r.identity(v)
		if n, ok := r.lengths[key]; ok {
			return n, nil
		}
		return r.natural("length("+key+")", r.firstMissing(v)), nil
	case plain.Type() == cty.String:
		return stdlib.Strlen(plain)
	case !plain.CanIterateElements():
		return plain, errNotSequence
	case plain.Type().IsSetType() && (!plain.IsWhollyKnown() || r.mayMeet(plain.AsValueSlice())),
		isMapping(plain) && r.keysMayMeet(plain):
		return r.derived(cty.Number, "length("+r.canonical(v)+")", v), nil
	}
	return cty.NumberIntVal(int64(plain.LengthInt())), nil
}

// natural is a whole number from 0 up that is not known.
func (r *run) natural(key string, m fact.Missing) cty.Value {
	return cty.UnknownVal(cty.Number).Mark(Source{Missing: m, Key: key, counts: true})
}

// copiesOf is a count as a whole number from 0 up.
func (r *run) copiesOf(count cty.Value) cty.Value {
	if c, ok := AsChoice(count, r.table); ok {
		return r.choice(c.When, r.copiesOf(c.Then), r.copiesOf(c.Else))
	}
	n := r.convert(count, cty.Number)
	if s, ok := SourceOf(n); ok && s.Key != "" {
		return r.natural(s.Key, s.Missing)
	}
	return n
}

// joins say when what is computed from whole numbers from 0 up is 0.
var joins = map[string]func(fact.Cond, ...fact.Cond) fact.Cond{
	"+": fact.Cond.And, "max": fact.Cond.And, "*": fact.Cond.Or, "min": fact.Cond.Or,
}

// computed is a number that is computed, which is a whole number from 0 up if all that it is computed from are.
func (r *run) computed(name string, v cty.Value, args []cty.Value) cty.Value {
	s, _ := SourceOf(v)
	isOther := func(a cty.Value) bool {
		_, known := smallNumber(a)
		of, _ := SourceOf(a)
		return !known && !of.counts
	}
	if joins[name] == nil || s.Key == "" || slices.ContainsFunc(args, isOther) {
		return v
	}
	zero := r.none(args[0])
	for _, a := range args[1:] {
		zero = joins[name](zero, r.none(a))
	}
	r.zeros[s.Key] = r.brief(zero)
	return r.natural(s.Key, s.Missing)
}

// identity is what lists and maps that are not known share if they have the same content.
func (r *run) identity(v cty.Value) string {
	if s, ok := SourceOf(v); ok && s.Key != "" {
		return s.Key
	}
	return r.name(v)
}

// alike notes that v, which is not known, has an element for each one of another collection.
func (r *run) alike(v, other cty.Value) {
	n, err := r.spread([]cty.Value{other}, func(args []cty.Value) (cty.Value, error) { return r.lengthOf(args[0]) })
	if err == nil {
		r.lengths[r.identity(v)] = n
	}
}

// empty is the condition under which a collection has no elements.
func (r *run) empty(v cty.Value) fact.Cond {
	if c, ok := AsChoice(v, r.table); ok {
		return c.When.And(r.empty(c.Then)).Or(c.When.Not().And(r.empty(c.Else)))
	}
	if plain, _ := v.Unmark(); known(v) && !plain.IsNull() && plain.CanIterateElements() {
		return settled(plain.LengthInt() == 0)
	}
	n, err := r.lengthOf(v)
	if err != nil {
		return fact.Never()
	}
	return r.none(n)
}

// Empty is the condition under which the list of that identity has no elements; m is what would tell.
func (p *Program) Empty(key string, m fact.Missing) fact.Cond {
	if p.run != nil {
		if n, ok := p.run.lengths[key]; ok {
			return p.run.none(n)
		}
	}
	return number("length("+key+")", 0, m)
}

// none is the condition under which a number is 0.
func (r *run) none(n cty.Value) fact.Cond {
	if c, ok := AsChoice(n, r.table); ok {
		return c.When.And(r.none(c.Then)).Or(c.When.Not().And(r.none(c.Else)))
	}
	if s, ok := SourceOf(n); ok && s.Key != "" {
		if zero, ok := r.zeros[s.Key]; ok {
			return zero
		}
		return number(s.Key, 0, s.Missing)
	}
	if small, known := smallNumber(n); known {
		return settled(small == 0)
	}
	return number(r.name(n), 0, r.firstMissing(n))
}

// mirrored are the comparisons with their sides exchanged.
var mirrored = map[string]string{">": "<", ">=": "<=", "<": ">", "<=": ">="}

// compareLength compares a length that is not known with 0 or 1, where that only asks whether there are any elements.
func (r *run) compareLength(name string, args []cty.Value) (fact.Cond, bool) {
	if len(args) != 2 || mirrored[name] == "" {
		return fact.Cond{}, false
	}
	of := args[0]
	n, known := smallNumber(args[1])
	if !known {
		of = args[1]
		n, known = smallNumber(args[0])
		name = mirrored[name]
	}
	if s, _ := SourceOf(of); !known || !s.counts {
		return fact.Cond{}, false
	}
	empty := r.none(of)
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
func (r *run) equalLength(a, b cty.Value) (fact.Cond, bool) {
	s, _ := SourceOf(a)
	n, known := smallNumber(b)
	switch {
	case !known || !s.counts:
		return fact.Cond{}, false
	case n == 0:
		return r.none(a), true
	}
	return number(s.Key, n, s.Missing), true
}

// number is the condition under which the number with this identity is n; m is what would tell.
func number(key string, n int, m fact.Missing) fact.Cond {
	return fact.If(&fact.Atom{Subject: key, Literal: strconv.Itoa(n), Why: []fact.Missing{m}})
}

// isListVariable reports a variable without a value whose type is a list, set or map.
func isListVariable(v cty.Value) bool {
	s, ok := SourceOf(v)
	return ok && s.declared
}

// isLiteral reports what is written in brackets or braces.
func isLiteral(v cty.Value) bool {
	return !v.IsMarked() && v.IsKnown() && !v.IsNull() && (v.Type().IsTupleType() || v.Type().IsObjectType())
}

// smallNumber is a whole number that is known and not negative.
func smallNumber(v cty.Value) (int, bool) {
	if v.Type() != cty.Number || v.IsMarked() || !v.IsKnown() || v.IsNull() {
		return 0, false
	}
	n, accuracy := v.AsBigFloat().Int64()
	return int(n), accuracy == 0 && n >= 0 && n < 1<<31
}
