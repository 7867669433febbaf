package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/functions"
)

// call evaluates a function call. The arguments of try and can are evaluated by these.
func (s *scope) call(x *hclsyntax.FunctionCallExpr) (cty.Value, error) {
	name := strings.TrimPrefix(x.Name, "core::")
	switch name {
	case "try":
		return s.try(x)
	case "can":
		return s.can(x)
	}
	args, open, err := s.arguments(x)
	if err != nil {
		return cty.NilVal, err
	}
	if open {
		v := s.Derived(cty.DynamicPseudoType, name+" at "+s.place(x.Range()))
		return s.Doubt(v, name+" at "+s.place(x.Range()), v), nil
	}
	f := s.function(name, x)
	return functions.Call(s.Setting, name, args, func(args []cty.Value) (cty.Value, error) {
		v, err := calc.Safely(func() (cty.Value, error) { return f(args) })
		if err != nil {
			return v, s.fail(x.Range(), err)
		}
		return v, nil
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
		if v, err = s.Settle(v); err != nil {
			return nil, false, err
		}
		plain, _ := v.Unmark()
		if !plain.IsKnown() || calc.HasToken(v) {
			return nil, true, nil
		}
		if plain.IsNull() || !plain.CanIterateElements() {
			return nil, false, s.failf(a.Range(), "only a list can be expanded into arguments")
		}
		args = append(args, plain.AsValueSlice()...)
	}
	return args, false, nil
}

// function is what a call calls. Of a function that is not known, the result is not either.
func (s *scope) function(name string, x *hclsyntax.FunctionCallExpr) functions.Function {
	switch name {
	case "file":
		return s.file
	case "fileexists":
		return s.fileExists
	case "fileset":
		return s.fileSet
	case "templatefile":
		return s.templateFile
	case "templatestring":
		return s.templateString
	}
	if f, ok := functions.Named(s.Setting, name); ok {
		return f
	}
	return func(args []cty.Value) (cty.Value, error) {
		if strings.HasSuffix(name, "::arn_parse") {
			if v, ok := s.parsedARN(args); ok {
				return v, nil
			}
		}
		if !strings.Contains(name, "::") {
			s.notice(s.where(x.NameRange), "function %q is not known, so its result is not", name)
		}
		return s.Derived(cty.DynamicPseudoType, name+"("+s.Canonical(args...)+")", args...), nil
	}
}
