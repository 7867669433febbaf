package find_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/find"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/toy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

func names(inputs []unit.Input) []string {
	out := []string{}
	for _, in := range inputs {
		out = append(out, in.Name)
	}
	return out
}

func sniff(_ string, text []byte) bool { return bytes.Contains(text, []byte("AWSTemplate")) }

func TestFiles(t *testing.T) {
	for _, c := range []struct {
		name    string
		files   []string
		dir     string // the working directory inside the tree
		paths   []string
		root    string
		want    []string
		errors  []string
		notices []string
	}{
		{
			name:  "takes the files that look like templates, sorted",
			files: []string{"b.yaml", "a.yml", "c/d.json", "e.template", "e.cfn", "f.txt", "g.md", "h.yaml: other: 1", "i.YAML"},
			want:  []string{"a.yml", "b.yaml", "c/d.json", "e.cfn", "e.template", "f.txt", "i.YAML"},
		},
		{
			name:  "does not enter what tools made",
			files: []string{".git/x.yaml", ".terraform/x.yaml", "node_modules/a/x.yaml", ".aws-sam/build/x.yaml", "cdk.out/x.json", "sub/cdk.out/x.json", "a.yaml"},
			want:  []string{"a.yaml"},
		},
		{
			name:  "enters what tools made when it is named",
			files: []string{".git/HEAD: x", ".gitignore: cdk.out\n", "cdk.out/x.json", ".aws-sam/build/template.yaml"},
			paths: []string{"cdk.out", ".aws-sam/build"},
			want:  []string{".aws-sam/build/template.yaml", "cdk.out/x.json"},
		},
		{
			name: "honours ignore files at every level",
			files: []string{
				".git/info/exclude: private.yaml\n", ".gitignore: # generated\r\n*.gen.yaml\r\n/only-top.yaml\nout/\n", "a.gen.yaml", "only-top.yaml", "private.yaml",
				"out/x.yaml", "sub/only-top.yaml", "sub/.gitignore: !keep.gen.yaml\nlocal.yaml\n", "sub/keep.gen.yaml", "sub/drop.gen.yaml",
				"sub/local.yaml", "sub/deep/local.yaml", "local.yaml",
			},
			want: []string{"local.yaml", "sub/keep.gen.yaml", "sub/only-top.yaml"},
		},
		{
			name:  "honours the ignore files above the path too",
			files: []string{".git/HEAD: x", ".gitignore: skip.yaml\n", "sub/skip.yaml", "sub/take.yaml"},
			dir:   "sub", want: []string{"take.yaml"},
		},
		{
			name:  "reads an ignored file that is named",
			files: []string{".git/HEAD: x", ".gitignore: a.yaml\n", "a.yaml"},
			paths: []string{"a.yaml"}, want: []string{"a.yaml"},
		},
		{
			name:  "reads a file once, however often it is named",
			files: []string{"a.yaml", "sub/b.yaml"},
			paths: []string{".", "./a.yaml", "sub", "a.yaml"}, want: []string{"a.yaml", "sub/b.yaml"},
		},
		{
			name:  "reads a named file whatever it is called or holds",
			files: []string{"stack.cfn: nothing"},
			paths: []string{"stack.cfn"}, want: []string{"stack.cfn"},
		},
		{
			name:  "names files from the working directory",
			files: []string{"here/a.yaml", "there/b.yaml"},
			dir:   "here", paths: []string{".", "../there"}, want: []string{"../there/b.yaml", "a.yaml"},
		},
		{
			name:  "reports a path that does not exist",
			files: []string{"a.yaml"}, paths: []string{"a.yaml", "b.yaml"},
			want: []string{"a.yaml"}, errors: []string{"b.yaml: no such file or directory"},
		},
		{
			name:  "does not follow a link out of the boundary",
			files: []string{"secret.yaml", "repo/.git/HEAD: x", "repo/evil.yaml -> ../secret.yaml", "repo/dir -> ..", "repo/good.yaml"},
			paths: []string{"repo"}, want: []string{"repo/good.yaml"},
			notices: []string{"repo/evil.yaml: a symbolic link that leads outside or nowhere, not read"},
		},
		{
			name:  "does not follow a named link out of the boundary",
			files: []string{"secret.yaml", "repo/.git/HEAD: x", "repo/evil.yaml -> ../secret.yaml"},
			paths: []string{"repo/evil.yaml"}, errors: []string{"repo/evil.yaml: path escapes from parent"},
		},
		{
			name:  "follows a link inside the boundary",
			files: []string{".git/HEAD: x", "shared/a.yaml", "sub/link.yaml -> ../shared/a.yaml"},
			paths: []string{"sub"}, want: []string{"sub/link.yaml"},
		},
		{
			name:  "reads a file once that is linked to as well",
			files: []string{".git/HEAD: x", "a/link.yaml -> ../b.yaml", "b.yaml", "loop -> ."},
			want:  []string{"b.yaml"},
		},
		{
			name:  "keeps to the root that is given",
			files: []string{"a/x.yaml", "b/y.yaml"}, root: "a",
			paths: []string{"a", "b"}, want: []string{"a/x.yaml"}, errors: []string{"b: lies outside ROOT/a"},
		},
		{
			name:  "refuses a root that is no directory",
			files: []string{"a.yaml"}, root: "nowhere", errors: []string{".: the root ROOT/nowhere is not a directory"},
		},
		{
			name:  "widens the boundary to the root that is given",
			files: []string{"shared.yaml", "a/.git/HEAD: x", "a/link.yaml -> ../shared.yaml"}, root: ".",
			paths: []string{"a"}, want: []string{"a/link.yaml"},
		},
		{
			name:  "refuses a huge template and passes over huge data",
			files: []string{"a.yaml: " + toy.Template + strings.Repeat("#", 4<<20), "data.json: " + strings.Repeat(" ", 5<<20)},
			want:  []string{}, errors: []string{"a.yaml: larger than 4 MiB"},
		},
		{name: "of nothing is nothing", files: []string{"README.md"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := toy.Tree(t, c.files...)
			if c.paths == nil {
				c.paths = []string{"."}
			}
			found := find.Files(c.paths, find.Options{Dir: filepath.Join(dir, c.dir), Root: c.root, Sniff: sniff})
			for what, d := range map[string]string{
				"inputs":  cmp.Diff(append([]string{}, c.want...), names(found.Inputs)),
				"errors":  cmp.Diff(append([]string{}, c.errors...), toy.Strip(dir, toy.Texts(found.Errors))),
				"notices": cmp.Diff(append([]string{}, c.notices...), toy.Strip(dir, toy.Texts(found.Notices))),
			} {
				if d != "" {
					t.Errorf("%s (-want +got)\n%s", what, d)
				}
			}
		})
	}
}

