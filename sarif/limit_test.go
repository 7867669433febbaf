package sarif

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// outcome is what a reader sees of a file that was cut.
type outcome struct {
	Text      []byte
	Resources []string
	Places    int
	Steps     int
	Notes     []string
	Said      []string
}

func writeWithin(t *testing.T, l limits, findings ...rules.Finding) outcome {
	t.Helper()
	files := source.NewFileSet()
	f := files.Add("a.yaml", []byte(strings.Repeat("line\n", 50)))
	rule := &rules.Rule{Name: "odd_worker", Severity: rules.Warning, Doc: "Odd."}
	for i := range findings {
		findings[i].Rule, findings[i].Root, findings[i].Span = rule, "a.yaml", f.Span(0, 1)
		for j := range findings[i].Trace {
			findings[i].Trace[j].Span = f.Span(5*(j+1), 5*(j+1)+1)
		}
	}
	var out outcome
	var text bytes.Buffer
	r := &report.Report{Files: files, Packs: []rules.Pack{{Name: "p", Rules: []*rules.Rule{rule}}}, Result: rules.Result{Findings: findings}}
	opts := report.Options{Notice: func(m string) { out.Said = append(out.Said, m) }}
	if err := write(&text, &converter{Report: r, limits: l}, opts); err != nil {
		t.Fatal(err)
	}
	out.Text = text.Bytes()
	var log struct {
		Runs []struct {
			Invocations []struct {
				ToolExecutionNotifications []struct {
					Level   string
					Message struct{ Text string }
				}
			}
			Results []struct {
				Properties       struct{ Resource string }
				RelatedLocations []any
				CodeFlows        []struct{ ThreadFlows []struct{ Locations []any } }
			}
		}
	}
	if err := json.Unmarshal(text.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	for _, n := range log.Runs[0].Invocations[0].ToolExecutionNotifications {
		if n.Level != "warning" {
			t.Errorf("the note is of level %q", n.Level)
		}
		out.Notes = append(out.Notes, n.Message.Text)
	}
	for _, r := range log.Runs[0].Results {
		out.Resources = append(out.Resources, r.Properties.Resource)
		out.Places = max(out.Places, 1+len(r.RelatedLocations))
		for _, flow := range r.CodeFlows {
			out.Steps = max(out.Steps, len(flow.ThreadFlows[0].Locations))
		}
	}
	return out
}

var roomy = limits{results: 100, places: 100, steps: 100, bytes: 1 << 30}

func TestTheWorstResultsSurviveACut(t *testing.T) {
	tight := roomy
	tight.results = 3
	got := writeWithin(t, tight,
		rules.Finding{Resource: "Note", Severity: rules.Note}, rules.Finding{Resource: "First"},
		rules.Finding{Resource: "Accepted", Severity: rules.Error, Suppressed: &rules.Suppression{Kind: rules.InBaseline}},
		rules.Finding{Resource: "Worst", Severity: rules.Error}, rules.Finding{Resource: "Second"},
	)
	if d := cmp.Diff([]string{"Worst", "First", "Second"}, got.Resources); d != "" {
		t.Error(d)
	}
	want := []string{"SARIF: the last 2 of 5 results, by severity, are left out, because code scanning takes 3 in a run and 1073 MB of compressed text; the other formats have them all"}
	if d := cmp.Diff(want, got.Notes); d != "" {
		t.Error("in the file:", d)
	}
	if d := cmp.Diff(want, got.Said); d != "" {
		t.Error("to the user:", d)
	}
}

func TestNothingIsSaidWhenNothingIsCut(t *testing.T) {
	exact := limits{results: 2, places: 3, steps: 2, bytes: 1 << 30}
	hops := []trace.Hop{{Message: "one"}, {Message: "two"}}
	got := writeWithin(t, exact, rules.Finding{Resource: "A", Trace: hops}, rules.Finding{Resource: "B"})
	if len(got.Notes)+len(got.Said) > 0 || len(got.Resources) != 2 || got.Places != 3 || got.Steps != 2 {
		t.Errorf("%d results, %d places, %d steps, notes %q, said %q", len(got.Resources), got.Places, got.Steps, got.Notes, got.Said)
	}
}

func TestLongPathsAreShortened(t *testing.T) {
	hops := func() []trace.Hop { return make([]trace.Hop, 9) }
	want := "SARIF: results that are shown with a part of their path: 2,"
	for name, c := range map[string]struct {
		limits        limits
		places, steps int
	}{
		"by their places": {limits{results: 9, places: 4, steps: 100, bytes: 1 << 30}, 4, 9},
		"by their steps":  {limits{results: 9, places: 100, steps: 5, bytes: 1 << 30}, 10, 5},
	} {
		t.Run(name, func(t *testing.T) {
			got := writeWithin(t, c.limits, rules.Finding{Resource: "A", Trace: hops()}, rules.Finding{Resource: "B", Trace: hops()}, rules.Finding{Resource: "C"})
			if got.Places != c.places || got.Steps != c.steps {
				t.Errorf("%d places and %d steps, want %d and %d", got.Places, got.Steps, c.places, c.steps)
			}
			if len(got.Notes) != 1 || !strings.HasPrefix(got.Notes[0], want) {
				t.Errorf("notes %q", got.Notes)
			}
		})
	}
}

// TestFilesStayBelowTheirSize gives findings that do not compress.
func TestFilesStayBelowTheirSize(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var findings []rules.Finding
	for i := range 80 {
		var noise strings.Builder
		for range 100 {
			fmt.Fprintf(&noise, "%x", random.Uint64())
		}
		findings = append(findings, rules.Finding{Resource: fmt.Sprint("R", i), Message: noise.String()})
	}
	small := roomy
	small.bytes = 30_000
	got := writeWithin(t, small, findings...)
	if size := compressed(got.Text, 0); size > small.bytes {
		t.Errorf("%d bytes after compression, want %d at most", size, small.bytes)
	}
	if n := len(got.Resources); n < 20 || n > 60 {
		t.Errorf("%d of 80 results are left, where about 40 fit", n)
	}
	if len(got.Said) != 1 {
		t.Errorf("said %q", got.Said)
	}
}

// TestEveryRuleFitsCodeScanning holds the texts of the rules to what GitHub takes of each.
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object
func TestEveryRuleFitsCodeScanning(t *testing.T) {
	names := map[string]string{}
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			d := descriptor(pack.Name, rule)
			if other, ok := names[*d.Name]; ok || len(*d.Name) > 255 {
				t.Errorf("%s is named %s, as is %q", rule.Name, *d.Name, other)
			}
			names[*d.Name] = rule.Name
			if n := len([]rune(*d.FullDescription.Text)); n == 0 || n > 1024 {
				t.Errorf("the description of %s has %d letters", rule.Name, n)
			}
			if tags := d.Properties["tags"].([]string); len(tags) > 10 || slices.Contains(tags, "security") {
				t.Errorf("the tags of %s are %q", rule.Name, tags)
			}
			if !strings.Contains(*d.Help.Markdown, "## How to fix") || !strings.HasSuffix(*d.HelpURI, "/docs/rules/"+rule.Name+".md") {
				t.Errorf("the help of %s at %s says not how to fix it", rule.Name, *d.HelpURI)
			}
		}
	}
	if len(names) == 0 {
		t.Error("there are no rules")
	}
}
