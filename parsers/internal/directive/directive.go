// Package directive reads the comments by which authors accept findings. They are the same in all languages:
//
//	lambda-vpc-lint:ignore RULE[,RULE] [for ADDRESS] reason
//
// The front ends know where comments are and which parts of a file are resources. This package knows what a comment
// says and what it covers. In
//
//	subnet_ids = local.public # lambda-vpc-lint:ignore public_subnet_only calls nothing
//
// Comment gives a source.Directive with the rule public_subnet_only and the reason "calls nothing". Comments lets it
// cover the largest part of the file that begins in that line, here the attribute subnet_ids.
package directive

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Tool is the word that begins every directive.
const Tool = "lambda-vpc-lint"

const verb = "ignore"

// Has says whether the text may hold a directive. It is cheap, and false only where there is none.
func Has(text []byte) bool { return bytes.Contains(text, []byte(Tool)) }

// Comment reads the text of a comment, without the signs that make it one. It is not ok where the comment is about
// something else. A directive that is malformed is ok and has a Problem. Its spans and address are left to the caller.
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

// Checked is d with its Problem set where the rules are missing or too many. form tells the author how to write it.
func Checked(d source.Directive, form string) source.Directive {
	switch {
	case len(d.Rules) == 0:
		d.Problem = "this suppression names no rule: " + form
	case len(d.Rules) > maxRules:
		d.Problem = fmt.Sprintf("this suppression names more than %d rules: name their packs", maxRules)
	}
	return d
}

// The limits of one file.
const (
	maxDirectives = 1000
	maxRules      = 100 // in one directive
)

// Limit is the first of the directives of one file, at most maxDirectives. Where there are more, the next is a
// directive whose Problem says so.
func Limit(ds []source.Directive) []source.Directive {
	if len(ds) <= maxDirectives {
		return ds
	}
	const problem = "this file has more than %d suppressions: this one and those after it are not read"
	tooMany := source.Directive{Span: ds[maxDirectives].Span, Problem: fmt.Sprintf(problem, maxDirectives)}
	return append(ds[:maxDirectives:maxDirectives], tooMany)
}

// Body reads what stands after the verb: the rules, the address and the reason. Any of them may be missing.
func Body(text string) (d source.Directive) {
	text = strings.TrimSpace(text)
	for more := text != ""; more; {
		var word string
		word, text = name(text)
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

// name splits the text after its first word.
func name(text string) (word, rest string) {
	at := strings.IndexFunc(text, unicode.IsSpace)
	if at < 0 {
		return text, ""
	}
	return text[:at], strings.TrimSpace(text[at:])
}

// cut splits the text after its first word. A blank inside the brackets of an address does not end a word.
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
