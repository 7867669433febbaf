package parsers_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

// toy reads files that begin with "toy". A line "param NAME" declares a parameter; "bad", "odd", "panic" and "late panic"
// do as they say; "see FILE" says whether FILE is a unit too.
var toy = parsers.Frontend{
	Kind:       "toy",
	Flag:       "parameter",
	Recognises: func(_ string, text []byte) bool { return strings.HasPrefix(string(text), "toy") },
	Parse: func(s parsers.Sources) (parsers.Unit, []source.Diagnostic) {
		f := s.Files[0]
		text := string(f.Text)
		switch {
		case strings.Contains(text, "late panic"):
		case strings.Contains(text, "panic"):
			panic("ouch")
		case strings.Contains(text, "bad"):
			return nil, []source.Diagnostic{{Span: f.Span(0, 3), Message: "is bad"}}
		case strings.Contains(text, "odd"):
			return toyUnit{text}, []source.Diagnostic{{Message: "is odd"}}
		}
		return toyUnit{text}, nil
	},
}

type toyUnit struct{ text string }

func (u toyUnit) Parameters() []string {
	var out []string
	for line := range strings.Lines(u.text) {
		if name, ok := strings.CutPrefix(line, "param "); ok {
			out = append(out, strings.TrimSpace(name))
		}
	}
	return out
}

func (u toyUnit) Calls() []string { return nil }

func (u toyUnit) Network(d parsers.Deployment) (*graph.Network, []source.Diagnostic) {
	if strings.Contains(u.text, "late panic") {
		panic("ouch")
	}
	var ds []source.Diagnostic
	for line := range strings.Lines(u.text) {
		if name, ok := strings.CutPrefix(line, "see "); ok {
			ds = append(ds, source.Diagnostic{Message: fmt.Sprintf("sees %s: %v", strings.TrimSpace(name), d.Open(strings.TrimSpace(name)) != nil)})
		}
	}
	return graph.NewBuilder(d.Root, "toy").Network(), ds
}

func load(inputs ...parsers.Input) *parsers.Loaded {
	return parsers.Load(source.NewFileSet(), inputs, []parsers.Frontend{toy}, func(string) parsers.Values { return parsers.Values{} }, nil)
}

