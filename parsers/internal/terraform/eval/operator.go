package eval

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

func (s *scope) unary(x *hclsyntax.UnaryOpExpr) (cty.Value, error) {
	v, err := s.eval(x.Val)
	if err != nil {
		return v, err
	}
	return s.spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) {
		if x.Op == hclsyntax.OpLogicalNot {
			c, err := s.cond(args[0])
			return s.operated(x.Op, s.truth(c.Not()), args), err
		}
		return s.calculated(x.Op, "-", args)
	})
}

var operators = map[*hclsyntax.Operation]string{
	hclsyntax.OpAdd: "+", hclsyntax.OpSubtract: "-",
	hclsyntax.OpMultiply: "*", hclsyntax.OpDivide: "/", hclsyntax.OpModulo: "%",
	hclsyntax.OpGreaterThan: ">", hclsyntax.OpGreaterThanOrEqual: ">=",
	hclsyntax.OpLessThan: "<", hclsyntax.OpLessThanOrEqual: "<=",
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
	return s.spread([]cty.Value{a, b}, func(args []cty.Value) (cty.Value, error) {
		switch x.Op {
		case hclsyntax.OpEqual:
			return s.truth(s.equal(args[0], args[1])), nil
		case hclsyntax.OpNotEqual:
			return s.truth(s.equal(args[0], args[1]).Not()), nil
		}
		return s.calculated(x.Op, operators[x.Op], args)
	})
}

func (s *scope) calculated(op *hclsyntax.Operation, name string, args []cty.Value) (cty.Value, error) {
	v, err := s.arithmetic(op, name, args)
	if err != nil {
		return v, err
	}
	return s.operated(op, v, args), nil
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
		return s.unless(aFails, s.truth(a)), nil
	}
	b, bFails, err := s.conditionOf(x.RHS)
	switch {
	case err != nil && decides.IsNever():
		return cty.NilVal, err
	case err != nil:
		return s.unless(aFails, s.choice(decides, cty.BoolVal(x.Op == hclsyntax.OpLogicalOr), failed(err))), nil
	}
	fails := aFails.Or(decides.Not().And(bFails))
	switch {
	case a.String() == b.String():
		return s.unless(fails, s.truth(a)), nil
	case x.Op == hclsyntax.OpLogicalAnd:
		return s.unless(fails, s.truth(a.And(b))), nil
	}
	return s.unless(fails, s.truth(a.Or(b))), nil
}

// conditionOf evaluates an expression as a condition. Inside of try and can it also says where that fails; elsewhere it
// is taken not to.
func (s *scope) conditionOf(x hclsyntax.Expression) (holds, fails fact.Cond, err error) {
	v, err := s.eval(x)
	if err != nil {
		return holds, fact.Never(), err
	}
	fails = s.failing(v)
	if v, err = s.settle(v); err != nil {
		return holds, fails, err
	}
	if holds, err = s.cond(v); err != nil {
		return holds, fails, s.fail(x.Range(), err)
	}
	if s.tries && hasToken(v) {
		fails = fails.Or(s.failing(s.doubt(cty.True, "tobool("+s.canonical(v)+")", v)))
	}
	return holds, fails, nil
}

// timesSwitch multiplies a number that is not known by 0 or 1, which is how configurations switch off what they count.
func timesSwitch(name string, args []cty.Value) (cty.Value, bool) {
	if name != "*" {
		return cty.NilVal, false
	}
	for i, a := range args {
		n, ok := smallNumber(a)
		other := args[1-i]
		switch {
		case !ok || other.Type() != cty.Number || isNull(other):
		case n == 0:
			return cty.Zero, true
		case n == 1:
			return other, true
		}
	}
	return cty.NilVal, false
}

func (r *run) arithmetic(op *hclsyntax.Operation, name string, args []cty.Value) (cty.Value, error) {
	if c, ok := r.compareLength(name, args); ok {
		return r.truth(c), nil
	}
	if v, ok := timesSwitch(name, args); ok {
		return v, nil
	}
	plain := make([]cty.Value, len(args))
	for i, a := range args {
		v, err := r.to(a, cty.Number)
		if err != nil {
			return v, err
		}
		if v, _ = v.Unmark(); !v.IsKnown() {
			text := "(" + r.canonical(args[0]) + " " + name + " " + r.canonical(args[len(args)-1]) + ")"
			return r.computed(name, r.derived(op.Type, text, args...), args), nil
		}
		plain[i] = v
	}
	v, err := op.Impl.Call(plain)
	if err == nil {
		err = checkNumber(v)
	}
	return v, err
}

