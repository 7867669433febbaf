package oracle

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// TestTerraformAgrees compares with what Terraform itself evaluates, on our fixtures and on the root modules that
// TERRAFORM_ORACLE_DIRS lists, separated as in PATH. A directory may be written boundary//root.
func TestTerraformAgrees(t *testing.T) {
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip("terraform is not installed")
	}
	for _, dir := range fixtures(t) {
		t.Run("on "+filepath.Base(dir), func(t *testing.T) {
			r, err := agree(t, dir, dir)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(r)
			if r.Differ > 0 || r.Matched < r.Instances || r.Equal == 0 {
				t.Errorf("%s\n%s", r, strings.Join(r.Differences, "\n"))
			}
		})
	}
	for _, dir := range filepath.SplitList(os.Getenv("TERRAFORM_ORACLE_DIRS")) {
		t.Run("on "+dir, func(t *testing.T) {
			boundary, inside, _ := strings.Cut(dir, "//")
			r, err := agree(t, boundary, filepath.Join(boundary, inside))
			if err != nil {
				t.Skip(err) // what Terraform refuses cannot be compared
			}
			t.Logf("%s\n%s\nsymbolic:\n%s", r, strings.Join(r.Differences, "\n"), strings.Join(r.Unresolved, "\n"))
		})
	}
}

func fixtures(t *testing.T) []string {
	dirs, err := filepath.Glob(filepath.Join("testdata", "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatal("there are no fixtures", err)
	}
	return dirs
}

func agree(t *testing.T, boundary, dir string) (*Result, error) {
	t.Helper()
	terraform, err := Run(boundary, dir, t.TempDir())
	if err != nil {
		return nil, err
	}
	// Terraform takes a default of null or "" for what it is, and the workspace is the default one.
	loader := config.NewLoader(disk{source.NewFileSet(), map[string][]*source.File{}})
	program := eval.Run(dir, loader, eval.Inputs{Final: true, Workspace: "default"})
	for _, d := range append(program.Errors, program.Notices...) {
		t.Log(d.File, d.Message)
	}
	ours := map[string]any{}
	for _, i := range program.Instances {
		if !i.When.IsNever() {
			ours[i.Address] = plain(program.Symbols, i.Config)
		}
	}
	return Compare(terraform, ours), nil
}

// disk reads module directories as they are.
type disk struct {
	set  *source.FileSet
	read map[string][]*source.File
}

func (d disk) ReadFile(path string) ([]byte, error) { return os.ReadFile(path) }

func (d disk) Dir(path string) ([]*source.File, error) {
	if files, ok := d.read[path]; ok {
		return files, nil
	}
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		if name := filepath.Join(path, e.Name()); config.IsConfig(name) || config.IsValues(name) {
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			d.read[path] = append(d.read[path], d.set.Add(name, text))
		}
	}
	return d.read[path], err
}

// plain is a value as encoding/json would read it, with texts in the form that the oracle gives them.
func plain(table *symbol.Table, v cty.Value) any {
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown():
		return Symbolic{}
	case v.IsNull():
		return nil
	case v.Type() == cty.String:
		return text(table, v.AsString())
	case v.Type() == cty.Bool:
		return v.True()
	case v.Type() == cty.Number:
		f, _ := v.AsBigFloat().Float64()
		return f
	case v.Type().IsObjectType() || v.Type().IsMapType():
		out := map[string]any{}
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			key, _ := text(table, k.AsString()).(string)
			out[key] = plain(table, x)
		}
		return out
	case v.CanIterateElements():
		out := []any{}
		for it := v.ElementIterator(); it.Next(); {
			_, x := it.Element()
			out = append(out, plain(table, x))
		}
		if v.Type().IsSetType() {
			slices.SortFunc(out, func(a, b any) int {
				x, _ := a.(string)
				y, _ := b.(string)
				return strings.Compare(x, y)
			})
		}
		return out
	}
	return Symbolic{}
}

// text renders tokens. One that is not an attribute of a resource is marked with "?": Terraform, with a text in its
// place, may have computed on.
func text(table *symbol.Table, s string) any {
	var out strings.Builder
	for _, p := range table.Split(s) {
		switch p := p.(type) {
		case string:
			out.WriteString(p)
		case symbol.Symbol:
			if p.Address == "" {
				out.WriteString(Opening + "?" + p.Key + Closing)
				continue
			}
			attribute := p.Attribute
			if attribute == "" {
				attribute = "id"
			}
			out.WriteString(Opening + strings.ReplaceAll(p.Address, `"`, "'") + ":" + attribute + Closing)
		}
	}
	return out.String()
}
