package parsers_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/toy"
)

// outcome is what a run makes of its paths.
type outcome struct{ Roots, Errors, Notices []string }

func runNamed(t *testing.T, dir string, opts parsers.Options, paths ...string) outcome {
	t.Helper()
	opts.Dir = dir
	got := load(source.NewFileSet(), opts, paths...)
	out := outcome{Errors: toy.Strip(dir, toy.Texts(got.Errors)), Notices: toy.Strip(dir, toy.Texts(got.Notices))}
	for _, n := range got.Networks {
		out.Roots = append(out.Roots, n.Root)
	}
	slices.Sort(out.Roots)
	return out
}

func TestANamedFileStandsForAllThatCallItsUnit(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string
		dir   string
		paths string
		roots string
	}{
		{
			name:  "directly and through others",
			files: []string{".git/HEAD: x", "a/x.tf: call ../net", "b/x.tf: call ../mid", "mid/x.tf: call ../net", "c/x.tf: call ../d", "net/n.tf: x"},
			paths: "net/n.tf", roots: "a b",
		},
		{
			name:  "once, however many of the files are named",
			files: []string{".git/HEAD: x", "a/x.tf: call ../net\ncall ../more", "net/n.tf: x", "net/o.tf: x", "more/m.tf: x"},
			paths: "net/n.tf net/o.tf more/m.tf a/x.tf", roots: "a",
		},
		{
			name:  "from wherever in the boundary one stands",
			files: []string{".git/HEAD: x", "a/x.tf: call ../net", "net/n.tf: x"},
			dir:   "net", paths: "n.tf", roots: "../a",
		},
		{
			name:  "but not what only seems to call it, and what that calls",
			files: []string{".git/HEAD: x", "a/x.tf: # call ../net\ncall ../other", "net/n.tf: x", "other/o.tf: x"},
			paths: "net/n.tf", roots: "net",
		},
		{
			name:  "but not from outside the boundary",
			files: []string{"in/.git/HEAD: x", "a/x.tf: call ../in/net", "in/net/n.tf: x"},
			paths: "in/net/n.tf", roots: "in/net",
		},
		{
			name:  "but not where a walk does not go",
			files: []string{".git/HEAD: x", ".gitignore: b\n", ".terraform/a/x.tf: call ../../net", "b/x.tf: call ../net", "net/n.tf: x"},
			paths: "net/n.tf", roots: "net",
		},
		{
			name:  "also when the callers go round in a circle",
			files: []string{".git/HEAD: x", "a/x.tf: call ../b", "b/x.tf: call ../a\ncall ../net", "net/n.tf: x"},
			paths: "net/n.tf", roots: "a",
		},
		{
			name:  "when it belongs to the unit and does not make one by itself, too",
			files: []string{".git/HEAD: x", "a/x.tf: call ../net", "net/n.tf: x", "net/some.values: x"},
			paths: "net/some.values", roots: "a",
		},
		{
			name:  "and a directory for what is in it",
			files: []string{".git/HEAD: x", "a/x.tf: call ../net", "net/n.tf: x"},
			paths: "net", roots: "net",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := toy.Tree(t, c.files...)
			got := runNamed(t, filepath.Join(dir, c.dir), parsers.Options{}, strings.Fields(c.paths)...)
			if d := cmp.Diff(strings.Fields(c.roots), got.Roots); d != "" {
				t.Error(d)
			}
			if len(got.Errors) > 0 {
				t.Error(got.Errors)
			}
		})
	}
}

