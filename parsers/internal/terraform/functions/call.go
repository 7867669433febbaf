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

// call is a call of the function of that name.
type call struct {
	calc.Setting
	name string
}

// key is the identity of the result.
func (c call) key(args ...cty.Value) string { return c.name + "(" + c.Canonical(args...) + ")" }

// open is the result where it is not known.
func (c call) open(ty cty.Type, args ...cty.Value) cty.Value {
	return c.Derived(ty, c.key(args...), args...)
}

// Named is the function of that name. ok is false where there is none, and for the functions that take more than
// values: those that read files, render templates, or see whether an expression fails.
func Named(in calc.Setting, name string) (f Function, ok bool) {
	c := call{in, name}
	if f, ok := owned[name]; ok {
		return func(args []cty.Value) (cty.Value, error) {
			if f.takes > 0 && len(args) != f.takes {
				return cty.NilVal, ErrArguments
			}
			return f.run(c, args)
		}, true
	}
	if opaqueFunctions[name] {
		return c.anyText, true
	}
	of, reads := textual[name]
	if !reads {
		if of, ok = structural[name]; !ok {
			return nil, false
		}
	}
	return func(args []cty.Value) (cty.Value, error) { return c.library(of, args, reads) }, true
}

// Call calls the function f of that name in each case of the conditions that its arguments depend on. A function that
// looks at text gives a derived token when the text has a token in it; all others run as they are.
func Call(in calc.Setting, name string, args []cty.Value, f Function) (cty.Value, error) {
	c := call{in, name}
	return c.Spread(c.unfold(args), func(args []cty.Value) (cty.Value, error) {
		args = c.fold(args)
		if err := c.effort(args); err != nil {
			return cty.NilVal, err
		}
		v, err := f(args)
		if err == nil {
			v, err = c.Built(v)
		}
		if err != nil {
			return v, err
		}
		return c.called(v, args), nil
	})
}

// inspecting are functions that look at the elements of their lists, so that the choices among these matter.
var inspecting = map[string]bool{"compact": true, "contains": true, "index": true}

// unfold puts the elements of tuples among the arguments of an inspecting function, so that Spread goes through their
// cases, too.
func (c call) unfold(args []cty.Value) []cty.Value {
	if !inspecting[c.name] || len(args) == 0 {
		return args
	}
	if plain, _ := args[0].Unmark(); !plain.Type().IsTupleType() || !plain.IsKnown() || plain.IsNull() {
		return append([]cty.Value{cty.False}, args...)
	}
	elements := args[0].AsValueSlice()
	if c.FirstChoice(elements) == nil {
		return append([]cty.Value{cty.False}, args...)
	}
	return append(append([]cty.Value{cty.True}, args[1:]...), elements...)
}

// fold undoes unfold.
func (c call) fold(args []cty.Value) []cty.Value {
	if !inspecting[c.name] || len(args) == 0 {
		return args
	}
	if args[0].False() {
		return args[1:]
	}
	others := 1
	if c.name == "compact" {
		others = 0
	}
	return append([]cty.Value{cty.TupleVal(append([]cty.Value(nil), args[1+others:]...))}, args[1:1+others]...)
}

// ErrArguments is the error of a call with too many or too few arguments.
var ErrArguments = errors.New("wrong number of arguments")

// list is the elements of a sequence or mapping. ok is false when they are not known.
func (c call) list(v cty.Value) (items []cty.Value, ok bool, err error) {
	plain, _ := v.Unmark()
	switch {
	case plain.IsNull():
		return nil, true, errors.New("the argument must not be null")
	case !calc.Known(v):
		return nil, false, nil
	case !plain.CanIterateElements():
		return nil, true, calc.ErrNotSequence
	}
	return plain.AsValueSlice(), true, c.Charge(plain.LengthInt())
}
