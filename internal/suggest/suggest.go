// Package suggest puts words into messages: lists of them, and the one that somebody may have meant.
package suggest

import (
	"fmt"
	"slices"

	"github.com/agext/levenshtein"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// For is `; did you mean "x"?` for the candidate that is most like word, or "" when none is much like it, or the word
// is longer than any name would be.
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

// Targets are the names of what a function of the network is likely to want to reach, sorted.
func Targets(n *graph.Network) []string {
	out := []string{"internet", "internet6"}
	for d := range n.DataStores.All() {
		out = append(out, d.Address)
	}
	for i := range n.Instances.All() {
		out = append(out, i.Address)
	}
	for e := range n.Endpoints.All() {
		out = append(out, e.Address)
	}
	slices.Sort(out)
	return out
}
