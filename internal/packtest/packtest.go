// Package packtest tests a pack of rules: its prose and its fixtures.
package packtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// fixtures is where they are for a test of a pack.
const fixtures = "../../testdata/rules"

// Run tests each rule of the pack by itself. It is called by a test in the folder of the pack.
func Run(t *testing.T, pack rules.Pack) {
	known := map[string]bool{}
	for _, rule := range pack.Rules {
		known[rule.Name] = true
		t.Run(rule.Name, func(t *testing.T) {
			t.Parallel()
			checkProse(t, rule)
			checkExamples(t, pack.Name, rule)
		})
	}
	if len(known) != len(pack.Rules) {
		t.Error("two rules have one name")
	}
	archives, err := filepath.Glob(filepath.Join(fixtures, pack.Name, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range archives {
		if !known[strings.TrimSuffix(filepath.Base(name), ".txtar")] {
			t.Errorf("%s belongs to no rule", name)
		}
	}
}

func checkExamples(t *testing.T, pack string, rule *rules.Rule) {
	archive, err := fixture.Read(os.DirFS(fixtures), pack, rule.Name)
	if err != nil {
		t.Fatal(err)
	}
	c := checker{archive: archive, pack: rules.Pack{Name: pack, Rules: []*rules.Rule{rule}}, cases: map[string]map[string]Answer{}}
	for i := range archive.Files {
		if f := &archive.Files[i]; !f.IsConfiguration() {
			t.Run(f.Name, func(t *testing.T) { c.check(t, f) })
		}
	}
	c.checkAnswers(t)
	c.checkParity(t, rule)
}
