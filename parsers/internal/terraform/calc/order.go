package calc

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// A set with tokens in it stands for two things: a list whose elements are known and whose order is not, as sort and
// tolist make it, and a set whose elements may turn out to be equal. Nothing may be concluded from the place of an
// element. The number of elements counts only if they certainly differ.

// IsUnordered reports such a set.
func (r *Run) IsUnordered(v cty.Value) bool {
	plain, _ := v.Unmark()
	isSet := plain.Type().IsSetType() && plain.IsKnown() && !plain.IsNull()
	return isSet && plain.LengthInt() > 1 && len(r.Inputs([]cty.Value{plain})) > 0
}

// MayMeet reports that two of the values that look different may turn out to be equal.
func (r *Run) MayMeet(vs []cty.Value) bool {
	var open []cty.Value
	for _, v := range vs {
		if sym, ok := OnlySymbol(v, r.Table); (!ok || !isIdentity(sym)) && len(r.Inputs([]cty.Value{v})) > 0 {
			open = append(open, v)
		}
	}
	for i, v := range open {
		if i == MaxCases {
			return true
		}
		for _, w := range vs {
			if !v.RawEquals(w) && !r.Equal(v, w).IsNever() {
				return true
			}
		}
	}
	return false
}

// Unordered is a sequence whose elements are vs in any order; each of them is there once.
func (r *Run) Unordered(key string, vs []cty.Value) cty.Value {
	if len(vs) > 0 && slices.ContainsFunc(vs, func(v cty.Value) bool { return !IsText(v) }) {
		return r.Derived(cty.List(cty.DynamicPseudoType), key, vs...)
	}
	if set := cty.SetVal(vs); set.LengthInt() == len(vs) {
		return set
	}
	return r.Derived(cty.List(cty.String), key, vs...)
}

// OneOf is one of the values: a case each, if they are few.
func (r *Run) OneOf(key string, vs []cty.Value) cty.Value {
	if len(vs) > maxRows {
		return r.Derived(cty.DynamicPseudoType, key, vs...)
	}
	var names []string
	for _, v := range vs {
		names = append(names, r.Name(v))
	}
	out := vs[len(vs)-1]
	for i := len(vs) - 2; i >= 0; i-- {
		why := []fact.Missing{r.FirstMissing(vs...)}
		when := fact.If(&fact.Atom{Subject: key, Literal: names[i], Domain: names, Why: why})
		out = r.Choice(when, vs[i], out)
	}
	return out
}
