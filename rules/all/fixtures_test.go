package all_test

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	configuration "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/frontends"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

const fixtures = "../../testdata/rules"

// TestFixtures lints every template and every Terraform module of every rule's archive with that rule alone. What is
// expected stands in comments on the lines where it shall be: `# want "regexp"` for a finding, `# want note "regexp"`
// where its severity matters, `# undecided "regexp"` for an open question. A configuration in the archive is found upwards
// from the file, and what it declares about the network counts.
func TestFixtures(t *testing.T) {
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			t.Run(pack.Name+"/"+rule.Name, func(t *testing.T) {
				archive, err := txtar.ParseFile(filepath.Join(fixtures, pack.Name, rule.Name+".txtar"))
				if err != nil {
					t.Fatal(err)
				}
				answers := map[fact.Truth]bool{}
				for _, f := range archive.Files {
					if path.Base(f.Name) == configuration.FileName {
						continue
					}
					t.Run(f.Name, func(t *testing.T) {
						checkFixture(t, rules.Pack{Name: pack.Name, Rules: []*rules.Rule{rule}}, archive, f, answers)
					})
				}
				for _, truth := range []fact.Truth{fact.True, fact.False, fact.Unknown} {
					if !answers[truth] {
						t.Errorf("no fixture in which the answer is %v", truth)
					}
				}
			})
		}
	}
}

func checkFixture(t *testing.T, pack rules.Pack, archive *txtar.Archive, f txtar.File, answers map[fact.Truth]bool) {
	files := source.NewFileSet()
	declared := declaredIn(t, files, archive, f.Name)
	file := files.Add(f.Name, f.Data)
	result := lint(t, file, pack, declared)
	got := places(files, result)
	if want := expectations(t, f.Data); !slices.EqualFunc(want, got, expectation.matches) {
		t.Errorf("got\n%s\nwant\n%s", list(got), list(want))
	}
	answers[fact.True] = answers[fact.True] || len(result.Findings) > 0
	answers[fact.Unknown] = answers[fact.Unknown] || len(result.Undecided) > 0
	answers[fact.False] = answers[fact.False] || result.Decided > len(result.Findings)

	if path.Ext(f.Name) == ".tf" {
		return
	}
	root, _ := tree.Read(file)
	twin := lint(t, files.Add(strings.TrimSuffix(f.Name, path.Ext(f.Name))+".json", []byte(toJSON(root))), pack, declared)
	if diff := cmp.Diff(digest(result), digest(twin)); diff != "" {
		t.Errorf("the same template as JSON (-yaml +json):\n%s", diff)
	}
}

// declaredIn is what the configuration that is nearest to the file, in its directory or above it, declares.
func declaredIn(t *testing.T, files *source.FileSet, archive *txtar.Archive, name string) rules.Intent {
	t.Helper()
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		for _, f := range archive.Files {
			if f.Name != path.Join(dir, configuration.FileName) {
				continue
			}
			c, problems := configuration.Load(files.Add(f.Name, f.Data), configuration.Names(all.Packs()))
			for _, d := range problems {
				t.Errorf("%s: %s", f.Name, d.Message)
			}
			return c.Declared()
		}
		if dir == "." {
			return rules.Intent{}
		}
	}
}

// lint runs the pack on one file, without any parameter or variable given.
func lint(t *testing.T, file *source.File, pack rules.Pack, declared rules.Intent) rules.Result {
	t.Helper()
	network, problems := frontends.Alone(file)
	for _, d := range problems {
		t.Errorf("%s: %s", file.Name, d.Message)
	}
	if network == nil {
		t.FailNow()
	}
	return rules.Run([]*graph.Network{network}, []rules.Pack{pack}, declared)
}

// expectation is a line and what is said there; text is a pattern where it is wanted, and a message where it is got.
type expectation struct {
	line     int
	kind     string
	severity string // "" is any
	text     string
}

