package tree

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// The passes over the text skip what cannot matter; here every byte is looked at.
func TestPassesOverTheTextMissNothing(t *testing.T) {
	pieces := []string{
		"a: b", "plain text that is longer than eight bytes", "~", "\x7f", "\x1f", "\t", "é", "\u2028", "\u0085", "\r", "\n", "\r\n", "\n\n",
		"[", "]", "{", "}", strings.Repeat("[", budget.DocumentOpen.Max-2), strings.Repeat("}", 9), "1234567",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := []byte(b.String())
		whole := &places{text: text, lines: []int{0}, ascii: true, control: -1}
		whole.inspect(0, len(text))
		got := newPlaces(text, 0)
		if !slices.Equal(got.lines, whole.lines) || got.ascii != whole.ascii || got.control != whole.control {
			t.Fatalf("%q: got %v %v %d, want %v %v %d", text, got.lines, got.ascii, got.control, whole.lines, whole.ascii, whole.control)
		}
		if at, want := tooDeep(text), deepest(text); at != want {
			t.Fatalf("%q: too many brackets are open at %d, want %d", text, at, want)
		}
	}
}

func deepest(text []byte) int {
	open := 0
	for i, c := range text {
		switch {
		case c == '[' || c == '{':
			open++
		case (c == ']' || c == '}') && open > 0:
			open--
		}
		if open > budget.DocumentOpen.Max {
			return i
		}
	}
	return -1
}