// equal compares two values. Tokens are equal to themselves; the identities of two resources differ; what cannot be
// decided is an atom on the symbol that would decide it, so that comparisons of one symbol with several texts exclude
// each other.
func (r *run) equal(a, b cty.Value) fact.Cond {
	if c, ok := AsChoice(a, r.table); ok {
		return c.When.And(r.equal(c.Then, b)).Or(c.When.Not().And(r.equal(c.Else, b)))
	}
	if _, ok := AsChoice(b, r.table); ok {
		return r.equal(b, a)
	}
	switch {
	case isNull(a):
		return r.equalsNull(b)
	case isNull(b):
		return r.equalsNull(a)
	case isText(a) && isText(b):
		return r.equalText(a.AsString(), b.AsString())
	case isHandle(a) || isHandle(b):
		if isHandle(a) && isHandle(b) {
			return settled(asHandle(a).key == asHandle(b).key)
		}
		return fact.Never()
	}
	if r.unmarked(a, b) && a.IsWhollyKnown() && b.IsWhollyKnown() {
		if a.RawEquals(b) {
			return fact.Always()
		}
		if len(r.inputs([]cty.Value{a, b})) == 0 {
			return settled(sameShape(a, b))
		}
	}
	if c, ok := r.equalLength(a, b); ok {
		return c
	}
	if c, ok := r.equalLength(b, a); ok {
		return c
	}
	if _, whole := onlySymbol(a, r.table); whole && !b.Type().IsPrimitiveType() {
		return opaque(r.canonical(a)+" == "+r.canonical(b), r.firstMissing(a))
	}
	if _, whole := onlySymbol(b, r.table); whole && !a.Type().IsPrimitiveType() {
		return r.equal(b, a)
	}
	if isListVariable(a) && isLiteral(b) || isListVariable(b) && isLiteral(a) {
		return fact.Never()
	}
	x, y := r.canonical(a), r.canonical(b)
	switch {
	case x == y:
		return fact.Always()
	case size(a) >= 0 && size(b) >= 0 && size(a) != size(b):
		return fact.Never()
	}
	return opaque(min(x, y)+" == "+max(x, y), r.firstMissing(a, b))
}

// size is the length of a known list or map, -1 for everything else. The elements of a set may turn out to be equal.
func size(v cty.Value) int {
	plain, _ := v.Unmark()
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() || plain.Type().IsSetType() {
		return -1
	}
	return plain.LengthInt()
}

func settled(holds bool) fact.Cond {
	if holds {
		return fact.Always()
	}
	return fact.Never()
}

// sameShape compares element by element. A list is no tuple and a map no object, whatever they hold: a list variable
// never equals [].
func sameShape(a, b cty.Value) bool {
	if a.Type().IsCollectionType() != b.Type().IsCollectionType() {
		return false
	}
	if a.IsNull() || b.IsNull() || !a.CanIterateElements() || !b.CanIterateElements() {
		return a.RawEquals(b)
	}
	if a.LengthInt() != b.LengthInt() || isMapping(a) != isMapping(b) {
		return false
	}
	for x, y := a.ElementIterator(), b.ElementIterator(); x.Next() && y.Next(); {
		i, v := x.Element()
		j, w := y.Element()
		if isMapping(a) && !i.RawEquals(j) || !sameShape(v, w) {
			return false
		}
	}
	return true
}

func isMapping(v cty.Value) bool { return v.Type().IsObjectType() || v.Type().IsMapType() }

// equalsNull says whether a value is null. What a provider computes is not; a variable that is not given may be.
func (r *run) equalsNull(v cty.Value) fact.Cond {
	if isNull(v) {
		return fact.Always()
	}
	if sym, ok := onlySymbol(v, r.table); ok && sym.Unset == "null" {
		return fact.If(&fact.Atom{Subject: sym.Key, Literal: "null", Why: []fact.Missing{sym.Missing}})
	}
	if plain, _ := v.Unmark(); plain.IsKnown() {
		return fact.Never()
	}
	return opaque(r.canonical(v)+" == null", r.firstMissing(v))
}

func (r *run) equalText(a, b string) fact.Cond {
	if a == b || !symbol.Has(a) && !symbol.Has(b) {
		return settled(a == b)
	}
	x, xok := r.table.Only(a)
	y, yok := r.table.Only(b)
	switch {
	case xok && !symbol.Has(b):
		return equalLiteral(x, b)
	case yok && !symbol.Has(a):
		return equalLiteral(y, a)
	case xok && yok && isIdentity(x) && isIdentity(y) && x.Address != y.Address:
		return fact.Never()
	}
	if same := fact.Same(r.table.Text(a), r.table.Text(b)); !same.IsUnknown() {
		return settled(same.IsTrue())
	}
	p, q := r.table.Text(a).String(), r.table.Text(b).String()
	return opaque(min(p, q)+" == "+max(p, q), r.firstMissing(cty.StringVal(a), cty.StringVal(b)))
}

// isIdentity reports the id or ARN of a resource of this configuration, which no other resource has.
func isIdentity(s symbol.Symbol) bool {
	return s.Address != "" && s.Missing.Kind == fact.Attribute && (s.Attribute == "id" || s.Attribute == "arn")
}

func equalLiteral(s symbol.Symbol, literal string) fact.Cond {
	if literal == "" && s.Address != "" || len(s.Domain) > 0 && !slices.Contains(s.Domain, literal) {
		return fact.Never() // a resource has an identity
	}
	return fact.If(&fact.Atom{Subject: s.Key, Literal: literal, Domain: s.Domain, Why: []fact.Missing{s.Missing}})
}
