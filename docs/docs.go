// Package docs is prose. The pages about the rules are made of the rules, their fixtures and the program's own output.
package docs

import (
	"embed"
	"regexp"
	"strings"
)

//go:generate go run ../internal/docs/gen

//go:embed rules
var pages embed.FS

// folded is what a page hides until it is asked for, and what it says to those who edit it.
var folded = regexp.MustCompile(`(?s)(<details>.*?</details>|<!--.*?-->)\n*`)

// Explain is the page of a rule as a terminal shows it: without the examples in full. ok is false for a rule whose page
// is not written yet.
func Explain(rule string) (text string, ok bool) {
	page, err := pages.ReadFile("rules/" + rule + ".md")
	if err != nil {
		return "", false
	}
	return strings.TrimSpace(folded.ReplaceAllString(string(page), "")), true
}
