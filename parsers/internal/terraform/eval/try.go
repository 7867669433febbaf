package eval

import (
	"errors"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// trying is the scope inside an argument of try or can. What it refers to, such as a local, is evaluated outside.
func (s *scope) trying() *scope {
	in := *s
	in.Setting = s.Trying()
	return &in
}

// try is the first argument that does not fail. Where one fails only under a condition, the next counts there.
func (s *scope) try(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	err := errors.New("no argument of try can be evaluated")
	in := s.trying()
	for i, a := range x.Args {
		v, e := in.eval(a)
		if e != nil {
			if errors.Is(e, calc.ErrBudget) {
				return v, e
			}
			err = e
			continue
		}
		if !calc.MayFail(v) || i == len(x.Args)-1 {
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
	if fails, err := calc.FailureOf(v); fails {
		out, e := next()
		if e != nil {
			return calc.Failed(err), nil
		}
		return out, nil
	}
	src, _ := calc.SourceOf(v)
	if src.Choice == nil || !calc.MayFail(v) {
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
	then, otherwise := s.Assume([]cty.Value{a}, when, true)[0], s.Assume([]cty.Value{b}, when, false)[0]
	return s.Choice(when, then, otherwise), nil
}

// can says whether its argument can be evaluated.
func (s *scope) can(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	if len(x.Args) != 1 {
		return cty.NilVal, errors.New("can takes one argument")
	}
	v, err := s.trying().eval(x.Args[0])
	switch {
	case errors.Is(err, calc.ErrBudget):
		return v, err
	case err != nil:
		return cty.False, nil
	}
	out := cty.False
	for _, c := range s.Cases(v) {
		if fails, _ := calc.FailureOf(c.Value); !fails {
			out = s.Choice(c.When, cty.True, out)
		}
	}
	return out, nil
}
