// Package suggest finds the word that somebody may have meant.
package suggest

import (
	"fmt"

	"github.com/agext/levenshtein"
)

// For is `; did you mean "x"?` for the candidate that is most like word, or "" when none is much like it, or the word is
// longer than any name would be.
func For(word string, candidates []string) string {
	if len(word) > 100 {
		return ""
	}
	best, distance := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		if d := levenshtein.Distance(word, c, nil); d < distance {
			best, distance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}
