package tree

import (
	"bytes"
	"iter"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// tooDeep is the offset of the first bracket with which more are open than the budget allows, or -1.
func tooDeep(text []byte) int {
	open := 0
	for i := range brackets(text) {
		switch text[i] {
		case '[', '{':
			if open++; open > budget.DocumentOpen.Max {
				return i
			}
		default:
			open = max(open-1, 0)
		}
	}
	return -1
}

// brackets yields the offsets of all brackets and braces in order. It searches for each kind apart, since a search for
// one byte is much faster than a look at every byte.
func brackets(text []byte) iter.Seq[int] {
	const kinds = "[]{}"
	return func(yield func(int) bool) {
		var next [len(kinds)]int
		for k := range next {
			next[k] = indexFrom(text, kinds[k], 0)
		}
		for {
			first := 0
			for k := range next {
				if next[k] < next[first] {
					first = k
				}
			}
			at := next[first]
			if at == len(text) || !yield(at) {
				return
			}
			next[first] = indexFrom(text, kinds[first], at+1)
		}
	}
}

// indexFrom is the offset of the first c at or behind from, or the end of the text.
func indexFrom(text []byte, c byte, from int) int {
	if i := bytes.IndexByte(text[from:], c); i >= 0 {
		return from + i
	}
	return len(text)
}
