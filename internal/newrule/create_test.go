package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/newrule/skeleton"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/packtest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// repository makes a copy of one pack's list in an empty folder.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	text, err := os.ReadFile("../../rules/egress/egress.go")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "rules/egress/doc"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "rules/egress/egress.go"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestTheFilesOfARule(t *testing.T) {
	root := repository(t)
	made, err := create(root, "egress", "late_nat_route")
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"rules/egress/late_nat_route.go":             "var LateNATRoute = &rules.Rule{",
		"rules/egress/doc/late_nat_route.md":         "## What it detects",
		"testdata/rules/egress/late_nat_route.txtar": "-- bad/template.yaml --",
		"rules/egress/egress.go":                     "\tLateNATRoute,\n)\n",
	} {
		name := filepath.Join(root, filepath.FromSlash(file))
		text, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s has no %q (%v)", file, want, err)
		}
		if !slices.Contains(made, name) {
			t.Errorf("%s is not among the files that are reported, %v", file, made)
		}
	}
}

// TestTheSkeletonWorks: its fixture is right about its rule, so that an author begins with an example that passes. It
// is written like the rules.
func TestTheSkeletonWorks(t *testing.T) {
	text, err := skeletons.ReadFile("skeleton/skeleton_rule.txtar")
	if err != nil {
		t.Fatal(err)
	}
	archive, err := fixture.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	packtest.Examples(t, "skeleton", skeleton.SkeletonRule, archive)
}

func TestNothingIsMadeOf(t *testing.T) {
	for _, c := range []struct{ name, pack, rule, says string }{
		{"a name that is no identifier", "egress", "late-route", "no name of a rule"},
		{"a name that begins with a capital", "egress", "LateRoute", "no name of a rule"},
		{"a pack that does not exist", "ingress", "late_route", "want one of egress"},
		{"a rule that exists", "egress", "taken", "exists already"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := repository(t)
			if err := os.WriteFile(filepath.Join(root, "rules/egress/taken.go"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(filepath.Join(root, "rules/egress/egress.go"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := create(root, c.pack, c.rule); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
			after, err := os.ReadFile(filepath.Join(root, "rules/egress/egress.go"))
			if err != nil || string(after) != string(before) {
				t.Errorf("the pack has changed (%v)", err)
			}
		})
	}
}

// TestTheGoNameOfARule: the file and the variable of every rule are named like the rule.
func TestTheGoNameOfARule(t *testing.T) {
	for _, pack := range all.Packs() {
		for _, rule := range pack.Rules {
			text, err := os.ReadFile(filepath.Join("../../rules", pack.Name, rule.Name+".go"))
			want := "var " + variable(rule.Name) + " = &rules.Rule{\n\tName:     \"" + rule.Name + "\",\n\tSeverity: "
			if err != nil || !strings.Contains(string(text), want) {
				t.Errorf("rules/%s/%s.go has no %q (%v)", pack.Name, rule.Name, want, err)
			}
		}
	}
}
