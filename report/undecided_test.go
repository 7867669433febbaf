package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func waitsFor(function string, missing ...string) rules.Undecided {
	u := rules.Undecided{Finding: rules.Finding{
		Rule: &rules.Rule{Name: "odd"}, Pack: "habits", Root: "app.yaml",
		Resource: function, Affects: []string{function},
	}}
	for _, m := range missing {
		kind, name, _ := strings.Cut(m, " ")
		u.Missing = append(u.Missing, fact.Missing{Kind: fact.Kind(kind), Name: name})
	}
	return u
}

func text(t *testing.T, asked bool, undecided ...rules.Undecided) string {
	t.Helper()
	r := &report.Report{Region: "eu-west-1", Result: rules.Result{Undecided: undecided}}
	return render(t, report.Text, withFiles(r), report.Options{Undecided: asked})
}

// TestUndecidedIsToldByWhatDecidesMost: the group of most functions first, what waits for several groups once, and what
// nothing supplies last.
func TestUndecidedIsToldByWhatDecidesMost(t *testing.T) {
	const exports = "import net-A"
	all := []rules.Undecided{
		waitsFor("Lonely", "parameter Range"),
		waitsFor("Doubtful", "intent whether it is so"),
		waitsFor("A", exports), waitsFor("A", exports, "import net-B"), waitsFor("B", exports, "parameter Range"),
		waitsFor("C", "resource subnet-0a1b2c3d", "intent whether it is so"),
		waitsFor("D", exports), waitsFor("E", exports),
		waitsFor("A", "variable Stage", "semantics what it does"),
	}
	want := `undecided: 5 functions wait for export net-A, export net-B, subnet-0a1b2c3d:
    lambda-vpc-snapshot --region eu-west-1 > context.json
    --context context.json
  questions: 6 (habits 6); 2 of them wait for more: parameter Range (1), whether it is so (1)
  functions: A, B, C and 2 more

undecided: 1 function waits for parameter Range:
    --parameter Range=…
    with --context FILE too where a value is the id of what exists (see lambda-vpc-snapshot)
  questions: 1 (habits 1)
  functions: Lonely

undecided: 1 function waits for variable Stage:
    --var Stage=…
    with --context FILE too where a value is the id of what exists (see lambda-vpc-snapshot)
  questions: 1 (habits 1); and waits for more: what it does (1)
  functions: A

undecided: 1 function waits for knowledge of whether it is so:
    no command supplies it: only you know whether it is so
  questions: 1 (habits 1)
  functions: Doubtful

0 files, 0 functions, 0 in a VPC; 9 undecided
`
	if got := text(t, true, all...); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	const last = "; 9 undecided, most wait for export net-A and 2 more: see --undecided\n"
	if got := text(t, false, all...); !strings.HasSuffix(got, last) {
		t.Errorf("the last line is %q", got)
	}
}

// TestLastLineFitsHowManyWait: one, a few, all, and none that can be helped.
func TestLastLineFitsHowManyWait(t *testing.T) {
	p, x, region := "parameter P", "variable X", "pseudo AWS::Region"
	for want, facts := range map[string][]string{
		"1 undecided, it waits for parameter P: see --undecided":  {p},
		"2 undecided, all wait for parameter P: see --undecided":  {p, p},
		"3 undecided, 1 waits for AWS::Region: see --undecided":   {p, x, region},
		"3 undecided, most wait for parameter P: see --undecided": {p, p, x},
		"1 undecided (--undecided says what they wait for)":       {"semantics P"},
		"0 undecided": nil,
	} {
		all := make([]rules.Undecided, len(facts))
		for i, f := range facts {
			all[i] = waitsFor(fmt.Sprint("Function", i), f)
		}
		if got := text(t, false, all...); !strings.HasSuffix(got, "; "+want+"\n") {
			t.Errorf("the last line is %q, want %q", got, want)
		}
	}
}

// TestUndecidedIsAScreenOrTwo, however much there is.
func TestUndecidedIsAScreenOrTwo(t *testing.T) {
	var all []rules.Undecided
	for i := range 5000 {
		all = append(all, waitsFor(fmt.Sprint("Function", i), fmt.Sprint("parameter P", i%100)))
	}
	got := text(t, true, all...)
	if lines := strings.Count(got, "\n"); lines > 80 {
		t.Errorf("%d lines", lines)
	}
	if want := "undecided: and 88 more facts with 4400 questions; -f json lists all\n"; !strings.Contains(got, want) {
		t.Errorf("it does not say what is left out:\n%s", got)
	}
}

// TestContextThatDoesNotHoldAFactIsBlamed and not asked for as if there were none.
func TestContextThatDoesNotHoldAFactIsBlamed(t *testing.T) {
	r := &report.Report{Context: true}
	r.Result.Undecided = []rules.Undecided{waitsFor("A", "import net-A")}
	got := render(t, report.Text, withFiles(r), report.Options{Undecided: true})
	want := "    the context does not hold it; take one where this is deployed:\n    lambda-vpc-snapshot > context.json\n"
	if !strings.Contains(got, want) {
		t.Errorf("got:\n%s", got)
	}
}
