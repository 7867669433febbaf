package terraform

import (
	"slices"
	"strings"
	"unicode"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// matches says whether the text is one that a value of a filter asks for. In such a value * is any text and ? any one
// character, and a backslash makes them plain. What is not known of the text may be anything.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
func matches(text fact.Text, wanted string) fact.Verdict {
	switch {
	case !strings.ContainsAny(wanted, `*?\`):
		return fact.Same(text, fact.Lit(wanted))
	case strings.Contains(wanted, `\`):
		return fact.Wants(append(text.Missing(), fact.Missing{Kind: fact.Intrinsic, Name: wanted})...)
	case fits(text, wanted, false):
		return fact.Yes()
	case fits(text, wanted, true) && mayHold(text, wanted):
		return fact.Wants(text.Missing()...)
	}
	return fact.No()
}

// mayHold says whether the text may hold each word that the pattern looks for anywhere in it, such as -public in
// *-public*. A part that is not known, such as a stage, is taken not to bring a whole word of several with it where the
// text has known words of its own.
func mayHold(text fact.Text, pattern string) bool {
	if !slices.ContainsFunc(text, func(p fact.Part) bool { return strings.ContainsFunc(p.Literal, unicode.IsLetter) }) {
		return true
	}
	words := strings.Split(pattern, "*")
	for _, word := range words[1 : len(words)-min(1, len(words)-1)] {
		isJoined := strings.Trim(word, separators) != word && strings.ContainsFunc(word, unicode.IsLetter)
		touches := func(p fact.Part) bool { return overlaps(p.Literal, word) }
		if isJoined && !strings.Contains(word, "?") && !slices.ContainsFunc(text, touches) {
			return false
		}
	}
	return true
}

// separators stand between the words of a name.
const separators = "-_./: "

// overlaps says whether the word lies in the literal, around it, or over one of its ends with a letter at least.
func overlaps(literal, word string) bool {
	if literal == "" {
		return false
	}
	if strings.Contains(literal, word) || strings.Contains(word, literal) {
		return true
	}
	for i := range word {
		front, back := word[:i], word[i:]
		if strings.ContainsFunc(front, unicode.IsLetter) && strings.HasSuffix(literal, front) ||
			strings.ContainsFunc(back, unicode.IsLetter) && strings.HasPrefix(literal, back) {
			return true
		}
	}
	return false
}

// unknown stands for a stretch of text that is not known.
const unknown rune = -1

// fits says whether the text fits the pattern with every content of what is not known or, if some is set, with any
// content at all.
func fits(text fact.Text, pattern string, some bool) bool {
	var runes []rune
	for _, p := range text {
		if p.Symbol != "" {
			runes = append(runes, unknown)
		} else {
			runes = append(runes, []rune(p.Literal)...)
		}
	}
	// ends[i] says that the part of the pattern that is done fits the first i runes.
	ends := make([]bool, len(runes)+1)
	ends[0] = true
	skip := func() {
		for i, r := range runes {
			ends[i+1] = ends[i+1] || some && r == unknown && ends[i]
		}
	}
	skip()
	for _, want := range pattern {
		next := make([]bool, len(ends))
		for i := range ends {
			switch {
			case want == '*':
				next[i] = ends[i] || i > 0 && next[i-1]
			case i > 0 && runes[i-1] == unknown:
				next[i] = some && (ends[i] || ends[i-1])
			case i > 0:
				next[i] = ends[i-1] && (want == '?' || want == runes[i-1])
			}
		}
		ends = next
		skip()
	}
	return ends[len(runes)]
}
