// Package symbol lets a string stand for what is not known yet. A token is a known Go string made of two private-use
// runes around a number, so that joining, splitting and comparing text work on it as they are; the table says what it
// stands for.
package symbol

import (
	"iter"
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

const (
	opening = "\uE000"
	closing = "\uE001"
)

// Symbol is what a token stands for.
type Symbol struct {
	// Key is the identity: "SubnetId" for a parameter, "AWS::Region", "Vpc" for the Ref of a resource, "Nat.Arn" for an
	// attribute. The same expression in the same scope has the same key.
	Key string
	// Address is the resource of the deployment whose identity or attribute this is, Attribute the attribute's name
	// ("" for its Ref). Both are empty for everything else.
	Address, Attribute string
	// Missing is what would make it known.
	Missing fact.Missing
	// Choice is set when the symbol is one of two texts, keyed by a condition.
	Choice *Choice
	// Domain, when given, lists every text that it can be.
	Domain []string
	// Single is set when the content certainly holds no comma, so that splitting a list around it is exact.
	Single bool
	// Unset is "null" when the symbol is null unless somebody gives a value, "empty" when it is the empty text then.
	// Otherwise it is set, unless it is Nullable: a part of what somebody gives, who may leave it out.
	Unset    string
	Nullable bool
	// Inputs are the tokens that a derived symbol was computed from.
	Inputs []string
}

// Pseudo is the symbol of a pseudo parameter, which is known only where something is deployed.
func Pseudo(name string) Symbol {
	return Symbol{Key: name, Single: true, Missing: fact.Missing{Kind: fact.Pseudo, Name: name}}
}

// Choice is Then where When holds and otherwise Else. Either may hold tokens.
type Choice struct {
	When       fact.Cond
	Then, Else string
}

// Table interns symbols. It is for one goroutine.
type Table struct {
	symbols []*Symbol         // by the number in the token; they never change
	tokens  map[string]string // by key
	// defaults are the facts that take the places of texts.
	defaults map[string]fact.Missing
}

// NewTable returns an empty table.
func NewTable() *Table { return &Table{tokens: map[string]string{}} }

// Intern returns the token of s; symbols of equal Key are one, the first.
func (t *Table) Intern(s Symbol) string {
	token, ok := t.tokens[s.Key]
	if !ok {
		token = opening + strconv.Itoa(len(t.symbols)) + closing
		t.symbols = append(t.symbols, &s)
		t.tokens[s.Key] = token
	}
	return token
}

// Default records that the text is one that holds unless somebody supplies the fact m.
func (t *Table) Default(text string, m fact.Missing) {
	if t.defaults == nil {
		t.defaults = map[string]fact.Missing{}
	}
	t.defaults[text] = m
}

// Defaulted is the fact that somebody may supply in place of the text, if that is a default.
func (t *Table) Defaulted(text string) (m fact.Missing, ok bool) {
	m, ok = t.defaults[text]
	return m, ok
}

// Escape makes text that was read from a file safe to hold tokens: a rune that would begin one becomes U+FFFD.
func Escape(text string) string {
	if !Has(text) {
		return text
	}
	return strings.ReplaceAll(text, opening, "\uFFFD")
}

// Has reports whether text holds a token.
func Has(text string) bool { return strings.Contains(text, opening) }

// End is where the last token of text ends, in bytes; 0 without any.
func End(text string) int {
	i := strings.LastIndex(text, closing)
	if i < 0 {
		return 0
	}
	return i + len(closing)
}

// Split cuts text into literals and symbols, in order.
func (t *Table) Split(text string) []any {
	var out []any
	t.parts(text, func(literal string, s *Symbol) {
		if s != nil {
			out = append(out, *s)
		} else {
			out = append(out, literal)
		}
	})
	return out
}

// In yields the symbols of text, in order. They do not change and are not to be changed.
func (t *Table) In(text string) iter.Seq[*Symbol] {
	return func(yield func(*Symbol) bool) {
		more := true
		t.parts(text, func(_ string, s *Symbol) { more = more && (s == nil || yield(s)) })
	}
}

// parts calls f for each literal and each symbol of text, in order. Symbols do not change.
func (t *Table) parts(text string, f func(literal string, s *Symbol)) {
	for text != "" {
		start := strings.Index(text, opening)
		if start < 0 {
			f(text, nil)
			return
		}
		if start > 0 {
			f(text[:start], nil)
		}
		text = text[start+len(opening):]
		end := strings.Index(text, closing)
		if end < 0 {
			f(text, nil)
			return
		}
		n, err := strconv.Atoi(text[:end])
		text = text[end+len(closing):]
		if s := t.at(n); err == nil && s != nil {
			f("", s)
		}
	}
}

// at is the symbol of the number, or nil.
func (t *Table) at(n int) *Symbol {
	if n < 0 || n >= len(t.symbols) {
		return nil
	}
	return t.symbols[n]
}

// Choices lists the symbols of text that are one of two texts.
func (t *Table) Choices(text string) []Symbol {
	var out []Symbol
	t.parts(text, func(_ string, s *Symbol) {
		if s != nil && s.Choice != nil {
			out = append(out, *s)
		}
	})
	return out
}

// Only returns the symbol when text is one token and nothing else.
func (t *Table) Only(text string) (Symbol, bool) {
	if !Has(text) {
		return Symbol{}, false
	}
	var only *Symbol
	count := 0
	t.parts(text, func(_ string, s *Symbol) { only, count = s, count+1 })
	if count != 1 || only == nil {
		return Symbol{}, false
	}
	return *only, true
}

// Text turns text with tokens into a fact.Text.
func (t *Table) Text(text string) fact.Text {
	if !Has(text) {
		return fact.Lit(text)
	}
	var out fact.Text
	t.parts(text, func(literal string, s *Symbol) {
		if s != nil {
			out = append(out, fact.Part{Symbol: s.Key, Address: s.Address, Missing: s.Missing})
		} else {
			out = append(out, fact.Part{Literal: literal})
		}
	})
	return out
}
