package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
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
