package eval_test

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// files is a directory tree as an archive. Text before the first file is main.tf.
type files struct {
	set   *source.FileSet
	texts map[string]*source.File
	dirs  int
}

func tree(archive string) *files {
	f := &files{set: source.NewFileSet(), texts: map[string]*source.File{}}
	a := txtar.Parse([]byte(archive))
	if len(a.Comment) > 0 {
		f.texts["main.tf"] = f.set.Add("main.tf", a.Comment)
	}
	for _, t := range a.Files {
		f.texts[t.Name] = f.set.Add(t.Name, t.Data)
	}
	return f
}

func (f *files) Dir(dir string) ([]*source.File, error) {
	f.dirs++
	var out []*source.File
	for name, t := range f.texts {
		if path.Dir(name) == path.Clean(dir) && (config.IsConfig(name) || config.IsValues(name)) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *source.File) int { return strings.Compare(a.Name, b.Name) })
	if len(out) == 0 {
		return nil, errors.New("no such directory")
	}
	return out, nil
}

func (f *files) ReadFile(name string) ([]byte, error) {
	if t := f.texts[path.Clean(name)]; t != nil {
		return t.Text, nil
	}
	return nil, errors.New("no such file")
}

// evaluated is a program with what its tests ask.
type evaluated struct {
	*eval.Program
	t     *testing.T
	files *files
}

func run(t *testing.T, archive string, in eval.Inputs) *evaluated {
	t.Helper()
	f := tree(archive)
	return &evaluated{eval.Run(".", config.NewLoader(f), in), t, f}
}

// clean fails the test when there is anything to say about the program.
func (e *evaluated) clean() *evaluated {
	e.t.Helper()
	for _, d := range append(slices.Clone(e.Errors), e.Notices...) {
		at, _ := e.files.set.Location(d.Span)
		e.t.Errorf("%s:%d: %s", at.File, at.StartLine, d.Message)
	}
	return e
}

func (e *evaluated) instance(address string) *eval.Instance {
	e.t.Helper()
	for _, in := range e.Instances {
		if in.Address == address {
			return in
		}
	}
	e.t.Fatalf("there is no %s among %v", address, e.addresses())
	return nil
}

func (e *evaluated) addresses() []string {
	var out []string
	for _, in := range e.Instances {
		out = append(out, in.Address)
	}
	return out
}

// value shows an argument: texts with symbols as ${key}, choices as (condition ? then : else), unknowns as <key>.
func (e *evaluated) value(address, name string) string {
	e.t.Helper()
	config := e.instance(address).Config
	if !config.Type().IsObjectType() || !config.Type().HasAttribute(name) {
		return "absent"
	}
	return e.show(config.GetAttr(name))
}

func (e *evaluated) show(v cty.Value) string {
	if c, ok := calc.AsChoice(v, e.Symbols); ok {
		return fmt.Sprintf("(%s ? %s : %s)", c.When, e.show(c.Then), e.show(c.Else))
	}
	s, _ := calc.SourceOf(v)
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown():
		return "<" + s.Key + ">"
	case v.IsNull():
		return "null"
	case v.Type() == cty.String:
		return e.Symbols.Text(v.AsString()).String()
	case v.Type() == cty.Number:
		return v.AsBigFloat().Text('g', 20)
	case v.Type() == cty.Bool:
		return fmt.Sprint(v.True())
	case v.Type().IsObjectType() || v.Type().IsMapType():
		var parts []string
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			parts = append(parts, e.Symbols.Text(k.AsString()).String()+"="+e.show(x))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case v.CanIterateElements():
		var parts []string
		for _, x := range v.AsValueSlice() {
			parts = append(parts, e.show(x))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return v.GoString()
}

// expression evaluates one expression in a module with the given rest.
func expression(t *testing.T, text, rest string) string {
	t.Helper()
	e := run(t, "resource \"x_y\" \"z\" {\n  v = "+text+"\n}\n"+rest, eval.Inputs{})
	for _, d := range e.Errors {
		return "error: " + d.Message
	}
	for _, d := range e.Notices {
		return "notice: " + d.Message
	}
	return e.value("x_y.z", "v")
}