func (e expectation) matches(got expectation) bool {
	return e.line == got.line && e.kind == got.kind && (e.severity == "" || e.severity == got.severity) && regexp.MustCompile(e.text).MatchString(got.text)
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

func places(files *source.FileSet, r rules.Result) []expectation {
	var out []expectation
	for _, f := range r.Findings {
		at, _ := files.Location(f.Span)
		out = append(out, expectation{at.StartLine, "want", f.Severity.String(), f.Message})
	}
	for _, u := range r.Undecided {
		at, _ := files.Location(u.Span)
		names := []string{u.Message}
		for _, m := range u.Missing {
			names = append(names, m.Name)
		}
		out = append(out, expectation{at.StartLine, "undecided", "", strings.Join(names, "; ")})
	}
	slices.SortStableFunc(out, func(a, b expectation) int { return a.line - b.line })
	return out
}

func list(es []expectation) string {
	var b strings.Builder
	for _, e := range es {
		fmt.Fprintf(&b, "\tline %d: %s %s %q\n", e.line, e.kind, e.severity, e.text)
	}
	return b.String()
}

// digest is what must not depend on how a template is written.
func digest(r rules.Result) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%s %s %s %q affects %v", f.Severity, f.Resource, f.Key, f.Message, f.Affects))
	}
	for _, u := range r.Undecided {
		out = append(out, fmt.Sprintf("undecided %s %s %q", u.Resource, u.Key, u.Message))
	}
	slices.Sort(out)
	return out
}

// toJSON writes a template as JSON, each scalar as a string: CloudFormation takes "true" and "30" everywhere.
func toJSON(n *tree.Node) string {
	switch n.Kind {
	case tree.Scalar:
		return fmt.Sprintf("%q", n.Text)
	case tree.Sequence:
		items := make([]string, len(n.Items))
		for i, it := range n.Items {
			items[i] = toJSON(it)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case tree.Mapping:
		fields := make([]string, len(n.Fields))
		for i, f := range n.Fields {
			fields[i] = fmt.Sprintf("%q: %s", f.Key, toJSON(f.Value))
		}
		return "{" + strings.Join(fields, ",\n") + "}"
	}
	return "null"
}

// TestEveryRuleIsDocumented holds the prose of all rules to one shape.
func TestEveryRuleIsDocumented(t *testing.T) {
	headings := []string{"## What it detects", "## Why it hurts", "## How to fix", "## When to suppress", "## References"}
	name := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			t.Run(rule.Name, func(t *testing.T) {
				if !name.MatchString(rule.Name) || seen[rule.Name] {
					t.Errorf("%q is no name, or not the only one", rule.Name)
				}
				seen[rule.Name] = true
				if s := rule.Summary(); s == "" || !strings.HasSuffix(s, ".") || strings.HasPrefix(s, "#") {
					t.Errorf("the prose does not begin with a sentence: %q", s)
				}
				at := 0
				for _, h := range headings {
					i := strings.Index(rule.Doc[at:], h+"\n")
					if i < 0 {
						t.Errorf("no heading %q, or not in its place", h)
						continue
					}
					at += i
				}
				if strings.Contains(rule.Doc, "…\n") || strings.Contains(rule.Doc, "/…)") {
					t.Error("a part of the prose is not filled in")
				}
				if !strings.HasPrefix(rule.URL, "https://") || rule.Severity == 0 || rule.Run == nil {
					t.Error("page, severity or check is missing")
				}
			})
		}
	}
}

// TestEveryFixtureHasARule finds archives that no rule reads.
func TestEveryFixtureHasARule(t *testing.T) {
	known := map[string]bool{}
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			known[filepath.Join(fixtures, pack.Name, rule.Name+".txtar")] = true
		}
	}
	found, err := filepath.Glob(filepath.Join(fixtures, "*", "*"))
	if err != nil || len(found) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, f := range found {
		if !known[f] {
			t.Errorf("%s belongs to no rule", f)
		}
	}
}