func TestLoad(t *testing.T) {
	const cfn = "AWSTemplateFormatVersion"
	for _, c := range []struct {
		name                   string
		input                  parsers.Input
		roots, errors, notices []string
	}{
		{name: "builds a network of each file", input: parsers.Input{Name: "a", Text: []byte("toy")}, roots: []string{"a"}},
		{name: "says what is odd and goes on", input: parsers.Input{Name: "a", Named: true, Text: []byte("toy odd")}, roots: []string{"a"}, errors: []string{"a: is odd"}},
		{name: "refuses a named file of no known kind", input: parsers.Input{Name: "a", Named: true, Text: []byte("x")}, errors: []string{"a: not a toy"}},
		{name: "passes over a found file of no known kind", input: parsers.Input{Name: "a", Text: []byte("x " + cfn)}},
		{name: "says why a named file cannot be read", input: parsers.Input{Name: "a", Named: true, Text: []byte("toy bad")}, errors: []string{"a: is bad"}},
		{name: "passes over a broken file that may be anything", input: parsers.Input{Name: "a", Text: []byte("toy bad")}},
		{name: "says why a found template cannot be read", input: parsers.Input{Name: "a", Text: []byte("toy bad " + cfn)}, errors: []string{"a: is bad"}},
		{name: "says so for a file with a resource type", input: parsers.Input{Name: "a", Text: []byte("toy bad\n    Type: AWS::EC2::VPC")}, errors: []string{"a: is bad"}},
		{name: "says so for JSON with a resource type", input: parsers.Input{Name: "a", Text: []byte(`toy bad` + "\n" + `{"Type" : "AWS::EC2::VPC"`)}, errors: []string{"a: is bad"}},
		{
			name: "only notes a broken file that generates templates", input: parsers.Input{Name: "a", Text: []byte("toy bad " + cfn + "{% if x %}")},
			notices: []string{"a: holds Jinja or Helm markers, or tags that include files, and was not read; lint what is generated from it"},
		},
		{
			name: "only notes one that is put together of files", input: parsers.Input{Name: "a", Text: []byte("toy bad " + cfn + "\nResources: !YAMLInclude one.yaml")},
			notices: []string{"a: holds Jinja or Helm markers, or tags that include files, and was not read; lint what is generated from it"},
		},
		{
			name: "does not take a dynamic reference for a marker", input: parsers.Input{Name: "a", Text: []byte("toy bad " + cfn + " {{resolve:ssm:x}}")},
			errors: []string{"a: is bad"},
		},
		{
			name: "survives a panic while parsing", input: parsers.Input{Name: "a", Named: true, Text: []byte("toy panic")},
			errors: []string{"a: the analyzer failed on this file, which is a defect in it: ouch"},
		},
		{
			name: "survives a panic while building", input: parsers.Input{Name: "a", Text: []byte("toy late panic")},
			errors: []string{"a: the analyzer failed on this file, which is a defect in it: ouch"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := load(c.input, parsers.Input{Name: "other", Text: []byte("toy")})
			var roots []string
			for _, n := range got.Networks {
				roots = append(roots, n.Root)
			}
			for what, d := range map[string]string{
				"networks": cmp.Diff(append(c.roots, "other"), roots),
				"errors":   cmp.Diff(append([]string{}, c.errors...), texts(got.Errors)),
				"notices":  cmp.Diff(append([]string{}, c.notices...), texts(got.Notices)),
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

func TestLoadListsTheParametersOfAllUnits(t *testing.T) {
	got := load(parsers.Input{Name: "a", Text: []byte("toy\nparam B\nparam A\n")}, parsers.Input{Name: "b", Text: []byte("toy\nparam A\nparam C\n")})
	if d := cmp.Diff([]string{"A", "B", "C"}, got.Declared["parameter"]); d != "" {
		t.Error(d)
	}
}

func TestLoadKeepsTheOrderOfTheInputs(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	var inputs []parsers.Input
	var want []string
	for i := range 50 {
		name := fmt.Sprintf("%02d", i)
		inputs = append(inputs, parsers.Input{Name: name, Named: true, Text: []byte("toy odd")})
		want = append(want, name+": is odd")
	}
	got := load(inputs...)
	if d := cmp.Diff(want, texts(got.Errors)); d != "" {
		t.Error(d)
	}
	for i, n := range got.Networks {
		if n.Root != inputs[i].Name {
			t.Fatalf("network %d is %s, want %s", i, n.Root, inputs[i].Name)
		}
	}
}

func TestLoadKeepsNestedUnitsInsideTheirParent(t *testing.T) {
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
			var inputs []parsers.Input
			for _, name := range slices.Sorted(maps.Keys(c.files)) {
				inputs = append(inputs, parsers.Input{Name: name, Named: true, Text: []byte(c.files[name])})
			}
			got := load(inputs...)
			var roots []string
			for _, n := range got.Networks {
				roots = append(roots, n.Root)
			}
			if d := cmp.Diff(c.roots, roots); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(c.notices, texts(got.Notices)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(append([]string{}, c.errors...), texts(got.Errors)); d != "" {
				t.Error(d)
			}
			if got.Inputs != len(c.files) {
				t.Errorf("%d inputs, want %d", got.Inputs, len(c.files))
			}
		})
	}
}

func TestLoadTellsHowFarItIs(t *testing.T) {
	var inputs []parsers.Input
	for i := range 9 {
		inputs = append(inputs, parsers.Input{Name: fmt.Sprintf("%d.yaml", i), Text: []byte("toy")})
	}
	told := map[string][]int{}
	parsers.Load(source.NewFileSet(), inputs, []parsers.Frontend{toy}, func(string) parsers.Values { return parsers.Values{} }, func(what string, done, total int) {
		told[what] = append(told[what], done)
		if total != 9 && what != "modules" {
			t.Errorf("%d of %d %s", done, total, what)
		}
	})
	want := map[string][]int{"files": {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, "deployments": {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, "modules": {0}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
