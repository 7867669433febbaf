package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
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
	args, open, err := s.arguments(x)
	if err != nil {
		return cty.NilVal, err
	}
	if open {
		v := s.derived(cty.DynamicPseudoType, name+" at "+s.place(x.Range()))
		return s.doubt(v, name+" at "+s.place(x.Range()), v), nil
	}
	return s.spread(s.unfold(name, args), func(args []cty.Value) (cty.Value, error) {
		args = s.fold(name, args)
		if err := s.effort(name, args); err != nil {
			return cty.NilVal, err
		}
		v, err := s.invoke(name, args, x)
		if err == nil {
			v, err = s.built(v)
		}
		if err != nil {
			return v, err
		}
		return s.called(name, v, args), nil
	})
}

// arguments evaluates the arguments; the last one may be a list of them. open is set if that list is not known.
func (s *scope) arguments(x *hclsyntax.FunctionCallExpr) (args []cty.Value, open bool, err error) {
	for i, a := range x.Args {
		v, err := s.eval(a)
		if err != nil {
			return nil, false, err
		}
		if !x.ExpandFinal || i < len(x.Args)-1 {
			args = append(args, v)
			continue
		}
		if v, err = s.settle(v); err != nil {
			return nil, false, err
		}
		plain, _ := v.Unmark()
		if !plain.IsKnown() || hasToken(v) {
			return nil, true, nil
		}
		if plain.IsNull() || !plain.CanIterateElements() {
			return nil, false, s.failf(a.Range(), "only a list can be expanded into arguments")
		}
		args = append(args, plain.AsValueSlice()...)
	}
	return args, false, nil
}

// inspecting are functions that look at the elements of their lists, so that the choices among these matter.
var inspecting = map[string]bool{"compact": true, "contains": true, "index": true}

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
	if name == "compact" {
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
	if strings.HasSuffix(name, "::arn_parse") {
		if v, ok := s.parsedARN(args); ok {
			return v, nil
		}
	}
	if opaqueFunctions[name] {
		return s.derived(cty.String, name+"("+s.canonical(args...)+")", args...), nil
	}
	f, reads := textual[name]
	if !reads {
		var ok bool
		if f, ok = structural[name]; !ok {
			if !strings.Contains(name, "::") {
				s.notice(s.where(x.NameRange), "function %q is not known, so its result is not", name)
			}
			return s.derived(cty.DynamicPseudoType, name+"("+s.canonical(args...)+")", args...), nil
		}
	}
	v, err := s.library(name, f, args, reads)
	if err != nil {
		return v, s.fail(x.Range(), err)
	}
	return v, nil
}
