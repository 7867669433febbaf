package eval

import (
	"regexp"
	"strings"
)

// plainWord is a text that as a regular expression matches itself alone.
var plainWord = regexp.MustCompile(`^[\w-]+$`)

// alternatives are the values that an AllowedPattern admits, if it does no more than list them: "^(true|false)$" has
// two. It has to match the whole of a value, with anchors or without.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
func alternatives(pattern string) (words []string) {
	inner := strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$")
	if body, grouped := strings.CutPrefix(inner, "("); grouped && strings.HasSuffix(body, ")") {
		pattern = strings.TrimPrefix(strings.TrimSuffix(body, ")"), "?:")
	}
	for word := range strings.SplitSeq(pattern, "|") {
		word = strings.TrimSuffix(strings.TrimPrefix(word, "^"), "$")
		if !plainWord.MatchString(word) {
			return nil
		}
		words = append(words, word)
	}
	return words
}