func TestPipesAreNotOpened(t *testing.T) {
	dir := toy.Tree(t, "a.yaml")
	pipe(t, filepath.Join(dir, "pipe.yaml"))
	found := find.Files([]string{".", "pipe.yaml"}, find.Options{Dir: dir, Sniff: sniff})
	if d := cmp.Diff([]string{"a.yaml"}, names(found.Inputs)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"pipe.yaml: not a regular file"}, toy.Texts(found.Errors)); d != "" {
		t.Error(d)
	}
}

func TestRebaseIsTheSameWhereverTheRunStarts(t *testing.T) {
	dir := toy.Tree(t, ".git/HEAD: x", "stacks/app/a.yaml")
	for from, name := range map[string]string{".": "stacks/app/a.yaml", "stacks": "app/a.yaml", "stacks/app": "a.yaml"} {
		t.Run("in "+from, func(t *testing.T) {
			found := find.Files([]string{"."}, find.Options{Dir: filepath.Join(dir, from), Sniff: sniff})
			if d := cmp.Diff([]string{name}, names(found.Inputs)); d != "" {
				t.Fatal(d)
			}
			if got := found.Rebase(name); got != "stacks/app/a.yaml" {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestWhatIsSkippedIsLeftOut(t *testing.T) {
	dir := toy.Tree(t, ".git/HEAD: x", "a.yaml", "out/b.yaml", "sub/c.yaml", "sub/d.yaml")
	var asked []string
	found := find.Files([]string{".", "sub/d.yaml"}, find.Options{Dir: dir, Sniff: sniff, Skips: func(name string, dir bool) bool {
		asked = append(asked, name)
		return name == "out" || strings.HasPrefix(name, "sub/") && !dir
	}})
	if d := cmp.Diff([]string{"a.yaml", "sub/d.yaml"}, names(found.Inputs)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{".git", "a.yaml", "out", "sub", "sub/c.yaml", "sub/d.yaml"}, asked); d != "" {
		t.Error(d)
	}
}
