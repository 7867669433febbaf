package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/docs"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// TestRulePagesAreFresh makes the pages about the rules and compares them with those in the repository.
func TestRulePagesAreFresh(t *testing.T) {
	have := map[string][]byte{}
	names, _ := filepath.Glob("../../docs/rules/*")
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		have[filepath.Base(name)] = text
	}
	fixtures, err := filepath.Abs("../../testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	want, err := docs.Pages(all.Packs(), fixtures, func(files []txtar.File, args ...string) (string, error) {
		dir := t.TempDir()
		t.Chdir(dir)
		if err := docs.Unpack(dir, files); err != nil {
			return "", err
		}
		var out, errs bytes.Buffer
		if code := run(args, strings.NewReader(""), &out, &errs); code == exitFailure || errs.Len() > 0 {
			return "", errors.New(errs.String())
		}
		return out.String(), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range want {
		if diff := cmp.Diff(string(text), string(have[name])); diff != "" {
			t.Errorf("docs/rules/%s is not what the rules say (-want +got); run go generate ./docs\n%s", name, diff)
		}
		delete(have, name)
	}
	for name := range have {
		t.Errorf("docs/rules/%s belongs to no rule; run go generate ./docs", name)
	}
}

// TestEveryRulePageShowsAFinding holds the pages to what a reader comes for.
func TestEveryRulePageShowsAFinding(t *testing.T) {
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			text, err := os.ReadFile(filepath.Join("../../docs/rules", rule.Name+".md"))
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{"[" + rule.Name + "]", "### CloudFormation\n", "```diff\n", "The good example in full"} {
				if !strings.Contains(string(text), part) {
					t.Errorf("the page of %s has no %q", rule.Name, part)
				}
			}
			if strings.Contains(string(text), "# want ") || strings.Contains(string(text), os.TempDir()) {
				t.Errorf("the page of %s shows what is not meant for readers", rule.Name)
			}
		}
	}
}

// TestLinksBetweenPagesLead follows the relative links of all prose.
func TestLinksBetweenPagesLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	followed := 0
	for _, glob := range []string{"../../*.md", "../../docs/*.md", "../../docs/rules/*.md"} {
		pages, _ := filepath.Glob(glob)
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range link.FindAllStringSubmatch(string(text), -1) {
				followed++
				if _, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))); err != nil {
					t.Errorf("%s links to %s, which does not exist", page, m[1])
				}
			}
		}
	}
	if followed == 0 {
		t.Error("found no links")
	}
}
