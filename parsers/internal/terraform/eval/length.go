package eval

import (
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Whether a list is empty is one question, however it is asked: length(x) > 0, length(x) != 0 and a count of length(x)
// all wait for the same condition.

// mirrored are the comparisons with their sides exchanged.
var mirrored = map[string]string{">": "<", ">=": "<=", "<": ">", "<=": ">="}

// compareLength compares a length that is not known with 0 or 1, where that only asks whether there are any elements.
func (r *run) compareLength(name string, args []cty.Value) (fact.Cond, bool) {
	if len(args) != 2 || mirrored[name] == "" {
		return fact.Cond{}, false
	}
	s, ok := SourceOf(args[0])
	n, known := smallNumber(args[1])
	if !known {
		s, ok = SourceOf(args[1])
		n, known = smallNumber(args[0])
		name = mirrored[name]
	}
	if !ok || !known || s.counts == "" {
		return fact.Cond{}, false
	}
	empty := Empty(s.counts, s.Missing)
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
func equalLength(a, b cty.Value) (fact.Cond, bool) {
	s, ok := SourceOf(a)
	if !ok {
		return fact.Cond{}, false
	}
	if n, known := smallNumber(b); known && s.counts != "" {
		return number(s.Key, n, s.Missing), true
	}
	return fact.Cond{}, false
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
