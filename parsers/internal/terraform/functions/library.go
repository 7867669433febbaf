package functions

import (
	"errors"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// library calls a function of the libraries.
func (c call) library(f function.Function, args []cty.Value, reads bool) (cty.Value, error) {
	mixed := slices.ContainsFunc(args, c.IsUnordered)
	args, err := c.conformArguments(f, c.asCollections(args))
	if err != nil {
		return cty.NilVal, c.failure(err)
	}
	if mixed && positional[c.name] {
		return c.open(cty.DynamicPseudoType, args...), nil
	}
	if err := c.afford(args); err != nil {
		return cty.NilVal, err
	}
	if reads && len(c.Inputs(args)) > 0 {
		if v, ok := c.onSamples(f, args); ok {
			return v, nil
		}
		return c.derivedCall(f, args), nil
	}
	v, err := calc.Safely(func() (cty.Value, error) { return f.Call(args) })
	if err != nil {
		return v, c.failure(err)
	}
	v, err = c.repair(v, args)
	if mixed && err == nil && calc.Known(v) && (v.Type().IsListType() || v.Type().IsTupleType()) {
		return c.Unordered(c.key(args...), v.AsValueSlice()), nil
	}
	return v, err
}

// onSamples is what a function makes of texts with tokens, where it is the same whatever they are.
func (c call) onSamples(f function.Function, args []cty.Value) (cty.Value, bool) {
	out := make([]cty.Value, len(args))
	for i, a := range args {
		out[i] = c.Spelled(a)
	}
	return c.sampled(out, func(args []cty.Value) (cty.Value, error) {
		return calc.Safely(func() (cty.Value, error) { return f.Call(args) })
	})
}

// failure is an error of a library with the name of the function, and symbols as a person reads them.
func (c call) failure(err error) error {
	return errors.New(c.name + ": " + c.Table.Text(err.Error()).String())
}

// takes says what the functions whose parameters have no type want: lists or maps.
var takes = map[string]cty.Type{
	"flatten": cty.List(cty.String), "slice": cty.List(cty.String), "reverse": cty.List(cty.String),
	"concat": cty.List(cty.String), "coalescelist": cty.List(cty.String), "setproduct": cty.List(cty.String),
	"chunklist": cty.List(cty.String),
	"keys":      cty.Map(cty.String), "values": cty.Map(cty.String), "merge": cty.Map(cty.String),
}

// asCollections turns tokens and objects among the arguments of a function on collections into what it takes.
func (c call) asCollections(args []cty.Value) []cty.Value {
	ty, ok := takes[c.name]
	if !ok {
		return args
	}
	out := make([]cty.Value, len(args))
	for i, a := range args {
		switch {
		case calc.IsHandle(a) && ty.IsMapType():
			a = calc.AsHandle(a).Object()
		case calc.HasToken(a):
			a = c.Convert(a, ty)
		case ty.IsListType() && c.IsUnordered(a):
			a = cty.ListVal(a.AsValueSlice())
		}
		out[i] = a
	}
	return out
}

// conformArguments converts arguments to the types of the parameters.
func (c call) conformArguments(f function.Function, args []cty.Value) ([]cty.Value, error) {
	out := make([]cty.Value, len(args))
	params, more := f.Params(), f.VarParam()
	for i, a := range args {
		p := more
		if i < len(params) {
			p = &params[i]
		}
		if p == nil {
			return nil, errors.New("too many arguments")
		}
		v, err := c.To(a, p.Type)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	if len(args) < len(params) {
		return nil, errors.New("too few arguments")
	}
	return out, nil
}

// derivedCall is the result of a call on text that is not known: by its type only.
func (c call) derivedCall(f function.Function, args []cty.Value) cty.Value {
	ty := cty.DynamicPseudoType
	plain := make([]cty.Value, len(args))
	for i, a := range args {
		plain[i], _ = a.UnmarkDeep()
		if calc.HasToken(plain[i]) {
			plain[i] = cty.UnknownVal(cty.String)
		}
	}
	if t, err := calc.Safely(func() (cty.Type, error) { return f.ReturnTypeForValues(plain) }); err == nil {
		ty = t
	}
	return c.open(ty, args...)
}

// repair gives the result of a function on unknown values an identity and a reason. The library puts the marks of the
// arguments on it, which are theirs and not the result's.
func (c call) repair(v cty.Value, args []cty.Value) (cty.Value, error) {
	if err := calc.CheckNumber(v); err != nil {
		return v, err
	}
	plain, _ := v.Unmark()
	if !plain.IsKnown() {
		ty := plain.Type()
		if ty == cty.DynamicPseudoType && listing[c.name] {
			ty = cty.List(cty.String)
		}
		out := c.open(ty, args...)
		if rearranging[c.name] {
			c.Alike(out, args[0])
		}
		return c.Computed(c.name, c.kept(out, args), args), nil
	}
	if calc.IsText(plain) {
		return plain, c.ChargeText(len(plain.AsString()))
	}
	if plain.CanIterateElements() {
		if err := c.Charge(plain.LengthInt()); err != nil {
			return plain, err
		}
	}
	if plain.IsWhollyKnown() {
		return plain, nil
	}
	return c.explain(plain, args), nil
}

// listing are functions that give a list, whatever its elements are.
var listing = map[string]bool{
	"chunklist": true, "concat": true, "distinct": true, "flatten": true, "reverse": true, "setproduct": true,
	"slice": true,
}

// choosing are functions whose results hold nothing but elements of their list.
var choosing = map[string]bool{"compact": true, "distinct": true, "reverse": true, "slice": true, "sort": true}

// rearranging are functions that give as many elements as they take.
var rearranging = map[string]bool{"keys": true, "reverse": true, "sort": true, "values": true}

// kept tells of a list that is not known what its elements are like, where the function takes them from one that says
// it.
func (c call) kept(v cty.Value, args []cty.Value) cty.Value {
	out, ok := calc.SourceOf(v)
	if !ok || !choosing[c.name] || len(args) == 0 {
		return v
	}
	of, _ := calc.SourceOf(args[0])
	out.Item, out.Each = of.Item, of.Each
	plain, _ := v.Unmark()
	return plain.Mark(out)
}

// explain marks unknown elements inside v that have lost their marks.
func (c call) explain(v cty.Value, args []cty.Value) cty.Value {
	src := calc.Source{Missing: c.FirstMissing(args...)}
	out, err := calc.Safely(func() (cty.Value, error) {
		return cty.Transform(v, func(_ cty.Path, x cty.Value) (cty.Value, error) {
			if x.IsMarked() || x.IsKnown() {
				return x, nil
			}
			return x.Mark(src), nil
		})
	})
	if err != nil {
		return c.open(v.Type(), args...)
	}
	return out
}

// afford refuses calls whose result would be out of proportion.
func (c call) afford(args []cty.Value) error {
	size := func(i int) int {
		if i >= len(args) {
			return 0
		}
		v, _ := args[i].Unmark()
		switch {
		case !v.IsKnown() || v.IsNull():
			return 0
		case v.Type() == cty.String:
			return len(v.AsString())
		case v.Type() == cty.Number:
			n, _ := v.AsBigFloat().Float64()
			return int(min(max(n, -1), 1<<40))
		case v.CanIterateElements():
			return v.LengthInt()
		}
		return 0
	}
	switch c.name {
	case "setproduct":
		product := 1
		for i := range args {
			if product *= max(size(i), 1); product > budget.HCLElements.Max {
				break
			}
		}
		return c.Charge(product * len(args))
	case "format", "formatlist":
		if longNumber(args) {
			return calc.ErrTooBig
		}
	case "replace":
		return c.ChargeText((size(0) + 1) * max(size(2), 1) / max(size(1), 1))
	case "indent":
		return c.ChargeText(size(0) * (size(1) + 1))
	case "join":
		return c.ChargeText(size(0) * size(1))
	case "pow":
		if size(1) > calc.MaxExponent || size(0) > calc.MaxExponent {
			return calc.ErrTooBig
		}
	case "cidrsubnets", "range":
		return c.Charge(len(args))
	}
	return nil
}

// longNumber reports a format verb with a width of more than five digits.
func longNumber(args []cty.Value) bool {
	if len(args) == 0 || !calc.IsText(args[0]) {
		return false
	}
	run := 0
	for _, c := range args[0].AsString() {
		if run++; c < '0' || c > '9' {
			run = 0
		}
		if run > 5 && strings.Contains(args[0].AsString(), "%") {
			return true
		}
	}
	return false
}
