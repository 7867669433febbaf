package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/sample"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// repeated is the sample with its finding about public subnets for n more functions.
func repeated(n int, edit func(*rules.Finding)) *report.Report {
	r := sample.Report()
	first := r.Result.Findings[0]
	for _, f := range r.Findings() {
		if f.Rule.Name == "public_subnet_only" {
			first = f
		}
	}
	for i := range n {
		f := first
		f.Resource = fmt.Sprintf(`module.a["b-%d"].Other`, i)
		f.Message = strings.Replace(f.Message, `"Api"`, `"`+f.Resource+`"`, 1)
		f.Affects = []string{f.Resource}
		f.Trace = append([]trace.Hop{}, f.Trace...)
		edit(&f)
		r.Result.Findings = append(r.Result.Findings, f)
	}
	return r
}

func TestTextTellsFindingsThatAreAlikeOnce(t *testing.T) {
	const others = "  and 5 alike:\n" +
		"      my app/app.yaml:8:9  module.a[\"b-0\"].Other\n" +
		"      my app/app.yaml:8:9  module.a[\"b-1\"].Other\n" +
		"      my app/app.yaml:8:9  module.a[\"b-2\"].Other\n" +
		"      and 2 more; -f concise has a line for each\n"
	got := render(t, report.Text, repeated(5, func(*rules.Finding) {}), report.Options{})
	if n := strings.Count(got, ": error: "); n != 1 || !strings.Contains(got, others) {
		t.Errorf("%d findings are told, want 1 with\n%s\ngot\n%s", n, others, got)
	}
	for what, edit := range map[string]func(*rules.Finding){
		"message":   func(f *rules.Finding) { f.Message += " now" },
		"remedy":    func(f *rules.Finding) { f.Remedy = "another one" },
		"severity":  func(f *rules.Finding) { f.Severity = rules.Warning },
		"path":      func(f *rules.Finding) { f.Trace = f.Trace[1:] },
		"cause":     func(f *rules.Finding) { f.Trace[len(f.Trace)-1].Cause = trace.NoRoute },
		"scenarios": func(f *rules.Finding) { f.Scenarios = []rules.Scenario{{{Subject: "Stage", Value: "prod"}}} },
	} {
		got := render(t, report.Text, repeated(1, edit), report.Options{})
		if strings.Contains(got, "alike:") {
			t.Errorf("findings that differ in their %s are told as one:\n%s", what, got)
		}
	}
}

func TestConciseHasALineForEachFinding(t *testing.T) {
	got := render(t, report.Text, repeated(5, func(*rules.Finding) {}), report.Options{Concise: true, Quiet: true})
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	const first = `my app/app.yaml:8:9: error: function "Api" can only leave through an internet gateway, which drops its packets ` +
		`[public_subnet_only] - put the function into subnets whose default route is a NAT gateway`
	if len(lines) != 7 || lines[0] != first {
		t.Errorf("got %d lines:\n%s", len(lines), got)
	}
}

func TestEvidenceOfNeedStandsApartFromTheWay(t *testing.T) {
	r := repeated(0, nil)
	for i := range r.Result.Findings {
		if f := &r.Result.Findings[i]; len(f.Trace) > 1 {
			need := f.Trace[1]
			need.Role, need.Message = trace.RoleNeed, `environment variable "A" names "B"`
			f.Trace = append(f.Trace, need)
		}
	}
	const want = "  because: my app/app.yaml:10  environment variable \"A\" names \"B\"\n  affects: Api\n"
	if got := render(t, report.Text, r, report.Options{}); !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
	if got := render(t, report.JSON, r, report.Options{}); !strings.Contains(got, `"role": "need"`) {
		t.Error("JSON does not tell evidence from hops")
	}
}

func TestStatisticsCountFunctionsOnce(t *testing.T) {
	got := render(t, report.Text, repeated(2, func(f *rules.Finding) { f.Affects = []string{"Api"} }), report.Options{Statistics: true, Quiet: true})
	for _, row := range []string{
		"3         0      0          1          1  public_subnet_only\n", "3         0      1          2          1  all rules\n",
	} {
		if !strings.Contains(got, row) {
			t.Errorf("no row %q in\n%s", row, got)
		}
	}
}

func TestNamesOfRulesAreLinksWhereTheyAreShown(t *testing.T) {
	const link = "\x1b]8;;https://github.com/lambda-vpc-lint/lambda-vpc-lint/blob/main/docs/rules/public_subnet_only.md\x1b\\[public_subnet_only]\x1b]8;;\x1b\\"
	for _, links := range []bool{false, true} {
		got := render(t, report.Text, sample.Report(), report.Options{Concise: true, Links: links})
		if strings.Contains(got, link) != links || strings.Contains(got, "\x1b]8") != links {
			t.Errorf("Links: %v, but got %q", links, got)
		}
	}
}