func TestWhatCannotBeSearchedForCallersIsSaid(t *testing.T) {
	dir := toy.Tree(t, ".git/HEAD: x", "net/n.tf: x", "gone.tf -> nowhere", "notes.txt -> nowhere")
	got := runNamed(t, dir, parsers.Options{}, "net/n.tf")
	want := outcome{
		Roots: []string{"net"}, Errors: []string{},
		Notices: []string{"gone.tf: a symbolic link that leads outside or nowhere, not read", "net: net/n.tf"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSkipUnrecognized(t *testing.T) {
	large := strings.Repeat("x", 4<<20+1)
	dir := toy.Tree(t, "a.json: {}", "b.yaml: toy", "c.tf: x", "d.values: x", "alone/d.values: x", "bad.yaml: toy bad AWSTemplateFormatVersion", "large.json: "+large)
	paths := []string{"a.json", "alone/d.values", "b.yaml", "bad.yaml", "d.values", "large.json"}
	want := outcome{
		Roots: []string{".", "b.yaml"}, Errors: []string{"bad.yaml: is bad"}, Notices: []string{".: c.tf d.values"},
	}
	if d := cmp.Diff(want, runNamed(t, dir, parsers.Options{SkipUnrecognized: true}, paths...)); d != "" {
		t.Error(d)
	}
	want.Errors = []string{"large.json: larger than 4 MiB", "a.json: not a room or toy", "alone/d.values: not a room or toy", "bad.yaml: is bad"}
	if d := cmp.Diff(want, runNamed(t, dir, parsers.Options{}, paths...)); d != "" {
		t.Error(d)
	}
	missing := runNamed(t, dir, parsers.Options{SkipUnrecognized: true}, "missing.yaml")
	if d := cmp.Diff([]string{"missing.yaml: no such file or directory"}, missing.Errors); d != "" {
		t.Error(d)
	}
}

func TestABufferStandsInPlaceOfAFile(t *testing.T) {
	for _, c := range []struct {
		name, buffer, text, paths string
		want                      outcome
	}{
		{
			name: "of its own", buffer: "b.yaml", text: "toy odd", paths: "b.yaml",
			want: outcome{Roots: []string{"b.yaml"}, Errors: []string{"b.yaml: is odd"}, Notices: []string{}},
		},
		{
			name: "in a directory that is walked", buffer: "./toys/c.yaml", text: "toy odd AWSTemplateFormatVersion", paths: "toys",
			want: outcome{Roots: []string{"toys/c.yaml"}, Errors: []string{"toys/c.yaml: is odd"}, Notices: []string{}},
		},
		{
			name: "of a unit", buffer: "net/n.tf", text: "broken", paths: "net/o.tf",
			want: outcome{Roots: []string{"a"}, Errors: []string{"net/n.tf: is broken"}, Notices: []string{"a: a/x.tf", "a: calls net/n.tf net/o.tf"}},
		},
		{
			name: "that does not exist yet", buffer: "net/new.tf", text: "x", paths: "net/new.tf",
			want: outcome{Roots: []string{"a"}, Errors: []string{}, Notices: []string{"a: a/x.tf", "a: calls net/n.tf net/new.tf net/o.tf"}},
		},
		{
			name: "that calls others", buffer: "a/x.tf", text: "read ../net/n.tf", paths: "net/n.tf",
			want: outcome{Roots: []string{"net"}, Errors: []string{}, Notices: []string{"net: net/n.tf net/o.tf"}},
		},
		{
			name: "that others read", buffer: "net/n.tf", text: "unsaved", paths: "r/x.tf",
			want: outcome{Roots: []string{"r"}, Errors: []string{}, Notices: []string{"r: r/x.tf", `r: reads "unsaved" <nil>`}},
		},
		{
			name: "but not of a directory", buffer: "net", text: "x", paths: "net",
			want: outcome{Errors: []string{"net: is a directory"}, Notices: []string{}},
		},
		{
			name: "and not outside the boundary", buffer: "../x.yaml", text: "toy", paths: "b.yaml",
			want: outcome{Roots: []string{"b.yaml"}, Errors: []string{}, Notices: []string{}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := toy.Tree(t, ".git/HEAD: x", "a/x.tf: call ../net", "net/n.tf: x", "net/o.tf: x", "b.yaml: toy", "toys/c.yaml: toy", "r/x.tf: read ../net/n.tf")
			opts := parsers.Options{Buffers: boundary.Buffers{{Name: c.buffer, Text: []byte(c.text)}}}
			if d := cmp.Diff(c.want, runNamed(t, dir, opts, strings.Fields(c.paths)...)); d != "" {
				t.Error(d)
			}
			opts.Buffers[0].Name = filepath.Join(dir, c.buffer)
			if d := cmp.Diff(c.want, runNamed(t, dir, opts, strings.Fields(c.paths)...)); d != "" {
				t.Errorf("by its absolute name: %s", d)
			}
		})
	}
}
