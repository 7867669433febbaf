// Package read turns evaluated values into facts: texts, numbers, lists and policy documents that may be partly known.
package read

import (
	"math"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// maxChoices bounds how many independent choices inside one text are told apart; n of them make 2^n texts.
const maxChoices = 4

// maxTexts bounds how many texts one text is told apart into: one of two texts may hold further choices.
const maxTexts = 64

// Convert turns a value into a fact. Conditions stay conditions, and what is unknown stays so; leaf is called for a
// Text, List or Map.
func Convert[T any](symbols *symbol.Table, v value.Value, leaf func(value.Value) fact.Value[T]) fact.Value[T] {
	v = Expand(symbols, v)
	switch v.Kind {
	case value.Absent:
		return fact.Value[T]{Span: v.Span}
	case value.Choice:
		return fact.Choice(v.When, Convert(symbols, *v.Then, leaf), Convert(symbols, *v.Else, leaf), v.Span)
	case value.Unknown:
		return unknown[T](v)
	}
	return leaf(v)
}

// FromText turns a value that is written as text into a fact. A list or map in its place is not known.
func FromText[T any](
	symbols *symbol.Table, v value.Value, f func(text string, span source.Span) fact.Value[T],
) fact.Value[T] {
	return Convert(symbols, v, func(v value.Value) fact.Value[T] {
		if v.Kind != value.Text {
			return misshapen[T](v.Span)
		}
		return f(v.Text, v.Span)
	})
}

// Text gives a value as text, which may hold symbols.
func Text(symbols *symbol.Table, v value.Value) fact.Value[fact.Text] {
	return FromText(symbols, v, func(text string, span source.Span) fact.Value[fact.Text] {
		return fact.Known(symbols.Text(text), span)
	})
}

// Bool gives a value as a boolean.
func Bool(symbols *symbol.Table, v value.Value) fact.Value[bool] {
	return Parse(symbols, v, ParseBool)
}

// Int gives a value as a whole number.
func Int(symbols *symbol.Table, v value.Value) fact.Value[int] {
	return Parse(symbols, v, ParseInt)
}

// Parse gives a value that is written as text. A text with symbols is Computed, unless it is a symbol that may be null;
// one that does not parse is not known.
func Parse[T any](symbols *symbol.Table, v value.Value, parse func(string) (T, bool)) fact.Value[T] {
	return FromText(symbols, v, func(text string, span source.Span) fact.Value[T] {
		if s, ok := symbols.Only(text); ok && (s.Nullable || s.Unset == "null") {
			return fact.NotKnown[T](span, s.Missing)
		}
		if symbol.Has(text) {
			return fact.Computed[T](span, symbols.Text(text).Missing()...)
		}
		parsed, ok := parse(text)
		if !ok {
			return fact.NotKnown[T](span, fact.Missing{Kind: fact.Intrinsic, Name: strconv.Quote(text), Span: span})
		}
		return fact.Known(parsed, span)
	})
}

// Expand turns a text that holds a symbol for one of two texts into the Choice between them. Any other value is given
// back as it is.
func Expand(symbols *symbol.Table, v value.Value) value.Value {
	if v.Kind != value.Text || !symbol.Has(v.Text) {
		return v
	}
	when, a, b, ok := choose(symbols, v.Text)
	if !ok || texts(symbols, v.Text, maxTexts) > maxTexts {
		return v
	}
	then, otherwise := v, v
	then.Text, otherwise.Text = a, b
	return value.Either(when, then, otherwise, v.Span)
}

// choose is the text in both cases of its first choice. ok is false for a text without any, or with too many.
func choose(symbols *symbol.Table, text string) (when fact.Cond, then, otherwise string, ok bool) {
	choices := symbols.Choices(text)
	if len(choices) == 0 || len(choices) > maxChoices {
		return when, "", "", false
	}
	token, c := symbols.Intern(choices[0]), choices[0].Choice
	then, otherwise = strings.ReplaceAll(text, token, c.Then), strings.ReplaceAll(text, token, c.Else)
	return c.When, then, otherwise, true
}

// texts counts the texts that one may be, up to one more than limit.
func texts(symbols *symbol.Table, text string, limit int) int {
	_, then, otherwise, ok := choose(symbols, text)
	if !ok {
		return 1
	}
	if limit <= 1 {
		return limit + 1
	}
	n := texts(symbols, then, limit-1) // the other case is one at least
	if n >= limit {
		return limit + 1
	}
	return n + texts(symbols, otherwise, limit-n)
}

// OrElse is a where a is written, else b.
func OrElse(a, b value.Value) value.Value {
	switch {
	case b.Kind == value.Absent:
		return a
	case a.Kind == value.Absent:
		return b
	case a.Kind == value.Choice:
		return value.Either(a.When, OrElse(*a.Then, b), OrElse(*a.Else, b), a.Span)
	}
	return a
}

// OnlyIf is v where the condition holds and otherwise nothing.
func OnlyIf(when fact.Cond, v value.Value) value.Value {
	if when.IsAlways() || v.Kind == value.Absent {
		return v
	}
	return value.Either(when, v, value.Value{}, v.Span)
}

func unknown[T any](v value.Value) fact.Value[T] {
	if v.Set {
		return fact.Computed[T](v.Span, v.Missing...)
	}
	return fact.NotKnown[T](v.Span, v.Missing...)
}

// misshapen is a value that AWS would refuse here: nothing follows from it.
func misshapen[T any](span source.Span) fact.Value[T] {
	const shape = "a list or map in place of one value"
	return fact.NotKnown[T](span, fact.Missing{Kind: fact.Intrinsic, Name: shape, Span: span})
}

// ParseBool also takes the words of YAML 1.1, which CloudFormation reads.
func ParseBool(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "on":
		return true, true
	case "false", "no", "off":
		return false, true
	}
	return false, false
}

// ParseInt takes a whole number, also one that is written as a fraction.
func ParseInt(s string) (int, bool) {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
		return n, true
	}
	f, ok := ParseFloat(s)
	return int(f), ok && f == math.Trunc(f) && math.Abs(f) < 1<<53
}

// ParseFloat takes any number.
func ParseFloat(s string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return f, err == nil
}
