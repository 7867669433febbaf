package docs

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

var pages = sync.OnceValues(func() (map[string][]byte, error) { return Pages(all.Packs()) })

// made are the pages, which several tests look at.
func made(t *testing.T) map[string][]byte {
	t.Helper()
	out, err := pages()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRulePagesAreFresh makes the pages about the rules and compares them with those in the repository.
func TestRulePagesAreFresh(t *testing.T) {
	have := map[string]string{}
	names, _ := filepath.Glob("../../docs/rules/*")
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		have[filepath.Base(name)] = string(text)
	}
	want := made(t)
	for name, text := range want {
		if diff := cmp.Diff(string(text), have[name]); diff != "" {
			t.Errorf("docs/rules/%s is not what the rules say (-want +got); run go generate ./docs\n%s", name, diff)
		}
		delete(have, name)
	}
	for name := range have {
		t.Errorf("docs/rules/%s belongs to no rule; run go generate ./docs", name)
	}
}

// TestEveryRuleIsExplainedInFortyLines, also in a narrow terminal.
func TestEveryRuleIsExplainedInFortyLines(t *testing.T) {
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			text, err := Explain(pack, rule, 60)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(text, "\n"); n > maxLines {
				t.Errorf("%s takes %d lines", rule.Name, n)
			}
			for _, part := range []string{
				"# " + rule.Name, "## What it detects", "## Why it hurts", "## How to fix", "## Example\n" + fileOf(t, pack, rule) + ":",
			} {
				if !strings.Contains("\n"+text, "\n"+part) {
					t.Errorf("what is said of %s has no %q", rule.Name, part)
				}
			}
		}
	}
}

// fileOf is the file that the example of the rule is about.
func fileOf(t *testing.T, pack rules.Pack, rule *rules.Rule) string {
	archive, err := fixture.Read(pack.Name, rule.Name)
	if err != nil {
		t.Fatal(err)
	}
	return exampleFile(archive)
}

// TestEveryLanguageHasAnExample of each rule, or there is a reason in internal/packtest why not.
func TestEveryLanguageHasAnExample(t *testing.T) {
	without := 0
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			for _, language := range Languages {
				text, err := Examples(pack, rule, language)
				switch {
				case err != nil:
					without++
				case strings.Contains(text, "# want ") || !strings.Contains(text, "mended\n") && !strings.Contains(text, "mends it\n"):
					t.Errorf("the example of %s in %s reads\n%s", rule.Name, language, text)
				}
			}
		}
	}
	if without > 13 { // internal/packtest has a reason for each
		t.Errorf("%d examples are missing", without)
	}
}

// TestEveryRulePageShowsAFinding holds the pages to what a reader comes for.
func TestEveryRulePageShowsAFinding(t *testing.T) {
	pages := made(t)
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			text := string(pages[rule.Name+".md"])
			file := fileOf(t, pack, rule)
			at := 0
			for _, part := range []string{
				"# " + rule.Name + "\n", ", in the pack " + pack.Name + "\n", "## How to fix\n", "## Example\n",
				"```console\n$ lambda-vpc-lint --rules " + rule.Name + " " + file + "\n" + file + ":", "[" + rule.Name + "]\n",
				"```diff\n", "\n+", "testdata/rules/" + pack.Name + "/" + rule.Name + ".txtar)", "## When to suppress\n",
			} {
				i := strings.Index(text[at:], part)
				if i < 0 && !(part == "\n+" && strings.Contains(text, "\n-")) {
					t.Errorf("the page of %s has no %q in its place", rule.Name, part)
				}
				at += max(i, 0)
			}
			if strings.Contains(text, "# want ") {
				t.Errorf("the page of %s shows what is not meant for readers", rule.Name)
			}
		}
	}
}
