package eval

import (
	"errors"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// traverse evaluates a reference: only what it names is evaluated, not all of the module.
func (s *scope) traverse(t hcl.Traversal) (cty.Value, error) {
	v, rest, err := s.head(t)
	if err != nil {
		return v, err
	}
	return s.steps(v, rest)
}

// head evaluates the head of a reference and returns the steps that remain.
func (s *scope) head(t hcl.Traversal) (cty.Value, hcl.Traversal, error) {
	root := t.RootName()
	if v, ok := s.local(root); ok {
		return v, t[1:], nil
	}
	name := attrName(t, 1)
	switch root {
	case "var":
		v, err := s.variable(name, t.SourceRange())
		return v, rest(t, 2), err
	case "local":
		v, err := s.localValue(name, t.SourceRange())
		return v, rest(t, 2), err
	case "module":
		return s.moduleReference(name, t)
	case "path":
		v, err := s.path(name)
		return v, rest(t, 2), err
	case "terraform", "tofu":
		return s.workspace(name), rest(t, 2), nil
	case "data", "ephemeral":
		v, err := s.resource("data."+name+"."+attrName(t, 2), t.SourceRange())
		return v, rest(t, 3), err
	case "resource":
		v, err := s.resource(name+"."+attrName(t, 2), t.SourceRange())
		return v, rest(t, 3), err
	case "each", "count", "self":
		return s.Derived(cty.DynamicPseudoType, s.frame.prefix()+root), nil, nil
	}
	if name == "" {
		return cty.NilVal, nil, s.failf(t.SourceRange(), "%q is not the name of anything here", root)
	}
	v, err := s.resource(root+"."+name, t.SourceRange())
	return v, rest(t, 2), err
}

func rest(t hcl.Traversal, n int) hcl.Traversal { return t[min(n, len(t)):] }

// attrName is the name that step i takes, "" when it takes none.
func attrName(t hcl.Traversal, i int) string {
	if i < len(t) {
		switch step := t[i].(type) {
		case hcl.TraverseAttr:
			return step.Name
		case hcl.TraverseIndex:
			if calc.IsText(step.Key) {
				return step.Key.AsString()
			}
		}
	}
	return ""
}

func (s *scope) steps(v cty.Value, t hcl.Traversal) (cty.Value, error) {
	if len(t) > budget.HCLNesting.Max {
		return v, s.Overrun(budget.HCLNesting)
	}
	for _, step := range t {
		var err error
		switch step := step.(type) {
		case hcl.TraverseAttr:
			v, err = s.Access(v, cty.StringVal(step.Name))
		case hcl.TraverseIndex:
			v, err = s.Access(v, step.Key)
		default:
			err = errors.New("this step cannot be evaluated")
		}
		if err != nil {
			return v, s.fail(step.SourceRange(), err)
		}
	}
	return v, nil
}

func (s *scope) indexed(x *hclsyntax.IndexExpr) (cty.Value, error) {
	v, err := s.eval(x.Collection)
	if err != nil {
		return v, err
	}
	key, err := s.eval(x.Key)
	if err != nil {
		return v, err
	}
	return s.Access(v, key)
}
