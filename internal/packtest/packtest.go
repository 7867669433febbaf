// Package packtest tests a pack of rules: its prose and its fixtures.
package packtest

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/testdata"
)

// Run tests each rule of the pack by itself. It is called by a test in the folder of the pack.
func Run(t *testing.T, pack rules.Pack) {
	known := map[string]bool{}
	for _, rule := range pack.Rules {
		known[rule.Name] = true
		t.Run(rule.Name, func(t *testing.T) {
			t.Parallel()
			checkShape(t, rule)
			archive, err := fixture.Read(pack.Name, rule.Name)
			if err != nil {
				t.Fatal(err)
			}
			Examples(t, pack.Name, rule, archive)
		})
	}
	if len(known) != len(pack.Rules) {
		t.Error("two rules have one name")
	}
	archives, err := testdata.Rules.ReadDir("rules/" + pack.Name)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range archives {
		if rule := strings.TrimSuffix(a.Name(), ".txtar"); !known[rule] {
			t.Errorf("%s belongs to no rule", fixture.Path(pack.Name, rule))
		}
	}
}

// Examples holds the rule to what the examples of the archive expect, in all languages.
func Examples(t *testing.T, pack string, rule *rules.Rule, archive *fixture.Archive) {
	c := checker{
		archive: archive, pack: rules.Pack{Name: pack, Rules: []*rules.Rule{rule}},
		cases: map[string]map[string]Answer{},
	}
	for i := range archive.Files {
		if f := &archive.Files[i]; !f.IsConfiguration() {
			t.Run(f.Name, func(t *testing.T) { c.check(t, f) })
		}
	}
	c.checkAnswers(t)
	c.checkParity(t, rule)
}
