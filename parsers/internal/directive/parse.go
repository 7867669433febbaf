// Package directive finds what authors say in their files about findings that they accept, the same in all languages:
//
//	lambda-vpc-lint:ignore RULE[,RULE] [for ADDRESS] reason
package directive

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Tool is the word that every directive holds.
const Tool = "lambda-vpc-lint"

const verb = "ignore"

// Has is a cheap test: without it a text holds no directive.
func Has(text []byte) bool { return bytes.Contains(text, []byte(Tool)) }

// Comment reads the text of a comment without its signs; ok is false for one that is about something else.
func Comment(text string) (d source.Directive, ok bool) {
	rest, ours := strings.CutPrefix(strings.TrimSpace(text), Tool+":")
	if !ours || rest == "" {
		return d, false
	}
	after, ignores := strings.CutPrefix(strings.TrimLeft(rest, " \t"), verb)
	switch {
	case ignores && (after == "" || isBlank(after[0])):
		d = Body(after)
	case isBlank(rest[0]):
		return d, false // "lambda-vpc-lint: needs this", which is prose
	}
	return Checked(d, "write `lambda-vpc-lint:ignore RULE[,RULE] [for ADDRESS] reason`"), true
}

// Checked names the problem of a directive that has one. form says how to write it.
func Checked(d source.Directive, form string) source.Directive {
	switch {
	case len(d.Rules) == 0:
		d.Problem = "this suppression names no rule: " + form
	case len(d.Rules) > mostRules:
		d.Problem = fmt.Sprintf("this suppression names more than %d rules: name their packs", mostRules)
	}
	return d
}

// The limits: how many directives of one file are read, and how many rules one of them may name.
const (
	most      = 1000
	mostRules = 100
)

// Limit leaves the first directives of a file that has very many, and says so at the next.
func Limit(ds []source.Directive) []source.Directive {
	if len(ds) <= most {
		return ds
	}
	problem := fmt.Sprintf("this file has more than %d suppressions: this one and those after it are not read", most)
	return append(ds[:most:most], source.Directive{Span: ds[most].Span, Problem: problem})
}

// Body reads what stands after the verb.
func Body(text string) (d source.Directive) {
	text = strings.TrimSpace(text)
	for more := text != ""; more; {
		var word string
		word, text = cut(text)
		for name := range strings.SplitSeq(word, ",") {
			if name = strings.TrimSuffix(strings.TrimSpace(name), ":"); name != "" {
				d.Rules = append(d.Rules, name)
			}
		}
		more = text != "" && (strings.HasSuffix(word, ",") || text[0] == ',')
	}
	if word, rest := cut(text); word == "for" {
		d.For, text = cut(rest)
	}
	d.Reason = strings.TrimSpace(strings.TrimLeft(text, "-–—: "))
	return d
}

// cut splits text after its first word. Blanks inside the brackets of an address are part of a word.
func cut(text string) (word, rest string) {
	depth := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case isBlank(c) && depth <= 0:
			return text[:i], strings.TrimSpace(text[i:])
		}
	}
	if depth > 0 { // a bracket that is never closed brackets nothing
		word, rest, _ = strings.Cut(text, " ")
		return word, strings.TrimSpace(rest)
	}
	return text, ""
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
