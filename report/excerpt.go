package report

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// width is how much of a long line an excerpt shows.
const width = 100

// excerpt is one line of a file and the marks under the part that a location names.
type excerpt struct{ gutter, line, marks string }

// excerptOf cuts the first line of loc out of f. Of a long line, such as JSON without line breaks, it shows the
// surroundings of the location. Marks keep tabs, so that they stand under what they mark in any tab width.
func excerptOf(f *source.File, loc source.Location) excerpt {
	line := []rune(clean(f.Line(loc.StartLine)))
	start := min(loc.StartColumn-1, len(line))
	end := len(line)
	if loc.EndLine == loc.StartLine {
		end = min(loc.EndColumn-1, len(line))
	}
	head, tail := "", ""
	if len(line) > width {
		from := max(0, start-width/4)
		to := min(len(line), from+width)
		if from > 0 {
			head = "…"
		}
		if to < len(line) {
			tail = "…"
		}
		line, start, end = line[from:to], start-from, min(end, to)-from
	}
	var marks strings.Builder
	marks.WriteString(strings.Repeat(" ", len([]rune(head))))
	for _, c := range line[:start] {
		if c != '\t' {
			c = ' '
		}
		marks.WriteRune(c)
	}
	marks.WriteString(strings.Repeat("^", max(1, end-start)))
	return excerpt{fmt.Sprint(loc.StartLine), head + string(line) + tail, marks.String()}
}

// clean replaces control characters, so that a hostile file cannot steer the terminal.
func clean(s string) string {
	return strings.Map(func(c rune) rune {
		if c != '\t' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
			return unicode.ReplacementChar
		}
		return c
	}, s)
}

// sentence is clean for text that stays on one line.
func sentence(s string) string { return clean(strings.Join(strings.Fields(s), " ")) }
