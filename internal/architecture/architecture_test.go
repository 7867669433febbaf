// Package architecture holds the direction of imports.
package architecture_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/lambda-vpc-lint/lambda-vpc-lint/"

// forbidden says which packages must not import which: from the folder on the left, any of those on the right.
var forbidden = []struct {
	from string
	to   []string
	why  string
}{
	{"graph", []string{"parsers", "rules", "report", "sarif", "cmd"}, "the network knows no language, no rule and no output"},
	{"parsers", []string{"rules", "report", "sarif", "cmd"}, "parsers and rules never see each other"},
	{"rules", []string{"parsers", "report", "sarif", "cmd"}, "parsers and rules never see each other"},
	{"report", []string{"parsers", "sarif", "cmd"}, "output is written from results"},
	{"sarif", []string{"parsers", "cmd"}, "output is written from results"},
	{"cmd", []string{"internal/sample"}, "the sample is for tests"},
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

// packages lists the imports of every package of the module, without those of its tests, relative to the module. It
// reads the files itself, so that the go command knows when a cached result of this test is out of date.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	list := map[string][]string{}
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
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("../..", filepath.Dir(file))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		for _, imported := range f.Imports {
			if to, ok := strings.CutPrefix(strings.Trim(imported.Path.Value, `"`), module); ok {
				list[pkg] = append(list[pkg], to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list["rules"]) == 0 {
		t.Fatal("found no imports of package rules")
	}
	return list
}

func inside(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }
