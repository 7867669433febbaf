package architecture_test

import (
	"go/ast"
	"maps"
	"slices"
	"testing"
)

// mostExported is how many names packages export for all who import this module, apart from rules and from what authors
// of rules use. A name is exported only when another package uses it.
const mostExported = 50

func TestFewNamesAreExported(t *testing.T) {
	names := map[string][]string{}
	files(t, func(pkg string, f *ast.File) {
		if f.Name.Name != "main" && !isInternal(pkg) {
			names[pkg] = append(names[pkg], exported(f)...)
		}
	})
	count, ofRules := 0, 0
	for _, pkg := range slices.Sorted(maps.Keys(names)) {
		list := names[pkg]
		if inside(pkg, "rules") || inside(pkg, "graph") {
			ofRules += len(list)
			continue
		}
		slices.Sort(list)
		t.Logf("%s: %v", pkg, list)
		count += len(list)
	}
	t.Logf("%d names, and %d of rules and graph", count, ofRules)
	if count > mostExported {
		t.Errorf("%d names are exported, want at most %d", count, mostExported)
	}
}

// exported are the names that the file exports, without those of methods and fields.
func exported(f *ast.File) (names []string) {
	add := func(id *ast.Ident) {
		if id.IsExported() {
			names = append(names, id.Name)
		}
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				add(d.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					add(spec.Name)
				case *ast.ValueSpec:
					for _, id := range spec.Names {
						add(id)
					}
				}
			}
		}
	}
	return names
}
