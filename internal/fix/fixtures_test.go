package fix_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fix"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/testdata"
)

// TestFixesOfFixtures writes the fixes of each example of each rule, and of each template in JSON, too: what is fixed is found no more, nothing else is
// found, and a second time nothing changes. With -v it prints how many findings of which rule are fixed or refused.
func TestFixesOfFixtures(t *testing.T) {
	counts := map[string]*[2]int{}
	names, err := fs.Glob(testdata.Rules, "rules/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no fixtures", err)
	}
	for _, name := range names {
		rule := strings.TrimSuffix(path.Base(name), ".txtar")
		a, err := fixture.Read(path.Base(path.Dir(name)), rule)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if !f.IsConfiguration() {
				text := fixture.Clean(f.Data)
				t.Run(rule+"/"+f.Name, func(t *testing.T) { mend(t, a, f.Name, text, counts) })
				if name, isYAML := strings.CutSuffix(f.Name, ".yaml"); isYAML {
					t.Run(rule+"/"+name+".json", func(t *testing.T) { mend(t, a, name+".json", inJSON(text), counts) })
				}
			}
		}
	}
	var fixable []string
	for key, n := range counts {
		fixable = append(fixable, fmt.Sprintf("%-50s %d fixed, %d refused", key, n[0], n[1]))
	}
	slices.Sort(fixable)
	t.Log("\n" + strings.Join(fixable, "\n"))
	if len(fixable) == 0 {
		t.Error("nothing was fixed")
	}
}

func mend(t *testing.T, a *fixture.Archive, name string, text []byte, counts map[string]*[2]int) {
	t.Helper()
	before := a.Lint(name, text, all.Packs()...)
	plan := fix.Make(before.Files, before.Findings, func(string) error { return nil })
	language := path.Base(name)
	count := func(f rules.Finding, i int) {
		key := f.Rule.Name + " " + language
		if counts[key] == nil {
			counts[key] = &[2]int{}
		}
		counts[key][i]++
	}
	for _, f := range plan.Fixed {
		count(f, 0)
	}
	for _, r := range plan.Refused {
		count(r.Finding, 1)
		t.Logf("%s %s is refused: %v", r.Rule.Name, r.Resource, r.Reason)
	}
	if len(plan.Files) == 0 {
		return
	}
	after := a.Lint(name, plan.Files[0].After, all.Packs()...)
	if len(after.Problems) > len(before.Problems) {
		t.Errorf("it does not parse any more: %v\n%s", after.Problems, plan.Files[0].After)
	}
	left := names(after.Findings)
	for _, f := range plan.Fixed {
		if slices.Contains(left, key(f)) {
			t.Errorf("%s is still there:\n%s", key(f), plan.Files[0].After)
		}
	}
	had := names(before.Findings)
	for _, f := range left {
		if !slices.Contains(had, f) {
			t.Errorf("%s is new:\n%s", f, plan.Files[0].After)
		}
	}
	if again := fix.Make(after.Files, after.Findings, func(string) error { return nil }); len(again.Files) > 0 {
		t.Errorf("a second time it is\n%s", again.Files[0].After)
	}
}

func key(f rules.Finding) string { return f.Rule.Name + " " + f.Resource + " " + f.Key }

// names are those of the findings, but for what is told only on demand.
func names(findings []rules.Finding) (out []string) {
	for _, f := range findings {
		if !f.Rule.OptIn {
			out = append(out, key(f))
		}
	}
	return out
}

// inJSON is a template, written in JSON.
func inJSON(template []byte) []byte {
	root, _ := tree.Read(source.NewFileSet().Add("template.yaml", template))
	var b bytes.Buffer
	writeJSON(&b, root, "\n")
	return b.Bytes()
}

func writeJSON(b *bytes.Buffer, n *tree.Node, newline string) {
	switch n.Kind {
	case tree.Null:
		b.WriteString("null")
	case tree.Scalar:
		text, _ := json.Marshal(n.Text)
		if !n.Quoted && json.Valid([]byte(n.Text)) {
			text = []byte(n.Text)
		}
		b.Write(text)
	case tree.Sequence:
		for i, item := range n.Items {
			b.WriteString(map[bool]string{true: "[", false: ","}[i == 0] + newline + "  ")
			writeJSON(b, item, newline+"  ")
		}
		b.WriteString(map[bool]string{true: "[]", false: newline + "]"}[len(n.Items) == 0])
	case tree.Mapping:
		for i, f := range n.Fields {
			fmt.Fprintf(b, "%s%s  %q: ", map[bool]string{true: "{", false: ","}[i == 0], newline, f.Key)
			writeJSON(b, f.Value, newline+"  ")
		}
		b.WriteString(map[bool]string{true: "{}", false: newline + "}"}[len(n.Fields) == 0])
	}
}
