package packtest

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// checker lints the examples of one rule with that rule alone.
type checker struct {
	archive *fixture.Archive
	pack    rules.Pack
	truths  Answer                       // what is so in any example
	cases   map[string]map[string]Answer // by the case, such as "bad", and the language
}

// check lints the example, and for a template in YAML also its translation to JSON.
func (c *checker) check(t *testing.T, f *fixture.File) {
	got := c.lint(t, f.Name, f.Data)
	c.compare(t, f, got)
	a := AnswerOf(got.Result)
	c.truths.True = c.truths.True || a.True
	c.truths.False = c.truths.False || a.False
	c.truths.Unknown = c.truths.Unknown || a.Unknown
	language := languageOf[path.Base(f.Name)]
	c.keep(f, language, a)
	if path.Ext(f.Name) != ".yaml" {
		return
	}
	root, _ := tree.Read(source.NewFileSet().Add(f.Name, f.Data))
	twin := c.lint(t, strings.TrimSuffix(f.Name, ".yaml")+".json", []byte(toJSON(root)))
	if diff := cmp.Diff(digest(got.Result), digest(twin.Result)); diff != "" {
		t.Errorf("the same template as JSON (-yaml +json):\n%s", diff)
	}
	if language == yamlLanguage {
		c.keep(f, jsonLanguage, AnswerOf(twin.Result))
	}
}

func (c *checker) lint(t *testing.T, name string, text []byte) *fixture.Answer {
	t.Helper()
	got := c.archive.Lint(name, text, c.pack)
	for _, d := range got.Problems {
		t.Errorf("%s: %s", name, d.Message)
	}
	return got
}

// keep remembers the answer for the test of parity; files without a language of their own are variants that count only
// by themselves.
func (c *checker) keep(f *fixture.File, language string, a Answer) {
	if language == "" {
		return
	}
	name := path.Dir(f.Name)
	if c.cases[name] == nil {
		c.cases[name] = map[string]Answer{}
	}
	c.cases[name][language] = a
}

// checkAnswers wants an example for each of the three answers.
func (c *checker) checkAnswers(t *testing.T) {
	seen := map[string]bool{"true": c.truths.True, "false": c.truths.False, "unknown": c.truths.Unknown}
	for answer, has := range seen {
		if !has {
			t.Errorf("no example in which the answer is %s", answer)
		}
	}
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
