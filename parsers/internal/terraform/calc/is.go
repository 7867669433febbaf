package calc

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Known reports a value that is certainly known at its top.
func Known(v cty.Value) bool {
	plain, _ := v.Unmark()
	return plain.IsKnown() && !HasToken(v)
}

// isListVariable reports a variable without a value whose type is a list, set or map.
func isListVariable(v cty.Value) bool {
	s, ok := SourceOf(v)
	return ok && s.Declared
}

// isLiteral reports what is written in brackets or braces.
func isLiteral(v cty.Value) bool {
	return !v.IsMarked() && v.IsKnown() && !v.IsNull() && (v.Type().IsTupleType() || v.Type().IsObjectType())
}

// SmallNumber is a whole number that is known and not negative.
func SmallNumber(v cty.Value) (int, bool) {
	if v.Type() != cty.Number || v.IsMarked() || !v.IsKnown() || v.IsNull() {
		return 0, false
	}
	n, accuracy := v.AsBigFloat().Int64()
	return int(n), accuracy == 0 && n >= 0 && n < 1<<31
}

// Size is the length of a known list or map, -1 for everything else. The elements of a set may turn out to be equal.
func Size(v cty.Value) int {
	plain, _ := v.Unmark()
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() || plain.Type().IsSetType() {
		return -1
	}
	return plain.LengthInt()
}

// IsMapping reports a map or an object, known or not.
func IsMapping(v cty.Value) bool { return v.Type().IsObjectType() || v.Type().IsMapType() }

// IsText reports a known string.
func IsText(v cty.Value) bool {
	return v.Type() == cty.String && !v.IsMarked() && v.IsKnown() && !v.IsNull()
}

// OnlySymbol is the symbol of a text that is one token and nothing else.
func OnlySymbol(v cty.Value, table *symbol.Table) (symbol.Symbol, bool) {
	if !IsText(v) {
		return symbol.Symbol{}, false
	}
	return table.Only(v.AsString())
}

// HasToken reports a text with unknown parts.
func HasToken(v cty.Value) bool { return IsText(v) && symbol.Has(v.AsString()) }

// IsNull reports null, of values that may be marked too.
func IsNull(v cty.Value) bool {
	v, _ = v.Unmark()
	return v.IsNull()
}

// Literal is a value of the file in which no text looks like a token.
func Literal(v cty.Value) cty.Value {
	if HasToken(v) {
		return cty.StringVal(symbol.Escape(v.AsString()))
	}
	return v
}

// IsBool reports a truth value, known or not.
func IsBool(v cty.Value) bool { return v.Type() == cty.Bool && !IsNull(v) }
