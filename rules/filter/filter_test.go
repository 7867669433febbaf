package filter_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

var (
	loop  = &rules.Rule{Name: "nat_loop", Severity: rules.Error}
	idle  = &rules.Rule{Name: "nat_unused", Severity: rules.Note}
	role  = &rules.Rule{Name: "role_trust", Severity: rules.Error}
	packs = []rules.Pack{{Name: "egress", Rules: []*rules.Rule{loop, idle}}, {Name: "iam", Rules: []*rules.Rule{role}}}
)

// bench is a run over one file whose lines are the places of findings.
type bench struct {
	*filter.Scope
	file *source.File
}

func newBench() *bench {
	files := source.NewFileSet()
	file := files.Add("stacks/app.yaml", []byte(strings.Repeat("0123456789\n", 20)))
	return &bench{&filter.Scope{
		Files: files, Known: packs, Ran: packs, Whole: true, Roots: []string{"stacks/app.yaml"},
		Base:    func(path string) string { return "repo/" + path },
		Suggest: func(string, []string) string { return "; did you mean something else?" },
	}, file}
}

// line is the place of a 1-based line.
func (b *bench) line(n int) source.Span {
	return b.file.Span(b.file.LineStart(n), b.file.LineStart(n)+10)
}

func (b *bench) finding(rule *rules.Rule, resource string, line int, affects ...string) rules.Finding {
	pack := "egress"
	if rule == role {
		pack = "iam"
	}
	return rules.Finding{Rule: rule, Pack: pack, Root: "stacks/app.yaml", Resource: resource, Span: b.line(line), Severity: rule.Severity, Affects: affects}
}

// outcome says of each finding in a word or two what became of it.
func outcome(findings []rules.Finding) (out []string) {
	for _, f := range findings {
		state := strings.Join(f.Affects, "+")
		if s := f.Suppressed; s != nil {
			state = string(s.Kind) + ":" + s.Reason
		}
		out = append(out, f.Resource+" "+state)
	}
	return out
}

func messages(notices []source.Diagnostic) (out []string) {
	for _, n := range notices {
		out = append(out, n.Message)
	}
	return out
}

func check(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestSeveritiesOfRuleBeatThoseOfPack(t *testing.T) {
	b := newBench()
	out, _ := filter.Run(rules.Result{Findings: []rules.Finding{b.finding(loop, "A", 1), b.finding(idle, "B", 2), b.finding(role, "C", 3)}},
		filter.Severities(map[string]rules.Severity{"egress": rules.Warning, "nat_unused": rules.Error}))
	for i, want := range []rules.Severity{rules.Warning, rules.Error, rules.Error} {
		if got := out.Findings[i].Severity; got != want {
			t.Errorf("%s: severity %s, want %s", out.Findings[i].Resource, got, want)
		}
	}
}

func TestStepsSeeTheInstancesOfOnePlace(t *testing.T) {
	b := newBench()
	merged := rules.OneALine([]rules.Finding{b.finding(loop, "module.a.x", 1, "f"), b.finding(loop, "module.b.x", 1, "g"), b.finding(loop, "module.c.x", 1, "h")})
	check(t, "before", outcome(merged), "module.a.x f+g+h")
	out, _ := filter.Run(rules.Result{Findings: merged}, filter.Exceptions([]filter.Exception{{Resources: []string{"module.a.*"}, Reason: "known"}}, b.Scope, now))
	check(t, "after", outcome(out.Findings), "module.a.x configuration:known", "module.b.x g+h")
}

func TestAcceptedQuestionsAreNotUndecided(t *testing.T) {
	b := newBench()
	in := rules.Result{Undecided: []rules.Undecided{{Finding: b.finding(loop, "A", 1, "f")}, {Finding: b.finding(loop, "B", 2, "f")}}}
	out, notices := filter.Run(in, filter.Exceptions([]filter.Exception{{Resources: []string{"A"}}}, b.Scope, now))
	if len(out.Undecided) != 1 || out.Undecided[0].Resource != "B" {
		t.Errorf("undecided %v, want that of B alone", out.Undecided)
	}
	check(t, "notices", messages(notices))
}
