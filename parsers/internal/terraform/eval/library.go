package eval

import (
	"errors"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// library calls a function of the libraries.
func (r *run) library(name string, f function.Function, args []cty.Value, reads bool) (cty.Value, error) {
	mixed := slices.ContainsFunc(args, r.isUnordered)
	args, err := r.conformArguments(f, r.asCollections(name, args))
	if err != nil {
		return cty.NilVal, r.failure(name, err)
	}
	if mixed && positional[name] {
		return r.derived(cty.DynamicPseudoType, name+"("+r.canonical(args...)+")", args...), nil
	}
	if err := r.afford(name, args); err != nil {
		return cty.NilVal, err
	}
	if reads && len(r.inputs(args)) > 0 {
		if v, ok := r.onSamples(f, args); ok {
			return v, nil
		}
		return r.derivedCall(name, f, args), nil
	}
	v, err := safely(func() (cty.Value, error) { return f.Call(args) })
	if err != nil {
		return v, r.failure(name, err)
	}
	v, err = r.repair(name, v, args)
	if mixed && err == nil && known(v) && (v.Type().IsListType() || v.Type().IsTupleType()) {
		return r.unordered(name+"("+r.canonical(args...)+")", v.AsValueSlice()), nil
	}
	return v, err
}

// onSamples is what a function makes of texts with tokens, where it is the same whatever they are.
func (r *run) onSamples(f function.Function, args []cty.Value) (cty.Value, bool) {
	out := make([]cty.Value, len(args))
	for i, a := range args {
		out[i] = r.spelled(a)
	}
	return r.sampled(out, func(args []cty.Value) (cty.Value, error) {
		return safely(func() (cty.Value, error) { return f.Call(args) })
	})
}

// failure is an error of a library with the name of the function, and symbols as a person reads them.
func (r *run) failure(name string, err error) error {
	return errors.New(name + ": " + r.table.Text(err.Error()).String())
}

// takes says what the functions whose parameters have no type want: lists or maps.
var takes = map[string]cty.Type{
	"flatten": cty.List(cty.String), "slice": cty.List(cty.String), "reverse": cty.List(cty.String),
	"concat": cty.List(cty.String), "coalescelist": cty.List(cty.String), "setproduct": cty.List(cty.String),
	"chunklist": cty.List(cty.String),
	"keys":      cty.Map(cty.String), "values": cty.Map(cty.String), "merge": cty.Map(cty.String),
}

// asCollections turns tokens and objects among the arguments of a function on collections into what it takes.
func (r *run) asCollections(name string, args []cty.Value) []cty.Value {
	ty, ok := takes[name]
	if !ok {
		return args
	}
	out := make([]cty.Value, len(args))
	for i, a := range args {
		switch {
		case isHandle(a) && ty.IsMapType():
			a = asHandle(a).object()
		case hasToken(a):
			a = r.convert(a, ty)
		case ty.IsListType() && r.isUnordered(a):
			a = cty.ListVal(a.AsValueSlice())
		}
		out[i] = a
	}
	return out
}

// conformArguments converts arguments to the types of the parameters.
func (r *run) conformArguments(f function.Function, args []cty.Value) ([]cty.Value, error) {
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
		v, err := r.to(a, p.Type)
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
func (r *run) derivedCall(name string, f function.Function, args []cty.Value) cty.Value {
	ty := cty.DynamicPseudoType
	plain := make([]cty.Value, len(args))
	for i, a := range args {
		plain[i], _ = a.UnmarkDeep()
		if hasToken(plain[i]) {
			plain[i] = cty.UnknownVal(cty.String)
		}
	}
	if t, err := safely(func() (cty.Type, error) { return f.ReturnTypeForValues(plain) }); err == nil {
		ty = t
	}
	return r.derived(ty, name+"("+r.canonical(args...)+")", args...)
}

// repair gives the result of a function on unknown values an identity and a reason. The library puts the marks of the
// arguments on it, which are theirs and not the result's.
func (r *run) repair(name string, v cty.Value, args []cty.Value) (cty.Value, error) {
	if err := checkNumber(v); err != nil {
		return v, err
	}
	plain, _ := v.Unmark()
	if !plain.IsKnown() {
		ty := plain.Type()
		if ty == cty.DynamicPseudoType && listing[name] {
			ty = cty.List(cty.String)
		}
		out := r.derived(ty, name+"("+r.canonical(args...)+")", args...)
		if rearranging[name] {
			r.alike(out, args[0])
		}
		return r.computed(name, r.kept(name, out, args), args), nil
	}
	if isText(plain) {
		return plain, r.chargeText(len(plain.AsString()))
	}
	if plain.CanIterateElements() {
		if err := r.charge(plain.LengthInt()); err != nil {
			return plain, err
		}
	}
	if plain.IsWhollyKnown() {
		return plain, nil
	}
	return r.explain(name, plain, args), nil
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
func (r *run) kept(name string, v cty.Value, args []cty.Value) cty.Value {
	out, ok := SourceOf(v)
	if !ok || !choosing[name] || len(args) == 0 {
		return v
	}
	of, _ := SourceOf(args[0])
	out.item, out.each = of.item, of.each
	plain, _ := v.Unmark()
	return plain.Mark(out)
}

// explain marks unknown elements inside v that have lost their marks.
func (r *run) explain(name string, v cty.Value, args []cty.Value) cty.Value {
	key := name + "(" + r.canonical(args...) + ")"
	src := Source{Missing: r.firstMissing(args...)}
	out, err := safely(func() (cty.Value, error) {
		return cty.Transform(v, func(_ cty.Path, x cty.Value) (cty.Value, error) {
			if x.IsMarked() || x.IsKnown() {
				return x, nil
			}
			return x.Mark(src), nil
		})
	})
	if err != nil {
		return r.derived(v.Type(), key, args...)
	}
	return out
}

// afford refuses calls whose result would be out of proportion.
func (r *run) afford(name string, args []cty.Value) error {
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
	switch name {
	case "setproduct":
		product := 1
		for i := range args {
			if product *= max(size(i), 1); product > budget.HCLElements.Max {
				break
			}
		}
		return r.charge(product * len(args))
	case "format", "formatlist":
		if longNumber(args) {
			return errTooBig
		}
	case "replace":
		return r.chargeText((size(0) + 1) * max(size(2), 1) / max(size(1), 1))
	case "indent":
		return r.chargeText(size(0) * (size(1) + 1))
	case "join":
		return r.chargeText(size(0) * size(1))
	case "pow":
		if size(1) > maxExponent || size(0) > maxExponent {
			return errTooBig
		}
	case "cidrsubnets", "range":
		return r.charge(len(args))
	}
	return nil
}

// longNumber reports a format verb with a width of more than five digits.
func longNumber(args []cty.Value) bool {
	if len(args) == 0 || !isText(args[0]) {
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
