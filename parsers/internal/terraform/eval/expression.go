package eval

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

func (s *scope) unary(x *hclsyntax.UnaryOpExpr) (cty.Value, error) {
	v, err := s.eval(x.Val)
	if err != nil {
		return v, err
	}
	return s.Spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
		if x.Op == hclsyntax.OpLogicalNot {
			c, err := s.Cond(args[0])
			return s.Operated(x.Op, s.Truth(c.Not()), args), err
		}
		return s.Calculated(x.Op, args)
	})
}

func (s *scope) binary(x *hclsyntax.BinaryOpExpr) (cty.Value, error) {
	if x.Op == hclsyntax.OpLogicalAnd || x.Op == hclsyntax.OpLogicalOr {
		return s.logical(x)
	}
	a, err := s.eval(x.LHS)
	if err != nil {
		return a, err
	}
	b, err := s.eval(x.RHS)
	if err != nil {
		return b, err
	}
	return s.Spread([]cty.Value{a, b}, func(args []cty.Value) (cty.Value, error) {
		switch x.Op {
		case hclsyntax.OpEqual:
			return s.Truth(s.Equal(args[0], args[1])), nil
		case hclsyntax.OpNotEqual:
			return s.Truth(s.Equal(args[0], args[1]).Not()), nil
		}
		return s.Calculated(x.Op, args)
	})
}

// logical evaluates && and ||. The right side is not evaluated when the left decides.
func (s *scope) logical(x *hclsyntax.BinaryOpExpr) (cty.Value, error) {
	a, aFails, err := s.conditionOf(x.LHS)
	if err != nil {
		return cty.NilVal, err
	}
	decides := a // where the left side decides
	if x.Op == hclsyntax.OpLogicalAnd {
		decides = a.Not()
	}
	if decides.IsAlways() {
		return s.Unless(aFails, s.Truth(a)), nil
	}
	b, bFails, err := s.conditionOf(x.RHS)
	switch {
	case err != nil && decides.IsNever():
		return cty.NilVal, err
	case err != nil:
		return s.Unless(aFails, s.Choice(decides, cty.BoolVal(x.Op == hclsyntax.OpLogicalOr), calc.Failed(err))), nil
	}
	fails := aFails.Or(decides.Not().And(bFails))
	switch {
	case a.String() == b.String():
		return s.Unless(fails, s.Truth(a)), nil
	case x.Op == hclsyntax.OpLogicalAnd:
		return s.Unless(fails, s.Truth(a.And(b))), nil
	}
	return s.Unless(fails, s.Truth(a.Or(b))), nil
}

// conditionOf evaluates an expression as a condition. Inside of try and can it also says where that fails; elsewhere it
// is taken not to.
func (s *scope) conditionOf(x hclsyntax.Expression) (holds, fails fact.Cond, err error) {
	v, err := s.eval(x)
	if err != nil {
		return holds, fact.Never(), err
	}
	fails = s.Failing(v)
	if v, err = s.Settle(v); err != nil {
		return holds, fails, err
	}
	if holds, err = s.Cond(v); err != nil {
		return holds, fails, s.fail(x.Range(), err)
	}
	if s.Tries && calc.HasToken(v) {
		fails = fails.Or(s.Failing(s.Doubt(cty.True, "tobool("+s.Canonical(v)+")", v)))
	}
	return holds, fails, nil
}
func (s *scope) template(x *hclsyntax.TemplateExpr) (cty.Value, error) {
	if len(x.Parts) == 1 {
		if part, ok := x.Parts[0].(*hclsyntax.LiteralValueExpr); ok {
			return calc.Literal(part.Val), nil
		}
	}
	vs := make([]cty.Value, len(x.Parts))
	for i, p := range x.Parts {
		v, err := s.eval(p)
		if err != nil {
			return v, err
		}
		vs[i] = v
	}
	v, err := s.Concat(vs)
	if err != nil {
		return v, err
	}
	return s.Joined(v, vs), nil
}

func (s *scope) templateJoin(x *hclsyntax.TemplateJoinExpr) (cty.Value, error) {
	v, err := s.eval(x.Tuple)
	if err != nil {
		return v, err
	}
	return s.Spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
		plain, _ := args[0].Unmark()
		if !plain.IsKnown() || !plain.CanIterateElements() {
			return s.Derived(cty.String, "join("+s.Canonical(args[0])+")", args[0]), nil
		}
		return s.Concat(plain.AsValueSlice())
	})
}

// all evaluates expressions and calls f with their values. Where one may fail, the whole fails in that case.
func (s *scope) all(xs []hclsyntax.Expression, f func([]cty.Value) (cty.Value, error)) (cty.Value, error) {
	vs := make([]cty.Value, len(xs))
	fails := false
	for i, x := range xs {
		v, err := s.eval(x)
		if err != nil {
			return v, err
		}
		vs[i] = v
		fails = fails || calc.MayFail(v)
	}
	if fails {
		return s.Spread(vs, f)
	}
	return f(vs)
}

func (s *scope) tuple(x *hclsyntax.TupleConsExpr) (cty.Value, error) {
	return s.all(x.Exprs, func(vs []cty.Value) (cty.Value, error) { return s.Built(cty.TupleVal(slices.Clone(vs))) })
}

func (s *scope) object(x *hclsyntax.ObjectConsExpr) (cty.Value, error) {
	xs := make([]hclsyntax.Expression, 0, 2*len(x.Items))
	for _, it := range x.Items {
		xs = append(xs, it.KeyExpr, it.ValueExpr)
	}
	return s.all(xs, func(vs []cty.Value) (cty.Value, error) {
		attrs := map[string]cty.Value{}
		for i := 0; i < len(vs); i += 2 {
			key, err := s.To(vs[i], cty.String)
			switch {
			case err != nil || calc.IsNull(key):
				return key, s.failf(xs[i].Range(), "a key must be a text")
			case !calc.IsText(key):
				return s.Derived(cty.DynamicPseudoType, s.Canonical(vs...), vs...), nil
			}
			attrs[key.AsString()] = vs[i+1]
		}
		return s.Built(cty.ObjectVal(attrs))
	})
}
