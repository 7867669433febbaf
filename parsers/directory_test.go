package parsers_test

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

// rooms reads directories of *.room files. A line "call DIR" makes DIR, relative to the directory, a part of it; "input
// NAME" declares one; "read FILE" and "show FILE" read more; "broken" is an error in that file alone.
var rooms = parsers.Frontend{
	Kind:       "room",
	Flag:       "var",
	Recognises: func(name string, _ []byte) bool { return path.Ext(name) == ".tf" },
	Belongs:    func(name string) bool { return path.Ext(name) == ".tf" || path.Ext(name) == ".values" },
	Callees: func(name string, text []byte) (out []string) {
		for _, m := range regexp.MustCompile(`call (\S+)`).FindAllSubmatch(text, -1) {
			out = append(out, path.Join(path.Dir(name), string(m[1])))
		}
		return out
	},
	Parse: func(s parsers.Sources) (parsers.Unit, []source.Diagnostic) {
		u := room{name: s.Name}
		var ds []source.Diagnostic
		for _, f := range s.Files {
			u.files = append(u.files, f.Name)
			for line := range strings.Lines(string(f.Text)) {
				if line = strings.TrimSpace(line); line == "broken" {
					ds = append(ds, source.Diagnostic{File: f.Name, Span: f.Span(0, 1), Message: "is broken", Error: true})
				}
				u.lines = append(u.lines, line)
			}
		}
		return u, ds
	},
}

type room struct {
	name         string
	files, lines []string
}

// each lists what follows the word in the lines.
func (u room) each(word string) (out []string) {
	for _, l := range u.lines {
		if rest, ok := strings.CutPrefix(l, word+" "); ok {
			out = append(out, rest)
		}
	}
	return out
}

func (u room) Parameters() []string { return u.each("input") }

func (u room) Calls() (out []string) {
	for _, c := range u.each("call") {
		out = append(out, path.Join(u.name, c))
	}
	return out
}

// Network says in notices what the unit is made of.
func (u room) Network(d parsers.Deployment) (*graph.Network, []source.Diagnostic) {
	ds := []source.Diagnostic{{Message: strings.Join(u.files, " ")}}
	say := func(format string, args ...any) {
		ds = append(ds, source.Diagnostic{Message: fmt.Sprintf(format, args...)})
	}
	for _, c := range u.Calls() {
		if other, ok := d.Open(c).(room); ok {
			say("calls %s", strings.Join(other.files, " "))
		} else {
			say("finds nothing in %s", c)
		}
	}
	for _, name := range u.each("read") {
		text, err := d.Within.Read(path.Join(u.name, name))
		say("reads %q %v", text, err)
	}
	for _, name := range u.each("show") {
		f, err := d.File(path.Join(u.name, name))
		if err != nil {
			say("cannot show: %v", err)
			continue
		}
		ds = append(ds, source.Diagnostic{Span: f.Span(0, 1), Message: "shown"})
	}
	return graph.NewBuilder(d.Root, "room").Network(), ds
}

// run discovers and loads paths in a tree whose working directory is dir.
func run(t *testing.T, dir string, paths ...string) *parsers.Loaded {
	t.Helper()
	fronts := []parsers.Frontend{rooms}
	found := parsers.Discover(paths, parsers.Options{Dir: dir, Sniff: parsers.Sniff(fronts), Fronts: fronts})
	if len(found.Errors) > 0 {
		t.Fatal(found.Errors)
	}
	return parsers.Load(source.NewFileSet(), found.Inputs, fronts, func(string) parsers.Values { return parsers.Values{} }, nil)
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
			files: []string{"a.tf: broken\n{{ x }}"},
			roots: []string{"."}, inputs: 1,
			notices: []string{".: a.tf", "a.tf: holds Jinja or Helm markers, or tags that include files, and was not read; lint what is generated from it"},
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
			dir := tree(t, c.files...)
			got := run(t, filepath.Join(dir, c.dir), c.paths...)
			roots := []string{}
			for _, n := range got.Networks {
				roots = append(roots, n.Root)
			}
			for what, d := range map[string]string{
				"networks": cmp.Diff(append([]string{}, c.roots...), roots),
				"errors":   cmp.Diff(append([]string{}, c.errors...), strip(dir, texts(got.Errors))),
				"notices":  cmp.Diff(append([]string{}, c.notices...), strip(dir, texts(got.Notices))),
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

func TestLoadReadsDirectoriesInMemory(t *testing.T) {
	files := parsers.In(fstest.MapFS{"app/a.tf": {Data: []byte("call ../net")}, "net/n.tf": {Data: []byte("x")}})
	got := parsers.Load(source.NewFileSet(), []parsers.Input{{Name: "app/a.tf", Text: []byte("call ../net"), Within: files}}, []parsers.Frontend{rooms}, func(string) parsers.Values { return parsers.Values{} }, nil)
	if d := cmp.Diff([]string{"app: app/a.tf", "app: calls net/n.tf"}, texts(got.Notices)); d != "" {
		t.Error(d)
	}
}

func TestLoadListsTheParametersOfDeploymentsOnlyByTheirFlag(t *testing.T) {
	dir := tree(t, "app/a.tf: call ../net\ninput size", "net/n.tf: input inner")
	if d := cmp.Diff(map[string][]string{"var": {"size"}}, run(t, dir, ".").Declared); d != "" {
		t.Error(d)
	}
}

func TestLoadAddsFilesInTheSameOrderHoweverManyProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	var files []string
	for i := range 20 {
		files = append(files, fmt.Sprintf("r%02d/a.tf: show ../s%02d\nshow ../common\ncall ../m%02d", i, 19-i, 19-i), fmt.Sprintf("s%02d: x", i), fmt.Sprintf("m%02d/a.tf: x", i))
	}
	dir := tree(t, append(files, "common: x")...)
	order := func() (out []string) {
		got := run(t, dir, ".")
		for _, n := range got.Notices {
			if loc, ok := got.Files.Location(n.Span); ok {
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
