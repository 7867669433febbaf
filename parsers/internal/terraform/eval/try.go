package eval

import (
	"errors"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// try is the first argument that does not fail. Where one fails only under a condition, the next counts there.
func (s *scope) try(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	err := errors.New("no argument of try can be evaluated")
	in := s.trying()
	for i, a := range x.Args {
		v, e := in.eval(a)
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
			rest := *x
			rest.Args = x.Args[i+1:]
			return s.try(&rest)
		})
	}
	return cty.NilVal, err
}

// otherwise replaces the branches of v that fail.
func (s *scope) otherwise(v cty.Value, next func() (cty.Value, error)) (cty.Value, error) {
	if fails, err := failureOf(v); fails {
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
	when := src.Choice.When
	then, otherwise := s.assume([]cty.Value{a}, when, true)[0], s.assume([]cty.Value{b}, when, false)[0]
	return s.choice(when, then, otherwise), nil
}

// can says whether its argument can be evaluated.
func (s *scope) can(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	if len(x.Args) != 1 {
		return cty.NilVal, errors.New("can takes one argument")
	}
	v, err := s.trying().eval(x.Args[0])
	switch {
	case errors.Is(err, errBudget):
		return v, err
	case err != nil:
		return cty.False, nil
	}
	out := cty.False
	for _, c := range s.cases(v) {
		if fails, _ := failureOf(c.value); !fails {
			out = s.choice(c.when, cty.True, out)
		}
	}
	return out, nil
}
