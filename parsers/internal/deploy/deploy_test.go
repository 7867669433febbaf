package deploy_test

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/deploy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/toy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/work"
)

func itself(n *graph.Network, _ int) *graph.Network { return n }

func noValues(string) frontend.Values { return frontend.Values{} }

func alone(string) string { return "" }

// load reads and deploys files. One without a reason was found.
func load(inputs ...unit.Input) *deploy.Outcome[*graph.Network] { return watched(nil, inputs...) }

func watched(watch work.Watch, inputs ...unit.Input) *deploy.Outcome[*graph.Network] {
	set := source.NewFileSet()
	units, unknown := unit.Read(context.Background(), set, inputs, frontend.Set{toy.Files}, unit.Options{Together: alone, Watch: watch})
	out := deploy.Units(context.Background(), set, units, deploy.Known{Values: noValues}, deploy.Share{}, itself, watch)
	out.Errors = append(unknown, out.Errors...)
	return out
}

func TestUnits(t *testing.T) {
	const cfn = "AWSTemplateFormatVersion"
	for _, c := range []struct {
		name                   string
		input                  unit.Input
		roots, errors, notices []string
	}{
		{name: "builds a network of each file", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy")}, roots: []string{"a"}},
		{name: "says what is odd and goes on", input: unit.Input{Name: "a", Reason: unit.Named, Text: []byte("toy odd")}, roots: []string{"a"}, errors: []string{"a: is odd"}},
		{name: "refuses a named file of no known kind", input: unit.Input{Name: "a", Reason: unit.Named, Text: []byte("x")}, errors: []string{"a: not a toy"}},
		{name: "passes over a found file of no known kind", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("x " + cfn)}},
		{name: "says why a named file cannot be read", input: unit.Input{Name: "a", Reason: unit.Named, Text: []byte("toy bad")}, errors: []string{"a: is bad"}},
		{name: "says why a file that is recognised cannot be read", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy bad")}, errors: []string{"a: is bad"}},
		{name: "knows no markers in comments", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy bad # {{ x }}")}, errors: []string{"a: is bad"}},
		{name: "knows no markers in lines without an error", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy bad\n{{ x }}")}, errors: []string{"a: is bad"}},
		{
			name: "knows markers without which the file can be read", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy\n{{ bad }}")},
			notices: []string{"a: holds Jinja, Helm or Terraform markers, or tags that include files, and was not read; lint what is generated from it"},
		},
		{
			name: "only notes a broken file that generates templates", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy bad {% if x %}")},
			notices: []string{"a: holds Jinja, Helm or Terraform markers, or tags that include files, and was not read; lint what is generated from it"},
		},
		{
			name: "only notes one that is put together of files", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy bad Resources: !YAMLInclude one.yaml")},
			notices: []string{"a: holds Jinja, Helm or Terraform markers, or tags that include files, and was not read; lint what is generated from it"},
		},
		{
			name: "does not take a dynamic reference for a marker", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy bad {{resolve:ssm:x}}")},
			errors: []string{"a: is bad"},
		},
		{
			name: "survives a panic while parsing", input: unit.Input{Name: "a", Reason: unit.Named, Text: []byte("toy panic")},
			errors: []string{"a: the analyzer failed on this file, which is a defect in it: ouch"},
		},
		{
			name: "survives a panic while building", input: unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy late panic")},
			errors: []string{"a: the analyzer failed on this file, which is a defect in it: ouch"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := load(c.input, unit.Input{Name: "other", Reason: unit.Found, Text: []byte("toy")})
			var roots []string
			for _, n := range got.Networks {
				roots = append(roots, n.Root)
			}
			for what, d := range map[string]string{
				"networks": cmp.Diff(append(c.roots, "other"), roots),
				"errors":   cmp.Diff(append([]string{}, c.errors...), toy.Texts(got.Errors)),
				"notices":  cmp.Diff(append([]string{}, c.notices...), toy.Texts(got.Notices)),
			} {
				if d != "" {
					t.Errorf("%s (-want +got)\n%s", what, d)
				}
			}
			if got.Inputs != len(roots) {
				t.Errorf("%d inputs, want %d", got.Inputs, len(roots))
			}
		})
	}
}

func TestRootsAreListedByName(t *testing.T) {
	got := load(unit.Input{Name: "a", Reason: unit.Found, Text: []byte("toy\nparam B\nparam A\n")}, unit.Input{Name: "b", Reason: unit.Found, Text: []byte("toy\nparam A\nparam C\n")})
	var names []string
	for _, u := range got.Roots {
		names = append(names, u.Name+":"+strings.Join(u.Parsed.Parameters(), ","))
	}
	if d := cmp.Diff([]string{"a:B,A", "b:A,C"}, names); d != "" {
		t.Error(d)
	}
}

func TestKeepsTheOrderOfTheInputs(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	var inputs []unit.Input
	var want []string
	for i := range 50 {
		name := fmt.Sprintf("%02d", i)
		inputs = append(inputs, unit.Input{Name: name, Reason: unit.Named, Text: []byte("toy odd")})
		want = append(want, name+": is odd")
	}
	got := load(inputs...)
	if d := cmp.Diff(want, toy.Texts(got.Errors)); d != "" {
		t.Error(d)
	}
	for i, n := range got.Networks {
		if n.Root != inputs[i].Name {
			t.Fatalf("network %d is %s, want %s", i, n.Root, inputs[i].Name)
		}
	}
}

func TestKeepsNestedUnitsInsideTheirParent(t *testing.T) {
	for _, c := range []struct {
		name           string
		files          map[string]string
		roots, notices []string
		errors         []string
	}{
		{
			"a unit that another opens is no root", map[string]string{"a": "toy\nsee b\nsee none", "b": "toy odd"},
			[]string{"a"}, []string{"a: sees b: true", "a: sees none: false"}, []string{"b: is odd"},
		},
		{
			"nor is one that a nested unit opens", map[string]string{"a": "toy\nsee b", "b": "toy\nsee c", "c": "toy"},
			[]string{"a"}, []string{"a: sees b: true"}, nil,
		},
		{
			"units that open each other stay", map[string]string{"a": "toy\nsee b", "b": "toy\nsee a"},
			[]string{"a", "b"}, []string{"a: sees b: true", "b: sees a: true"}, nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var inputs []unit.Input
			for _, name := range slices.Sorted(maps.Keys(c.files)) {
				inputs = append(inputs, unit.Input{Name: name, Reason: unit.Named, Text: []byte(c.files[name])})
			}
			got := load(inputs...)
			var roots []string
			for _, n := range got.Networks {
				roots = append(roots, n.Root)
			}
			if d := cmp.Diff(c.roots, roots); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(c.notices, toy.Texts(got.Notices)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(append([]string{}, c.errors...), toy.Texts(got.Errors)); d != "" {
				t.Error(d)
			}
			if got.Inputs != len(c.files) {
				t.Errorf("%d inputs, want %d", got.Inputs, len(c.files))
			}
		})
	}
}

func TestTellsHowFarItIs(t *testing.T) {
	var inputs []unit.Input
	for i := range 9 {
		inputs = append(inputs, unit.Input{Name: fmt.Sprintf("%d.yaml", i), Reason: unit.Found, Text: []byte("toy")})
	}
	told := map[string][]int{}
	watched(func(what string, done, total int) {
		told[what] = append(told[what], done)
		if total != 9 && what != "modules" {
			t.Errorf("%d of %d %s", done, total, what)
		}
	}, inputs...)
	want := map[string][]int{"files": {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, "deployments": {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, "modules": {0}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
