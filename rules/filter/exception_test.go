package filter_test

import (
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

var now = time.Date(2026, 6, 30, 23, 59, 0, 0, time.UTC)

func TestExceptions(t *testing.T) {
	const stands = "aws_nat_gateway.a[0] f+g"
	for name, c := range map[string]struct {
		exception    filter.Exception
		want, notice string
	}{
		"by rule":                      {filter.Exception{Rules: []string{"nat_loop"}}, "aws_nat_gateway.a[0] configuration:", ""},
		"by pack":                      {filter.Exception{Rules: []string{"egress"}}, "aws_nat_gateway.a[0] configuration:", ""},
		"by rule, of a list":           {filter.Exception{Rules: []string{"nat_loop", "iam"}}, "aws_nat_gateway.a[0] configuration:", `this suppression accepts nothing of "iam": it can name less`},
		"by another rule":              {filter.Exception{Rules: []string{"nat_unused"}}, stands, "this suppression accepts nothing: it can go"},
		"by a rule that there is not":  {filter.Exception{Rules: []string{"nat_lop"}}, stands, `no rule or pack is called "nat_lop"; did you mean something else?`},
		"by path from the boundary":    {filter.Exception{Paths: []string{"repo/**/*.yaml"}, Reason: "old"}, "aws_nat_gateway.a[0] configuration:old", ""},
		"by path from elsewhere":       {filter.Exception{Paths: []string{"stacks/*.yaml"}}, stands, "this suppression accepts nothing: it can go"},
		"by address":                   {filter.Exception{Resources: []string{"aws_nat_gateway.a[0]"}}, "aws_nat_gateway.a[0] configuration:", ""},
		"by address without its index": {filter.Exception{Resources: []string{"aws_nat_gateway.a"}}, "aws_nat_gateway.a[0] configuration:", ""},
		"by glob":                      {filter.Exception{Resources: []string{"aws_*.{a,b}"}}, "aws_nat_gateway.a[0] configuration:", ""},
		"by a broken glob":             {filter.Exception{Resources: []string{"aws_[", "{"}}, stands, "this suppression accepts nothing: it can go"},
		"for one function":             {filter.Exception{For: []string{"f"}}, "aws_nat_gateway.a[0] g", ""},
		"for all functions":            {filter.Exception{For: []string{"f", "g*"}}, "aws_nat_gateway.a[0] configuration:", ""},
		"for another function":         {filter.Exception{For: []string{"h"}}, stands, "this suppression accepts nothing: it can go"},
		"by rule and other path":       {filter.Exception{Rules: []string{"nat_loop"}, Paths: []string{"x"}}, stands, "this suppression accepts nothing: it can go"},
		"on its last day":              {filter.Exception{Expires: now.Truncate(24 * time.Hour)}, "aws_nat_gateway.a[0] configuration:", ""},
		"a day too late": {
			filter.Exception{Expires: now.AddDate(0, 0, -1)}, stands,
			"this suppression has expired on 2026-06-29: what it accepted counts again",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench()
			in := rules.Result{Findings: []rules.Finding{b.finding(loop, "aws_nat_gateway.a[0]", 1, "f", "g")}}
			out, notices := filter.Run(in, filter.Exceptions([]filter.Exception{c.exception}, b.Scope, now))
			check(t, "findings", outcome(out.Findings), c.want)
			want := []string{c.notice}
			if c.notice == "" {
				want = nil
			}
			check(t, "notices", messages(notices), want...)
		})
	}
}

func TestExceptionsThatTheRunCouldNotNeedAreNotUnused(t *testing.T) {
	for name, edit := range map[string]func(*filter.Scope){
		"part of the files": func(s *filter.Scope) { s.Whole = false },
		"part of the rules": func(s *filter.Scope) { s.Ran = packs[1:] },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench()
			edit(b.Scope)
			_, notices := filter.Run(rules.Result{}, filter.Exceptions([]filter.Exception{{Rules: []string{"egress"}}, {}}, b.Scope, now))
			check(t, "notices", messages(notices))
		})
	}
}

func TestExceptionsTogetherLeaveNoFunction(t *testing.T) {
	b := newBench()
	in := rules.Result{Findings: []rules.Finding{b.finding(loop, "A", 1, "f", "g")}}
	list := []filter.Exception{{For: []string{"f"}, Reason: "one"}, {For: []string{"g"}, Reason: "two"}, {Reason: "late"}}
	out, notices := filter.Run(in, filter.Exceptions(list, b.Scope, now))
	check(t, "findings", outcome(out.Findings), "A configuration:two")
	check(t, "affected", out.Findings[0].Affects, "f", "g")
	check(t, "notices", messages(notices))
}

func TestAStepLeavesAloneWhatIsSuppressed(t *testing.T) {
	b := newBench()
	in := rules.Result{Findings: []rules.Finding{b.finding(loop, "A", 1, "f")}}
	step := func(reason string) filter.Filter {
		return filter.Exceptions([]filter.Exception{{Reason: reason}}, b.Scope, now)
	}
	out, notices := filter.Run(in, step("first"), step("second"))
	check(t, "findings", outcome(out.Findings), "A configuration:first")
	check(t, "notices", messages(notices))
}
