package parsers_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/toy"
)

// load reads the paths with the toy languages. Nothing is known about deployments unless o says so.
func load(set *source.FileSet, o parsers.Options, paths ...string) *parsers.Loaded[*graph.Network] {
	if o.Frontends == nil {
		o.Frontends = frontend.Set{toy.Rooms, toy.Files}
	}
	if o.Values == nil {
		o.Values = func(string) frontend.Values { return frontend.Values{} }
	}
	return parsers.Load(context.Background(), set, paths, o, func(n *graph.Network, _ int) *graph.Network { return n })
}

func TestLoadDirectories(t *testing.T) {
	for _, c := range []struct {
		name                   string
		files                  []string
		dir                    string
		paths                  []string
		roots, errors, notices []string
		inputs                 int
	}{
		{
			name:  "makes a directory one unit of the files that belong to it",
			files: []string{"b.tf: x", "a.tf: x", "c.values: x", "README.md: x", "sub/d.tf: x"},
			roots: []string{".", "sub"}, notices: []string{".: a.tf b.tf c.values", "sub: sub/d.tf"}, inputs: 4,
		},
		{
			name:  "needs one file that is recognised",
			files: []string{"c.values: x"},
		},
		{
			name:  "reads the whole directory when one file of it is named, and what is ignored too",
			files: []string{".gitignore: b.tf\n", "a.tf: x", "b.tf: x"}, paths: []string{"a.tf"},
			roots: []string{"."}, notices: []string{".: a.tf b.tf"}, inputs: 2,
		},
		{
			name:  "does not deploy what another unit calls",
			files: []string{"app/a.tf: call ../net", "net/n.tf: x"},
			roots: []string{"app"}, notices: []string{"app: app/a.tf", "app: calls net/n.tf"}, inputs: 2,
		},
		{
			name:  "finds what is called outside of the paths and inside the boundary",
			files: []string{".git/HEAD: x", "app/a.tf: call ../net", "net/n.tf: call ./deep", "net/deep/d.tf: x"}, dir: "app",
			roots: []string{"."}, notices: []string{".: a.tf", ".: calls ../net/n.tf"}, inputs: 3,
		},
		{
			name:  "finds what is called below a directory that is not walked",
			files: []string{"a.tf: call .terraform/modules/net", ".terraform/modules/net/n.tf: x"},
			roots: []string{"."}, notices: []string{".: a.tf", ".: calls .terraform/modules/net/n.tf"}, inputs: 2,
		},
		{
			name:  "does not leave the boundary",
			files: []string{"app/.git/HEAD: x", "app/a.tf: call ../net\nread ../net/n.tf\nshow ../net/n.tf", "net/n.tf: x"}, paths: []string{"app"},
			roots:   []string{"app"},
			notices: []string{"app: app/a.tf", "app: cannot show: lies outside ROOT/app", "app: finds nothing in net", `app: reads "" lies outside ROOT/app`}, inputs: 1,
		},
		{
			name:  "does not follow a link out of the boundary",
			files: []string{"app/.git/HEAD: x", "app/a.tf: read s", "secret: x", "app/s -> ../secret"}, paths: []string{"app"},
			roots: []string{"app"}, notices: []string{"app: app/a.tf", `app: reads "" statat s: path escapes from parent`}, inputs: 1,
		},
		{
			name:  "deploys the first of units that only call each other",
			files: []string{"a/x.tf: call ../b", "b/x.tf: call ../a", "c/x.tf: call ../c"},
			roots: []string{"a", "c"}, notices: []string{"a: a/x.tf", "a: calls b/x.tf", "c: c/x.tf", "c: calls c/x.tf"}, inputs: 3,
		},
		{
			name:  "tells what is broken in one file and goes on with the rest",
			files: []string{"a.tf: broken", "b.tf: x"},
			roots: []string{"."}, errors: []string{"a.tf: is broken"}, notices: []string{".: a.tf b.tf"}, inputs: 2,
		},
		{
			name:  "only notes a broken file that generates inputs",
			files: []string{"a.tf: {{ x }}\nbroken"},
			roots: []string{"."}, inputs: 1,
			notices: []string{".: a.tf", "a.tf: holds Jinja, Helm or Terraform markers, or tags that include files, and was not read; lint what is generated from it"},
		},
		{
			name:  "tells what is broken in a unit that another one calls, once",
			files: []string{"a/x.tf: call ../c", "b/x.tf: call ../c", "c/x.tf: broken"},
			roots: []string{"a", "b"}, errors: []string{"c/x.tf: is broken"},
			notices: []string{"a: a/x.tf", "a: calls c/x.tf", "b: b/x.tf", "b: calls c/x.tf"}, inputs: 3,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.paths == nil {
				c.paths = []string{"."}
			}
			dir := toy.Tree(t, c.files...)
			got := load(source.NewFileSet(), parsers.Options{Dir: filepath.Join(dir, c.dir)}, c.paths...)
			roots := []string{}
			for _, n := range got.Networks {
				roots = append(roots, n.Root)
			}
			for what, d := range map[string]string{
				"networks": cmp.Diff(append([]string{}, c.roots...), roots),
				"errors":   cmp.Diff(append([]string{}, c.errors...), toy.Strip(dir, toy.Texts(got.Errors))),
				"notices":  cmp.Diff(append([]string{}, c.notices...), toy.Strip(dir, toy.Texts(got.Notices))),
			} {
				if d != "" {
					t.Errorf("%s (-want +got)\n%s", what, d)
				}
			}
			if got.Inputs != c.inputs {
				t.Errorf("%d inputs, want %d", got.Inputs, c.inputs)
			}
		})
	}
}

func TestRootsHaveTheirParameters(t *testing.T) {
	dir := toy.Tree(t, "app/a.tf: call ../net\ninput size", "net/n.tf: input inner", "b.yaml: toy\nparam B\nparam A\n")
	want := []parsers.Root{{"app", "var", []string{"size"}}, {"b.yaml", "parameter", []string{"B", "A"}}}
	if d := cmp.Diff(want, load(source.NewFileSet(), parsers.Options{Dir: dir}, ".").Roots); d != "" {
		t.Error(d)
	}
}

func TestLoadAddsFilesInTheSameOrderHoweverManyProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	var files []string
	for i := range 20 {
		files = append(files, fmt.Sprintf("r%02d/a.tf: show ../s%02d\nshow ../common\ncall ../m%02d", i, 19-i, 19-i), fmt.Sprintf("s%02d: x", i), fmt.Sprintf("m%02d/a.tf: x", i))
	}
	dir := toy.Tree(t, append(files, "common: x")...)
	order := func() (out []string) {
		set := source.NewFileSet()
		got := load(set, parsers.Options{Dir: dir}, ".")
		for _, n := range got.Notices {
			if loc, ok := set.Location(n.Span); ok {
				out = append(out, fmt.Sprint(loc.File, " ", int(n.Span.Pos)))
			}
		}
		return out
	}
	want := order()
	if len(want) != 40 {
		t.Fatalf("%d places, want 40", len(want))
	}
	for range 5 {
		if d := cmp.Diff(want, order()); d != "" {
			t.Fatal(d)
		}
	}
}
