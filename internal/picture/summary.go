package picture

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Bounds of a summary. A step of a job may write 1 MiB, and the report as text stands beside it.
const (
	summaryRows     = 50
	summaryPictures = 3
)

// Summary writes Markdown for people who look at a job on GitHub: a table of the findings, the worst first, and a
// picture of each of the first broken ways. Files are links below base, the address of a commit's files, or none where
// base is empty.
func Summary(w io.Writer, r *report.Report, base string) error {
	found := r.Findings()
	slices.SortStableFunc(found, func(a, b rules.Finding) int {
		return cmp.Compare(report.Severity(b), report.Severity(a))
	})
	var b bytes.Buffer
	if len(found) > 0 {
		b.WriteString("| | Finding | Where | Rule |\n|-|-|-|-|\n")
	}
	for i, f := range found {
		if i == summaryRows {
			fmt.Fprintf(&b, "\nand %d more.\n", len(found)-i)
			break
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", report.Severity(f), markdown(f.Message), link(r, f, base),
			markdown(f.Rule.Name))
	}
	drawn := 0
	for _, f := range found {
		if drawn < summaryPictures && isBrokenWay(f) {
			brokenWay(&b, f)
			drawn++
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func isBrokenWay(f rules.Finding) bool {
	stops := func(h trace.Hop) bool { return h.Cause != "" }
	return report.Severity(f) > rules.Note && slices.ContainsFunc(f.Trace, stops)
}

// brokenWay draws the hops of a finding.
func brokenWay(b *bytes.Buffer, f rules.Finding) {
	m := newMermaid()
	from := "start"
	m.node(from, "function", report.Line(f.Trace[0].Message))
	var steps []step
	for _, h := range f.Trace[1:] {
		steps = append(steps, step{report.Line(h.Message), string(h.Cause)})
	}
	chain(m, "w", from, steps, "not reached", "blocked")
	fmt.Fprintf(b, "\n**%s**\n\n```mermaid\n%s```\n", markdown(f.Message), m.String())
}

func link(r *report.Report, f rules.Finding, base string) string {
	at, ok := r.Files.Location(f.Span)
	if !ok {
		return ""
	}
	text := markdown(fmt.Sprintf("%s:%d", at.File, at.StartLine))
	if base == "" {
		return text
	}
	var parts []string
	for part := range strings.SplitSeq(r.Base(at.File), "/") {
		parts = append(parts, url.PathEscape(part))
	}
	return fmt.Sprintf("[%s](%s/%s#L%d)", text, base, strings.Join(parts, "/"), at.StartLine)
}

// markdown keeps every sign of a line from having a meaning. https://spec.commonmark.org/0.31.2/#backslash-escapes
func markdown(text string) string {
	var b strings.Builder
	for _, r := range report.Line(text) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("!#$()*+-.:;=>?@[\\]^_`{|}~", r):
			b.WriteRune('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
