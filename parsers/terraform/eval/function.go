package eval

import (
	"errors"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// special are functions that do not take their arguments as values only. They are looked up first.
func special(name string) func(*scope, *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	switch name {
	case "try":
		return (*scope).try
	case "can":
		return (*scope).can
	}
	return nil
}

// call evaluates a function call. A function that looks at text gives a derived token when the text has a token in it;
// all others run as they are.
// See https://developer.hashicorp.com/terraform/language/functions
func (s *scope) call(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	name := strings.TrimPrefix(x.Name, "core::")
	if f := special(name); f != nil {
		return f(s, x)
	}
	args, err := s.arguments(x)
	if err != nil {
		return cty.NilVal, err
	}
	if len(args) == 0 && x.ExpandFinal {
		return s.derived(cty.DynamicPseudoType, name+" at "+s.place(x.Range())), nil
	}
	return s.spread(s.unfold(name, args), func(args []cty.Value) (cty.Value, error) {
		return s.invoke(name, s.fold(name, args), x)
	})
}

// arguments evaluates the arguments; the last one may be a list of them. An unknown list gives none.
func (s *scope) arguments(x *hclsyntax.FunctionCallExpr) ([]cty.Value, error) {
	var args []cty.Value
	for i, a := range x.Args {
		v, err := s.eval(a)
		if err != nil {
			return nil, err
		}
		if !x.ExpandFinal || i < len(x.Args)-1 {
			args = append(args, v)
			continue
		}
		if v, err = s.settle(v); err != nil {
			return nil, err
		}
		plain, _ := v.Unmark()
		if !plain.IsKnown() || hasToken(v) {
			return nil, nil
		}
		if plain.IsNull() || !plain.CanIterateElements() {
			return nil, s.failf(a.Range(), "only a list can be expanded into arguments")
		}
		args = append(args, plain.AsValueSlice()...)
	}
	return args, nil
}

// inspecting are functions that look at the elements of their lists, so that the choices among these matter.
var inspecting = map[string]bool{"compact": true, "contains": true, "coalescelist": true, "index": true}

// unfold puts the elements of tuples among the arguments of an inspecting function, so that they are spread as well.
func (s *scope) unfold(name string, args []cty.Value) []cty.Value {
	if !inspecting[name] || len(args) == 0 {
		return args
	}
	if plain, _ := args[0].Unmark(); !plain.Type().IsTupleType() || !plain.IsKnown() || plain.IsNull() {
		return append([]cty.Value{cty.False}, args...)
	}
	elements := args[0].AsValueSlice()
	if s.firstChoice(elements) == nil {
		return append([]cty.Value{cty.False}, args...)
	}
	return append(append([]cty.Value{cty.True}, args[1:]...), elements...)
}

// fold undoes unfold.
func (s *scope) fold(name string, args []cty.Value) []cty.Value {
	if !inspecting[name] || len(args) == 0 {
		return args
	}
	if args[0].False() {
		return args[1:]
	}
	others := 1
	if name == "compact" || name == "coalescelist" {
		others = 0
	}
	return append([]cty.Value{cty.TupleVal(append([]cty.Value(nil), args[1+others:]...))}, args[1:1+others]...)
}

func (s *scope) invoke(name string, args []cty.Value, x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	if own := owned(name); own != nil {
		v, err := safely(func() (cty.Value, error) { return own(s, args) })
		if err != nil {
			return v, s.fail(x.Range(), err)
		}
		return v, nil
	}
	if opaqueFunctions[name] {
		return s.derived(cty.String, name+"("+s.canonical(args...)+")", args...), nil
	}
	f, reads := textual[name]
	if !reads {
		var ok bool
		if f, ok = structural[name]; !ok {
			if !strings.Contains(name, "::") {
				s.notice(s.module.Span(x.NameRange), "function %q is not known, so its result is not", name)
			}
			return s.derived(cty.DynamicPseudoType, name+"("+s.canonical(args...)+")", args...), nil
		}
	}
	v, err := s.library(name, f, args, reads)
	if err != nil {
		return v, s.fail(x.Range(), errors.New(name+": "+s.shown(err)))
	}
	return v, nil
}

// shown is an error's text with symbols as a person reads them.
func (r *run) shown(err error) string { return r.table.Text(err.Error()).String() }

// library calls a function of the libraries.
func (r *run) library(name string, f function.Function, args []cty.Value, reads bool) (cty.Value, error) {
	args, err := r.conformArguments(f, r.asCollections(name, args))
	if err != nil {
		return cty.NilVal, err
	}
	if err := r.afford(name, args); err != nil {
		return cty.NilVal, err
	}
	if reads && len(r.inputs(args)) > 0 {
		return r.derivedCall(name, f, args), nil
	}
	v, err := safely(func() (cty.Value, error) { return f.Call(args) })
	if err != nil {
		return v, err
	}
	return r.repair(name, v, args)
}

// takes says what the functions whose parameters have no type want: lists or maps.
var takes = map[string]cty.Type{
	"flatten": cty.List(cty.String), "slice": cty.List(cty.String), "reverse": cty.List(cty.String),
	"concat": cty.List(cty.String), "coalescelist": cty.List(cty.String), "setproduct": cty.List(cty.String), "chunklist": cty.List(cty.String),
	"keys": cty.Map(cty.String), "values": cty.Map(cty.String), "merge": cty.Map(cty.String),
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
		if s, ok := SourceOf(v); ok && len(v.Marks()) == 1 && isElement(v, s, args) {
			return v, nil
		}
		return r.derived(plain.Type(), name+"("+r.canonical(args...)+")", args...), nil
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

// isElement reports that an unknown result is one of the values inside the arguments, as element() and lookup() give it.
func isElement(v cty.Value, s Source, args []cty.Value) bool {
	found := false
	for _, a := range args {
		_ = cty.Walk(a, func(_ cty.Path, x cty.Value) (bool, error) {
			if t, ok := SourceOf(x); ok && t == s && x.Type().Equals(v.Type()) {
				found = true
			}
			return !found, nil
		})
	}
	return found
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
			if product *= max(size(i), 1); product > maxElements {
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

// try is the first argument that does not fail. Where one fails only under a condition, the next counts there.
func (s *scope) try(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	err := errors.New("no argument of try can be evaluated")
	for i, a := range x.Args {
		v, e := s.eval(a)
		if e != nil {
			if errors.Is(e, errBudget) {
				return v, e
			}
			err = e
			continue
		}
		if !mayFail(v) || i == len(x.Args)-1 {
			return v, nil
		}
		return s.otherwise(v, func() (cty.Value, error) {
			return s.try(&hclsyntax.FunctionCallExpr{Name: "try", Args: x.Args[i+1:], NameRange: x.NameRange, OpenParenRange: x.OpenParenRange, CloseParenRange: x.CloseParenRange})
		})
	}
	return cty.NilVal, err
}

// otherwise replaces the branches of v that fail.
func (s *scope) otherwise(v cty.Value, next func() (cty.Value, error)) (cty.Value, error) {
	if err, fails := failureOf(v); fails {
		out, e := next()
		if e != nil {
			return failed(err), nil
		}
		return out, nil
	}
	src, _ := SourceOf(v)
	if src.Choice == nil || !mayFail(v) {
		return v, nil
	}
	a, err := s.otherwise(src.Choice.Then, next)
	if err != nil {
		return a, err
	}
	b, err := s.otherwise(src.Choice.Else, next)
	if err != nil {
		return b, err
	}
	when := src.Choice.When.String()
	return s.choice(src.Choice.When, s.assume([]cty.Value{a}, when, true)[0], s.assume([]cty.Value{b}, when, false)[0]), nil
}

// can says whether its argument can be evaluated.
func (s *scope) can(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	if len(x.Args) != 1 {
		return cty.NilVal, errors.New("can takes one argument")
	}
	v, err := s.eval(x.Args[0])
	switch {
	case errors.Is(err, errBudget):
		return v, err
	case err != nil:
		return cty.False, nil
	}
	out := cty.False
	for _, c := range s.cases(v) {
		if _, fails := failureOf(c.value); !fails {
			out = s.choice(c.when, cty.True, out)
		}
	}
	return out, nil
}
