// Package functions carries out functions of the Terraform language on values that may be known in part.
// See https://developer.hashicorp.com/terraform/language/functions
package functions

import (
	"errors"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// Function is a function of the language.
type Function func(args []cty.Value) (cty.Value, error)

// setting is where a call stands.
type setting struct{ calc.Setting }

// Named is the function of that name. ok is false where there is none, and for the functions that take more than
// values: those that read files, render templates, or see whether an expression fails.
func Named(in calc.Setting, name string) (f Function, ok bool) {
	s := setting{in}
	if own := owned(name); own != nil {
		return func(args []cty.Value) (cty.Value, error) { return own(s, args) }, true
	}
	if opaqueFunctions[name] {
		return func(args []cty.Value) (cty.Value, error) {
			return s.Derived(cty.String, name+"("+s.Canonical(args...)+")", args...), nil
		}, true
	}
	of, reads := textual[name]
	if !reads {
		if of, ok = structural[name]; !ok {
			return nil, false
		}
	}
	return func(args []cty.Value) (cty.Value, error) { return s.library(name, of, args, reads) }, true
}

// Call calls the function f of that name in each case of the conditions that its arguments depend on. A function that
// looks at text gives a derived token when the text has a token in it; all others run as they are.
func Call(in calc.Setting, name string, args []cty.Value, f Function) (cty.Value, error) {
	s := setting{in}
	return s.Spread(s.unfold(name, args), func(args []cty.Value) (cty.Value, error) {
		args = fold(name, args)
		if err := s.effort(name, args); err != nil {
			return cty.NilVal, err
		}
		v, err := f(args)
		if err == nil {
			v, err = s.Built(v)
		}
		if err != nil {
			return v, err
		}
		return s.called(name, v, args), nil
	})
}

// inspecting are functions that look at the elements of their lists, so that the choices among these matter.
var inspecting = map[string]bool{"compact": true, "contains": true, "index": true}

// unfold puts the elements of tuples among the arguments of an inspecting function, so that they are spread as well.
func (s setting) unfold(name string, args []cty.Value) []cty.Value {
	if !inspecting[name] || len(args) == 0 {
		return args
	}
	if plain, _ := args[0].Unmark(); !plain.Type().IsTupleType() || !plain.IsKnown() || plain.IsNull() {
		return append([]cty.Value{cty.False}, args...)
	}
	elements := args[0].AsValueSlice()
	if s.FirstChoice(elements) == nil {
		return append([]cty.Value{cty.False}, args...)
	}
	return append(append([]cty.Value{cty.True}, args[1:]...), elements...)
}

// fold undoes unfold.
func fold(name string, args []cty.Value) []cty.Value {
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

// ErrArguments is the error of a call with too many or too few arguments.
var ErrArguments = errors.New("wrong number of arguments")

// list is the elements of a sequence or mapping. ok is false when they are not known.
func (s setting) list(v cty.Value) (items []cty.Value, ok bool, err error) {
	plain, _ := v.Unmark()
	switch {
	case plain.IsNull():
		return nil, true, errors.New("the argument must not be null")
	case !calc.Known(v):
		return nil, false, nil
	case !plain.CanIterateElements():
		return nil, true, calc.ErrNotSequence
	}
	return plain.AsValueSlice(), true, s.Charge(plain.LengthInt())
}

// ownFunction is one that is carried out here.
type ownFunction = func(setting, []cty.Value) (cty.Value, error)
