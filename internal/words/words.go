// Package words joins words as a sentence does.
package words

import (
	"strconv"
	"strings"
)

// And lists the words: "a, b and c".
func And(words []string) string { return list(words, " and ") }

// Or lists the words of a choice: "a, b or c".
func Or(words []string) string { return list(words, " or ") }

// Quoted lists the words in quotes, with commas between them.
func Quoted(words []string) string { return strings.Join(Quote(words), ", ") }

// Quote puts each of the words in quotes.
func Quote(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strconv.Quote(w)
	}
	return out
}

func list(words []string, last string) string {
	n := len(words) - 1
	if n < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n], ", ") + last + words[n]
}
