package calc

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Equal compares two values. Tokens are equal to themselves; the identities of two resources differ; what cannot be
// decided is an atom on the symbol that would decide it, so that comparisons of one symbol with several texts exclude
// each other.
func (r *Run) Equal(a, b cty.Value) fact.Cond {
	if c, ok := AsChoice(a, r.Table); ok {
		return c.When.And(r.Equal(c.Then, b)).Or(c.When.Not().And(r.Equal(c.Else, b)))
	}
	if _, ok := AsChoice(b, r.Table); ok {
		return r.Equal(b, a)
	}
	switch {
	case IsNull(a):
		return r.EqualsNull(b)
	case IsNull(b):
		return r.EqualsNull(a)
	case IsText(a) && IsText(b):
		return r.EqualText(a.AsString(), b.AsString())
	case IsHandle(a) || IsHandle(b):
		if IsHandle(a) && IsHandle(b) {
			return Settled(AsHandle(a).Key == AsHandle(b).Key)
		}
		return fact.Never()
	}
	if r.unmarked(a, b) && a.IsWhollyKnown() && b.IsWhollyKnown() {
		if a.RawEquals(b) {
			return fact.Always()
		}
		if len(r.Inputs([]cty.Value{a, b})) == 0 {
			return Settled(sameShape(a, b))
		}
	}
	if c, ok := r.equalLength(a, b); ok {
		return c
	}
	if c, ok := r.equalLength(b, a); ok {
		return c
	}
	if _, whole := OnlySymbol(a, r.Table); whole && !b.Type().IsPrimitiveType() {
		return Opaque(r.Canonical(a)+" == "+r.Canonical(b), r.FirstMissing(a))
	}
	if _, whole := OnlySymbol(b, r.Table); whole && !a.Type().IsPrimitiveType() {
		return r.Equal(b, a)
	}
	if isListVariable(a) && isLiteral(b) || isListVariable(b) && isLiteral(a) {
		return fact.Never()
	}
	x, y := r.Canonical(a), r.Canonical(b)
	switch {
	case x == y:
		return fact.Always()
	case Size(a) >= 0 && Size(b) >= 0 && Size(a) != Size(b):
		return fact.Never()
	}
	return Opaque(min(x, y)+" == "+max(x, y), r.FirstMissing(a, b))
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
	if a.LengthInt() != b.LengthInt() || IsMapping(a) != IsMapping(b) {
		return false
	}
	for x, y := a.ElementIterator(), b.ElementIterator(); x.Next() && y.Next(); {
		i, v := x.Element()
		j, w := y.Element()
		if IsMapping(a) && !i.RawEquals(j) || !sameShape(v, w) {
			return false
		}
	}
	return true
}

// EqualsNull says whether a value is null. What a provider computes is not; a variable that is not given may be.
func (r *Run) EqualsNull(v cty.Value) fact.Cond {
	if IsNull(v) {
		return fact.Always()
	}
	if sym, ok := OnlySymbol(v, r.Table); ok && sym.Unset == "null" {
		return fact.If(&fact.Atom{Subject: sym.Key, Literal: "null", Why: []fact.Missing{sym.Missing}})
	}
	if plain, _ := v.Unmark(); plain.IsKnown() {
		return fact.Never()
	}
	return Opaque(r.Canonical(v)+" == null", r.FirstMissing(v))
}

// EqualText is the condition under which two texts, with tokens in them, are equal.
func (r *Run) EqualText(a, b string) fact.Cond {
	if a == b || !symbol.Has(a) && !symbol.Has(b) {
		return Settled(a == b)
	}
	x, xok := r.Table.Only(a)
	y, yok := r.Table.Only(b)
	switch {
	case xok && !symbol.Has(b):
		return equalLiteral(x, b)
	case yok && !symbol.Has(a):
		return equalLiteral(y, a)
	case xok && yok && isIdentity(x) && isIdentity(y) && x.Address != y.Address:
		return fact.Never()
	}
	if same := fact.Same(r.Table.Text(a), r.Table.Text(b)); !same.IsUnknown() {
		return Settled(same.IsTrue())
	}
	p, q := r.Table.Text(a).String(), r.Table.Text(b).String()
	return Opaque(min(p, q)+" == "+max(p, q), r.FirstMissing(cty.StringVal(a), cty.StringVal(b)))
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
