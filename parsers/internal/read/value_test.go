package read_test

import (
	"fmt"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// choices is a text that is one of two, of which step makes both from the text before it.
func choices(symbols *symbol.Table, depth int, step func(before string) (then, otherwise string)) string {
	text := "end"
	for i := range depth {
		then, otherwise := step(text)
		when := fact.If(&fact.Atom{Subject: fmt.Sprint("var.", i), Literal: "true"})
		text = symbols.Intern(symbol.Symbol{
			Key: fmt.Sprint("choice ", i), Choice: &symbol.Choice{When: when, Then: then, Else: otherwise},
		})
	}
	return text
}

// TestChoicesInsideChoicesAreFew, however deep they are: 2^40 texts would not end.
func TestChoicesInsideChoicesAreFew(t *testing.T) {
	twice := func(before string) (string, string) { return before + "-a", before + "-b" }
	other := func(before string) (string, string) { return "other", before }
	for _, c := range []struct {
		name  string
		depth int
		step  func(string) (string, string)
		cases int // that the text is told apart into
	}{
		{"two of each", 6, twice, 64},
		{"too many of each", 7, twice, 1},
		{"far too many of each", 40, twice, 1},
		{"a chain", 63, other, 64},
		{"a long chain", 64, other, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			symbols := symbol.NewTable()
			v := value.Value{Kind: value.Text, Text: choices(symbols, c.depth, c.step)}
			if n := len(fact.Cases(read.Text(symbols, v))); n != c.cases {
				t.Errorf("%d cases instead of %d", n, c.cases)
			}
		})
	}
}
