package policy

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// token is one place of a pattern or of the text that it is held against.
type token struct {
	kind   tokenKind
	char   byte
	symbol string
	// named marks the symbol of a resource's attribute, which never holds an asterisk.
	named bool
}

type tokenKind int8

const (
	literal tokenKind = iota
	anyText           // * in a pattern
	anyChar           // ? in a pattern
	unknown           // a symbol, whose content is not known
	field             // in a subject: whatever the pattern has up to the next colon
	rest              // in a subject: whatever the pattern has
)

// matches says whether the pattern, with * and ?, matches the subject whatever the symbols of both stand for. A symbol
// that makes up one field of an ARN is taken to hold no colon.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
func matches(pattern fact.Text, subject []token, missing []fact.Missing) fact.Verdict {
	p, own := patternOf(pattern)
	switch {
	case match(p, subject, true):
		return fact.Yes()
	case !match(p, subject, false):
		return fact.No()
	}
	return fact.Wants(fact.Unique(append(own, missing...))...)
}

// patternOf reads * and ?, and IAM's own variables, such as ${aws:username}, whose content only a request has.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func patternOf(text fact.Text) ([]token, []fact.Missing) {
	var out []token
	missing := text.Missing()
	for _, part := range text {
		if part.Symbol != "" {
			out = append(out, token{kind: unknown, symbol: part.Symbol, named: part.Address != ""})
			continue
		}
		for s := part.Literal; s != ""; {
			if name, after, ok := variable(s); ok {
				s = after
				if len(name) == 1 && strings.Contains("*?$", name) {
					out = append(out, token{char: name[0]})
					continue
				}
				out = append(out, token{kind: unknown, symbol: "iam " + name})
				missing = append(missing, fact.Missing{Kind: fact.Attribute, Name: name})
				continue
			}
			switch s[0] {
			case '*':
				out = append(out, token{kind: anyText})
			case '?':
				out = append(out, token{kind: anyChar})
			default:
				out = append(out, token{char: s[0]})
			}
			s = s[1:]
		}
	}
	return out, missing
}

func variable(s string) (name, after string, ok bool) {
	if !strings.HasPrefix(s, "${") {
		return "", "", false
	}
	return strings.Cut(s[2:], "}")
}

// subjectOf reads a text in which * and ? are ordinary characters.
func subjectOf(text fact.Text) []token {
	var out []token
	for _, part := range text {
		if part.Symbol != "" {
			out = append(out, token{kind: unknown, symbol: part.Symbol})
		}
		for i := range len(part.Literal) {
			out = append(out, token{char: part.Literal[i]})
		}
	}
	return out
}

// match holds p against s. Strictly, symbols match only what any content of theirs would match: themselves, or the
// asterisk of a pattern. Otherwise they match whatever some content of theirs would match.
func match(p, s []token, strict bool) bool {
	// here[j] says that the pattern so far matches the first j tokens of the subject.
	here, next := make([]bool, len(s)+1), make([]bool, len(s)+1)
	here[0] = true
	for i := range len(p) + 1 {
		clear(next)
		for j := range here {
			if !here[j] {
				continue
			}
			both, onlyP, onlyS := step(p[i:], s[j:], strict)
			next[j] = next[j] || onlyP
			if j < len(s) {
				next[j+1] = next[j+1] || both
				here[j+1] = here[j+1] || onlyS
			}
		}
		if i == len(p) {
			return here[len(s)]
		}
		here, next = next, here
	}
	return false
}

// step says in which of the two the next token may be passed: in both at once, only in p, only in s.
func step(p, s []token, strict bool) (both, onlyP, onlyS bool) {
	if len(s) > 0 && (s[0].kind == field || s[0].kind == rest) {
		onlyS = true
		onlyP = len(p) > 0 && (s[0].kind == rest || p[0].kind != literal || p[0].char != ':')
	}
	if len(p) > 0 && p[0].kind == anyText {
		onlyP, onlyS = true, onlyS || len(s) > 0
	}
	if !strict {
		if len(p) > 0 && p[0].kind == unknown {
			onlyP = true
			onlyS = onlyS || len(s) > 0 && (!p[0].named || s[0].kind != literal || s[0].char != '*')
		}
		if len(s) > 0 && s[0].kind == unknown {
			onlyP, onlyS = onlyP || len(p) > 0, true
		}
	}
	if len(p) > 0 && len(s) > 0 {
		both = s[0].kind == literal && (p[0].kind == anyChar || p[0] == s[0]) ||
			s[0].kind == unknown && p[0].kind == unknown && p[0].symbol == s[0].symbol
	}
	return both, onlyP, onlyS
}
