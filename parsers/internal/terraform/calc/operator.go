package calc

import (
	"errors"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// operators are the words of arithmetic operators in the identity of what they compute.
var operators = map[*hclsyntax.Operation]string{
	hclsyntax.OpAdd: "+", hclsyntax.OpSubtract: "-", hclsyntax.OpNegate: "-",
	hclsyntax.OpMultiply: "*", hclsyntax.OpDivide: "/", hclsyntax.OpModulo: "%",
	hclsyntax.OpGreaterThan: ">", hclsyntax.OpGreaterThanOrEqual: ">=",
	hclsyntax.OpLessThan: "<", hclsyntax.OpLessThanOrEqual: "<=",
}

// Calculated is the result of an arithmetic operator, or of a comparison of numbers.
func (s Setting) Calculated(op *hclsyntax.Operation, args []cty.Value) (cty.Value, error) {
	v, err := s.arithmetic(op, operators[op], args)
	if err != nil {
		return v, err
	}
	return s.Operated(op, v, args), nil
}

// timesSwitch multiplies a number that is not known by 0 or 1, which is how configurations switch off what they count.
func timesSwitch(name string, args []cty.Value) (cty.Value, bool) {
	if name != "*" {
		return cty.NilVal, false
	}
	for i, a := range args {
		n, ok := SmallNumber(a)
		other := args[1-i]
		switch {
		case !ok || other.Type() != cty.Number || IsNull(other):
		case n == 0:
			return cty.Zero, true
		case n == 1:
			return other, true
		}
	}
	return cty.NilVal, false
}

func (r *Run) arithmetic(op *hclsyntax.Operation, name string, args []cty.Value) (cty.Value, error) {
	if c, ok := r.compareLength(name, args); ok {
		return r.Truth(c), nil
	}
	if v, ok := timesSwitch(name, args); ok {
		return v, nil
	}
	plain := make([]cty.Value, len(args))
	for i, a := range args {
		v, err := r.To(a, cty.Number)
		if err != nil {
			return v, err
		}
		if v, _ = v.Unmark(); !v.IsKnown() {
			text := "(" + r.Canonical(args[0]) + " " + name + " " + r.Canonical(args[len(args)-1]) + ")"
			return r.Computed(name, r.Derived(op.Type, text, args...), args), nil
		}
		plain[i] = v
	}
	v, err := op.Impl.Call(plain)
	if err == nil {
		err = CheckNumber(v)
	}
	return v, err
}

// MaxSpread is how many conditional parts a text may have to become one text for each case. With more of them, their
// tokens stand in it.
const MaxSpread = 3

// Concat puts the parts of a template together.
func (r *Run) Concat(vs []cty.Value) (cty.Value, error) {
	choices := 0
	mustSpread := false
	for _, v := range vs {
		if _, ok := AsChoice(v, r.Table); ok {
			choices++
			mustSpread = mustSpread || !IsText(v)
		}
		mustSpread = mustSpread || MayFail(v)
	}
	if choices > 0 && choices <= MaxSpread || mustSpread {
		return r.Spread(vs, r.concatPlain)
	}
	return r.concatPlain(vs)
}

var errNoText = errors.New("only texts, numbers and booleans can be part of a text")

func (r *Run) concatPlain(vs []cty.Value) (cty.Value, error) {
	var b strings.Builder
	for _, v := range vs {
		plain, _ := v.Unmark()
		switch {
		case plain.IsNull():
			return v, errors.New("null cannot be part of a text")
		case !plain.IsKnown():
			v = r.Derived(cty.String, r.Canonical(v), v)
		case !plain.Type().IsPrimitiveType():
			return v, errNoText
		}
		text, err := r.To(v, cty.String)
		if err != nil {
			return v, err
		}
		b.WriteString(text.AsString())
		if err := r.ChargeText(b.Len()); err != nil {
			return v, err
		}
	}
	return cty.StringVal(b.String()), nil
}
