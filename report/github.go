package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// GitHub writes workflow commands, which GitHub Actions turns into annotations of a commit and a pull request. The
// worst come first, because GitHub shows ten annotations of each level for one step. The log shows the message alone,
// so that the message says everything. What is undecided is told by the facts that it waits for.
//
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
// https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
func GitHub(w io.Writer, r *Report, opts Options) error {
	out := bufio.NewWriter(w)
	issues := append(r.issues(Options{}), r.notices()...)
	if opts.Undecided {
		issues = append(issues, r.waits()...)
	}
	slices.SortStableFunc(issues, func(a, b issue) int { return int(b.severity) - int(a.severity) })
	for _, i := range issues {
		annotate(out, r.Tool.Name, i)
	}
	newPrinter(out, r, opts).summary(opts)
	return out.Flush()
}

// annotate writes one command. GitHub takes columns only where the first line is the last; both count from 1, and the
// last column is the one behind the text.
// https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs
// https://github.com/github/docs/issues/40038
func annotate(w io.Writer, tool string, i issue) {
	var properties []string
	add := func(name string, value any) {
		properties = append(properties, name+"="+clean(escapeProperty.Replace(fmt.Sprint(value))))
	}
	if i.at.file != "" {
		add("file", i.at.file)
	}
	if i.at.StartLine > 0 {
		add("line", i.at.StartLine)
		add("endLine", i.at.lastLine())
		if i.at.EndLine == i.at.StartLine {
			add("col", i.at.StartColumn)
			add("endColumn", i.at.EndColumn)
		}
	}
	add("title", title(tool, i))
	text := escapeData.Replace(i.paragraph())
	_, _ = fmt.Fprintf(w, "::%s %s::%s\n", level(i.severity), strings.Join(properties, ","), text)
}

func title(tool string, i issue) string {
	switch i.kind {
	case notice:
		return tool
	case undecided:
		return fmt.Sprintf("undecided (%s)", tool)
	}
	return fmt.Sprintf("%s (%s)", i.rule, tool)
}

// level is GitHub's word for a severity; what is undecided is worth a notice.
func level(s rules.Severity) string {
	switch s {
	case rules.Error, rules.Warning:
		return s.String()
	}
	return "notice"
}

// lastLine is the last line that the place has a part of. Its end is exclusive, and may be the beginning of a line.
func (p place) lastLine() int {
	if p.EndColumn == 1 && p.EndLine > p.StartLine {
		return p.EndLine - 1
	}
	return p.EndLine
}

// What the toolkit of GitHub Actions escapes in the text of a command, and in the values of its properties.
// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
