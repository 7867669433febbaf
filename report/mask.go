package report

import (
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// hidden stands in place of each character of what may be a secret, so that marks stay where they are.
const hidden = '*'

var (
	// environment begins a block of variables of the environment, in one line.
	environment = regexp.MustCompile(`(?i)\b(?:environment|variables)["']?\s*[:=]?\s*\{`)
	// inEnvironment is a line that such a block, or a list, is below.
	inEnvironment = regexp.MustCompile(
		`(?i)^["']?(?:environment|variables|environment_?variables)["']?\s*(?:[:=].*|\{)$`)
	// entry is the key of one, with the sign behind it.
	entry = regexp.MustCompile(`^((?:- +)*(?:"[^"]*"|'[^']*'|[\w.:-]+?)\s*[:=])(?:\s|["'{\[]|$)`)
	// sensitive is a name, with what leads to its value, that says what it is worth: the default of a parameter, or
	// what is called a secret.
	sensitive = regexp.MustCompile(`(?i)(?:^|[\s{,"'])(?:default|` +
		`[\w.-]*(?:passw(?:or)?d|secret|token|credential|(?:api|access|private)_?key)[\w.-]*)["']?\s*[:=]\s*`)
	// reference is a value that says where another one is.
	reference = regexp.MustCompile(`^(?:!\w|[a-z_]\w*\.[a-z_])`)
	// credential is a text that is one by its form: of AWS, GitHub, Slack, Stripe and Google, a token in JSON, a key
	// in PEM, the user of a URL, or a number of 128 bits and more.
	credential = regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\b(?:gh[a-z]|github_pat)_\w{20,}` +
		`|\bxox[a-z]-[\w-]+|\b[rs]k_live_\w+|\bAIza[\w-]{30,}|\beyJ[\w-]+\.[\w.-]+|-----BEGIN.*` +
		`|://[^/\s:@"']+:[^/\s@"']+@|\b[0-9a-f]{32,}\b|\b[0-9A-F]{32,}\b`)
	// random is what may be a secret access key, if it has no words in it.
	random = regexp.MustCompile(`[A-Za-z0-9/+]{40}`)
)

// masked is a part of line number n of f with hidden in place of what a report has no business to repeat: variables of
// an environment, defaults of parameters, and what looks like a key.
func masked(f *source.File, n int, part string) string {
	secret := make([]bool, len(part))
	hide := func(from, to int) {
		for i := from; i < to; i++ {
			secret[i] = true
		}
	}
	if isInEnvironment(f, n) {
		hideEntries(part, 0, len(part), hide)
	}
	for _, m := range environment.FindAllStringIndex(part, -1) {
		hideEntries(part, m[1], m[1]+valueEnd(part[m[1]:], "}"), hide)
	}
	for _, m := range sensitive.FindAllStringIndex(part, -1) {
		value := part[m[1]:]
		isBlock := strings.HasPrefix(value, "{") && !strings.HasSuffix(strings.TrimSpace(part[:m[1]]), "=")
		if !isBlock && !reference.MatchString(value) {
			hide(m[1], m[1]+valueEnd(value, ",}])"))
		}
	}
	for _, m := range credential.FindAllStringIndex(part, -1) {
		hide(m[0], m[1])
	}
	for _, m := range random.FindAllStringIndex(part, -1) {
		text := part[m[0]:m[1]]
		if n := changes(text); n > 24 || n > 14 && strings.ContainsAny(text, "/+") {
			hide(m[0], m[1])
		}
	}
	var out strings.Builder
	for i, c := range part {
		if secret[i] && c != ' ' && c != '\t' {
			c = hidden
		}
		out.WriteRune(c)
	}
	return out.String()
}

// hideEntries hides the values of the entries between from and to, and what is no entry. Keys stay.
func hideEntries(part string, from, to int, hide func(from, to int)) {
	for from < to {
		rest := part[from:to]
		from += len(rest) - len(strings.TrimLeft(rest, " \t,{"))
		if m := entry.FindStringSubmatchIndex(part[from:to]); m != nil {
			from += m[3]
		}
		if strings.HasPrefix(strings.TrimLeft(part[from:to], " \t"), "{") {
			continue // what is in it is hidden
		}
		end := from + valueEnd(part[from:to], ",}")
		hide(from, end)
		from = end + 1
	}
}

// valueEnd is where one of the closing signs, outside of quotes and brackets, ends the value that text begins with.
func valueEnd(text, closing string) int {
	quote, open := byte(0), 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case open == 0 && strings.IndexByte(closing, c) >= 0:
			return i
		case c == '{' || c == '[' || c == '(':
			open++
		case open > 0 && (c == '}' || c == ']' || c == ')'):
			open--
		}
	}
	return len(text)
}

// isInEnvironment tells by the indentation whether the line is in a block of variables of an environment.
func isInEnvironment(f *source.File, n int) bool {
	const farthest = 200
	depth := indentation(f.Line(n))
	for above := n - 1; above > 0 && above > n-farthest && depth > 0; above-- {
		line := f.Line(above)
		if text := strings.TrimSpace(line); text != "" && indentation(line) < depth {
			depth = indentation(line)
			if inEnvironment.MatchString(text) {
				return true
			}
		}
	}
	return false
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// changes counts where small letters, capitals, digits and signs follow each other.
func changes(text string) (n int) {
	class := func(c byte) int {
		switch {
		case c >= 'a' && c <= 'z':
			return 0
		case c >= 'A' && c <= 'Z':
			return 1
		case c >= '0' && c <= '9':
			return 2
		}
		return 3
	}
	for i := 1; i < len(text); i++ {
		if class(text[i]) != class(text[i-1]) {
			n++
		}
	}
	return n
}
