package report

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// shownAlike is how many places are named of findings that are alike, beside the first.
const shownAlike = 3

// anyName is a name in a message, with the indexes in it, which may have quotes of their own.
var anyName = regexp.MustCompile(`"(?:[^"[]|\[[^]]*\])*"`)

// alike puts findings together that differ in nothing but names and places: they have one cause, and one change mends
// each.
func alike(findings []rules.Finding) [][]rules.Finding { return grouped(findings, likeness) }

// grouped puts items with one key together. The groups stand in the order of their first items.
func grouped[T any, K comparable](items []T, key func(T) K) (out [][]T) {
	at := map[K]int{}
	for _, item := range items {
		k := key(item)
		n, known := at[k]
		if !known {
			n = len(out)
			at[k] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], item)
	}
	return out
}

// likeness is all that a reader is told of the finding, without names and places.
func likeness(f rules.Finding) string {
	parts := []string{f.Rule.Name, Severity(f).String(), where(f.Scenarios), f.Remedy, f.Message}
	for _, h := range f.Trace {
		parts = append(parts, string(h.Cause), h.Message)
	}
	return anyName.ReplaceAllString(strings.Join(parts, "\x00"), `""`)
}

// others says where findings are that are like one that is told.
func (p *printer) others(like []rules.Finding) {
	if len(like) == 0 {
		return
	}
	p.line("  %s", p.ink.faint(fmt.Sprintf("and %d alike:", len(like))))
	for _, f := range like[:min(len(like), shownAlike)] {
		p.line("      %s  %s", p.ink.faint(p.at(f)), clean(f.Resource))
	}
	if n := len(like) - shownAlike; n > 0 {
		p.line("      and %d more; -f concise has a line for each", n)
	}
}
