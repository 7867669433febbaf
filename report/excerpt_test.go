package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func TestTextMarksThePlace(t *testing.T) {
	long := strings.Repeat("ab", 100)
	for name, c := range map[string]struct {
		text, mark string
		want       []string
	}{
		"in a plain line":           {"a: b\nkey: value\n", "value", []string{"  2 │ key: value", "    │      ^^^^^"}},
		"behind letters of 2 bytes": {"größe: value\n", "value", []string{"  1 │ größe: value", "    │        ^^^^^"}},
		"behind a tab":              {"\tkey: value\n", "value", []string{"  1 │ \tkey: value", "    │ \t     ^^^^^"}},
		"in a file with CRLF":       {"a: b\r\nkey: value\r\n", "value", []string{"  2 │ key: value", "    │      ^^^^^"}},
		"up to the end of its line": {"key: |\n  a\n  b\n", "|\n  a\n  b", []string{"  1 │ key: |", "    │      ^"}},
		"at the end of the file":    {"key:", "", []string{"  1 │ key:", "    │     ^"}},
		"in a file without text":    {"", "", []string{"  1 │ ", "    │ ^"}},
		"at the start of long line": {"HERE" + long, "HERE", []string{"  1 │ HERE" + long[:96] + "…", "    │ ^^^^"}},
		"in the middle of one":      {long + "HERE" + long, "HERE", []string{"  1 │ …" + long[:25][1:] + "b" + "HERE" + long[:71] + "…", "    │ " + strings.Repeat(" ", 26) + "^^^^"}},
		"with hostile neighbours":   {"key: \x1b[2J\u202evalue\n", "value", []string{`  1 │ key: \x1b[2J\u202evalue`, "    │                   ^^^^^"}},
		"of hostile text":           {"key: a\u202eb", "a\u202eb", []string{`  1 │ key: a\u202eb`, "    │      ^^^^^^^^"}},
		"in a command of an agent":  {"key: x ##vso[task]y", "vso[task]", []string{`  1 │ key: x \x23#vso[task]y`, "    │             ^^^^^^^^^"}},
	} {
		t.Run(name, func(t *testing.T) {
			files := source.NewFileSet()
			f := files.Add("f", []byte(c.text))
			at := strings.LastIndex(c.text, c.mark)
			r := &report.Report{Files: files, Result: rules.Result{Findings: []rules.Finding{{
				Rule: &rules.Rule{Name: "r", Severity: rules.Note}, Message: "m", Span: f.Span(at, at+len(c.mark)),
			}}}}
			var out bytes.Buffer
			if err := report.Text(&out, r, report.Options{}); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, strings.Split(out.String(), "\n")[1:3]); d != "" {
				t.Error(d)
			}
		})
	}
}
