package packtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
)

// expectation is a line and what is said there; text is a pattern where it is wanted, and a message where it is got.
type expectation struct {
	line     int
	kind     string // want for a finding, undecided for an open question
	severity string // "" is any
	text     string
}

func (e expectation) matches(got expectation) bool {
	return e.line == got.line && e.kind == got.kind && (e.severity == "" || e.severity == got.severity) &&
		regexp.MustCompile(e.text).MatchString(got.text)
}

// compare holds the answer to what the example expects, in comments on the lines where it shall be: `# want "regexp"`
// for a finding, `# want note "regexp"` where its severity matters, `# undecided "regexp"` for an open question.
func (c *checker) compare(t *testing.T, f *fixture.File, answer *fixture.Answer) {
	t.Helper()
	want, got := expectations(t, f.Data), places(answer)
	if !slices.EqualFunc(want, got, expectation.matches) {
		lines := strings.Split(string(fixture.Clean(f.Data)), "\n")
		t.Errorf("got\n%s\nwant\n%s", list(lines, got), list(lines, want))
	}
}

var comment = regexp.MustCompile(`# (want|undecided)(?: (error|warning|note))? "((?:[^"\\]|\\.)*)"`)

func expectations(t *testing.T, text []byte) []expectation {
	var out []expectation
	for i, line := range strings.Split(string(text), "\n") {
		for _, m := range comment.FindAllStringSubmatch(line, -1) {
			pattern := strings.ReplaceAll(m[3], `\"`, `"`)
			if _, err := regexp.Compile(pattern); err != nil {
				t.Fatal(err)
			}
			out = append(out, expectation{i + 1, m[1], m[2], pattern})
		}
	}
	return out
}

func places(a *fixture.Answer) []expectation {
	var out []expectation
	for _, f := range a.Findings {
		at, _ := a.Files.Location(f.Span)
		out = append(out, expectation{at.StartLine, "want", f.Severity.String(), f.Message})
	}
	for _, u := range a.Undecided {
		at, _ := a.Files.Location(u.Span)
		names := []string{u.Message}
		for _, m := range u.Missing {
			names = append(names, m.Name)
		}
		out = append(out, expectation{at.StartLine, "undecided", "", strings.Join(names, "; ")})
	}
	slices.SortStableFunc(out, func(a, b expectation) int { return a.line - b.line })
	return out
}

// list shows each expectation with the text of its line, by which a reader finds it in the archive.
func list(lines []string, es []expectation) string {
	var b strings.Builder
	for _, e := range es {
		at := ""
		if e.line > 0 && e.line <= len(lines) {
			at = strings.TrimSpace(lines[e.line-1])
		}
		fmt.Fprintf(&b, "\tline %d, %s\n\t\t%s %s %q\n", e.line, at, e.kind, e.severity, e.text)
	}
	return b.String()
}
