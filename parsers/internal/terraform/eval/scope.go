package eval

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// scope is where an expression stands: a module instance and the names that hold inside a block or a for expression.
type scope struct {
	*frame
	calc.Setting
	parent *scope
	names  map[string]cty.Value
	splat  *hclsyntax.AnonSymbolExpr
	item   cty.Value // what splat stands for
}

// with is the scope in which names hold as well.
func (s *scope) with(names map[string]cty.Value) *scope {
	return &scope{frame: s.frame, Setting: s.Setting, parent: s, names: names}
}

func (s *scope) local(name string) (cty.Value, bool) {
	for ; s != nil; s = s.parent {
		if v, ok := s.names[name]; ok {
			return v, true
		}
	}
	return cty.NilVal, false
}

// problem is what went wrong in an expression.
type problem struct {
	message string
	cause   error
	at      hcl.Range
	frame   *frame
}

func (p *problem) Error() string { return p.message }
func (p *problem) Unwrap() error { return p.cause }

// fail is an error at a place. An error that has a place keeps it.
func (s *scope) fail(at hcl.Range, err error) error {
	if p, ok := err.(*problem); ok {
		return p
	}
	return &problem{err.Error(), err, at, s.frame}
}

func (s *scope) failf(at hcl.Range, format string, args ...any) error {
	return &problem{fmt.Sprintf(format, args...), nil, at, s.frame}
}

// eval gives the value of an expression. A branch of a choice that fails stays in the value; see settled.
func (s *scope) eval(x hclsyntax.Expression) (cty.Value, error) {
	if err := s.step(x.Range(), s.frame); err != nil {
		return cty.NilVal, err
	}
	s.Depth++
	defer func() { s.Depth-- }()
	v, err := s.node(x)
	if err != nil {
		return cty.NilVal, s.fail(x.Range(), err)
	}
	return v, nil
}

// settled is eval where an expression ends: branches that fail are left out.
func (s *scope) settled(x hclsyntax.Expression) (cty.Value, error) {
	v, err := s.eval(x)
	if err == nil {
		v, err = s.Settle(v)
	}
	return v, err
}

func (s *scope) node(x hclsyntax.Expression) (cty.Value, error) {
	switch x := x.(type) {
	case *hclsyntax.LiteralValueExpr:
		return calc.Literal(x.Val), calc.CheckNumber(x.Val)
	case *hclsyntax.ParenthesesExpr:
		return s.eval(x.Expression)
	case *hclsyntax.TemplateWrapExpr:
		return s.eval(x.Wrapped)
	case *hclsyntax.TemplateExpr:
		return s.template(x)
	case *hclsyntax.TemplateJoinExpr:
		return s.templateJoin(x)
	case *hclsyntax.ScopeTraversalExpr:
		return s.traverse(x.Traversal)
	case *hclsyntax.RelativeTraversalExpr:
		v, err := s.eval(x.Source)
		if err != nil {
			return v, err
		}
		return s.steps(v, x.Traversal)
	case *hclsyntax.IndexExpr:
		return s.indexed(x)
	case *hclsyntax.FunctionCallExpr:
		return s.call(x)
	case *hclsyntax.ConditionalExpr:
		return s.conditional(x)
	case *hclsyntax.BinaryOpExpr:
		return s.binary(x)
	case *hclsyntax.UnaryOpExpr:
		return s.unary(x)
	case *hclsyntax.TupleConsExpr:
		return s.tuple(x)
	case *hclsyntax.ObjectConsExpr:
		return s.object(x)
	case *hclsyntax.ObjectConsKeyExpr:
		if name := hcl.ExprAsKeyword(x.Wrapped); name != "" && !x.ForceNonLiteral {
			return cty.StringVal(name), nil
		}
		return s.eval(x.Wrapped)
	case *hclsyntax.ForExpr:
		return s.forEach(x)
	case *hclsyntax.SplatExpr:
		return s.splatted(x)
	case *hclsyntax.AnonSymbolExpr:
		for at := s; at != nil; at = at.parent {
			if at.splat == x {
				return at.item, nil
			}
		}
	}
	return cty.NilVal, s.failf(x.Range(), "this expression cannot be evaluated")
}

// conditional evaluates only the branch that counts, when it is known which.
func (s *scope) conditional(x *hclsyntax.ConditionalExpr) (cty.Value, error) {
	when, fails, err := s.conditionOf(x.Condition)
	if err != nil {
		return cty.NilVal, err
	}
	v, err := s.branches(x, when)
	if err != nil {
		return v, err
	}
	return s.Unless(fails, v), nil
}

// branches are the results of a conditional as a choice, or the one that counts.
func (s *scope) branches(x *hclsyntax.ConditionalExpr, when fact.Cond) (cty.Value, error) {
	switch {
	case when.IsAlways():
		return s.eval(x.TrueResult)
	case when.IsNever():
		return s.eval(x.FalseResult)
	}
	a, aerr := s.eval(x.TrueResult)
	b, berr := s.eval(x.FalseResult)
	switch {
	case aerr != nil && berr != nil:
		return cty.NilVal, aerr
	case aerr != nil:
		a = calc.Failed(aerr)
	case berr != nil:
		b = calc.Failed(berr)
	}
	a = s.Assume([]cty.Value{a}, when, true)[0]
	b = s.Assume([]cty.Value{b}, when, false)[0]
	return s.Choice(when, a, b), nil
}
