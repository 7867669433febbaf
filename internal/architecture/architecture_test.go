// Package architecture holds the direction of imports.
package architecture_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/lambda-vpc-lint/lambda-vpc-lint/"

// evaluator is the folder of what reads and evaluates Terraform.
const evaluator = "parsers/internal/terraform/"

// forbidden says which packages must not import which: from the folder on the left, any of those on the right.
var forbidden = []struct {
	from string
	to   []string
	why  string
}{
	{"graph", []string{"parsers", "rules", "report", "sarif", "lint", "cmd"}, "the network knows no language, no rule and no output"},
	{"parsers", []string{"rules", "report", "sarif", "lint", "cmd"}, "parsers and rules never see each other"},
	{"rules", []string{"parsers", "report", "sarif", "lint", "cmd"}, "parsers and rules never see each other"},
	{"report", []string{"parsers", "sarif", "lint", "cmd"}, "output is written from results"},
	{"sarif", []string{"parsers", "lint", "cmd"}, "output is written from results"},
	{"lint", []string{"sarif", "cmd"}, "a run ends with a report, and formats are for whoever asks"},
	{"cmd/lambda-vpc-lint", []string{"parsers"}, "package lint is the way in"},
	{"cmd", []string{"internal/sample"}, "the sample is for tests"},
	{
		evaluator + "calc", []string{evaluator + "functions", evaluator + "eval", evaluator + "config"},
		"values know no module",
	},
	{evaluator + "functions", []string{evaluator + "eval", evaluator + "config"}, "functions of values read no file"},
}

// steps are the rooms of parsers from the first to the last. A room knows those before it, and none behind.
var steps = []string{
	"parsers/internal/work", "parsers/internal/unit", "parsers/internal/find", "parsers/internal/languages", "parsers/internal/deploy", "parsers",
}

func TestStepsOfParsersRunOneWay(t *testing.T) {
	all := packages(t)
	for i, step := range steps {
		imports, ok := all[step]
		if !ok && i > 0 {
			t.Errorf("there is no %s", step)
		}
		for _, later := range steps[i+1:] {
			if slices.Contains(imports, later) {
				t.Errorf("%s imports %s, which is a later step", step, later)
			}
		}
	}
	for _, pair := range [][2]string{{"find", "languages"}, {"deploy", "find"}, {"deploy", "languages"}, {"languages", "unit"}} {
		if from, to := "parsers/internal/"+pair[0], "parsers/internal/"+pair[1]; slices.Contains(all[from], to) {
			t.Errorf("%s imports %s: they know each other through package unit or internal/frontend", from, to)
		}
	}
}

func TestImportsPointOneWay(t *testing.T) {
	for pkg, imports := range packages(t) {
		for _, rule := range forbidden {
			if !inside(pkg, rule.from) {
				continue
			}
			for _, imported := range imports {
				for _, to := range rule.to {
					if inside(imported, to) {
						t.Errorf("%s imports %s: %s", pkg, imported, rule.why)
					}
				}
			}
		}
	}
}

// TestPacksStandAlone: a pack imports no pack, and nobody but rules/all imports one.
func TestPacksStandAlone(t *testing.T) {
	all := packages(t)
	packs := map[string]bool{}
	for _, imported := range all["rules/all"] {
		if inside(imported, "rules") && imported != "rules" {
			packs[imported] = true
		}
	}
	for pkg, imports := range all {
		for _, imported := range imports {
			if packs[imported] && pkg != "rules/all" {
				t.Errorf("%s imports the pack %s", pkg, imported)
			}
		}
	}
}

// TestPathsHaveSlashesInside: reports are the same on every system because the paths of the operating system are known
// only where they come from: the packages that take arguments and that open files. All others have names with slashes.
func TestPathsHaveSlashesInside(t *testing.T) {
	where := map[string]bool{}
	files(t, func(pkg string, f *ast.File) {
		for _, imported := range f.Imports {
			if f.Name.Name != "main" && imported.Path.Value == `"path/filepath"` && !isInternal(pkg) {
				where[pkg] = true
			}
		}
	})
	if got := slices.Sorted(maps.Keys(where)); !slices.Equal(got, []string{"lint"}) {
		t.Errorf("path/filepath is used in %v and the programs; want lint and the programs", got)
	}
}

func isInternal(pkg string) bool { return slices.Contains(strings.Split(pkg, "/"), "internal") }

// packages lists the imports of every package of the module, without those of its tests, relative to the module.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	list := map[string][]string{}
	files(t, func(pkg string, f *ast.File) {
		for _, imported := range f.Imports {
			if to, ok := strings.CutPrefix(strings.Trim(imported.Path.Value, `"`), module); ok {
				list[pkg] = append(list[pkg], to)
			}
		}
	})
	if len(list["rules"]) == 0 {
		t.Fatal("found no imports of package rules")
	}
	return list
}

// files calls visit with every file of the module that is no test, and its package. It reads them itself, so that the
// go command knows when a cached result of these tests is out of date.
func files(t *testing.T, visit func(pkg string, f *ast.File)) {
	t.Helper()
	err := filepath.WalkDir("../..", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("../..", filepath.Dir(file))
		if err != nil {
			return err
		}
		visit(filepath.ToSlash(rel), f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func inside(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }
