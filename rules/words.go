package rules

import (
	"strings"
	"unicode"
)

// Words cuts an identifier at punctuation, digits and changes of case: "MyDBSubnet-1" is my, db, subnet.
func Words(name string) []string {
	var out []string
	runes := []rune(name)
	start := 0
	flush := func(end int) {
		if end > start {
			out = append(out, strings.ToLower(string(runes[start:end])))
		}
		start = end
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			flush(i)
			start = i + 1
		case i == start:
		case unicode.IsUpper(r) && unicode.IsLower(runes[i-1]):
			flush(i)
		case unicode.IsUpper(r) && i+1 < len(runes) && unicode.IsLower(runes[i+1]):
			flush(i)
		}
	}
	flush(len(runes))
	return out
}
