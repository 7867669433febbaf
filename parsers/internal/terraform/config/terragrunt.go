package config

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// UnitFile is the file name of the configuration of a unit. A unit deploys one module.
const UnitFile = "terragrunt.hcl"

// IsUnit reports whether a file may deploy a module with Terragrunt: it names the source of a module, includes a file
// that may, or gives inputs to the module beside it. Other files are only there to be included.
// https://terragrunt.gruntwork.io/docs/reference/config-blocks-and-attributes/#terraform
func IsUnit(name string, text []byte) bool {
	return path.Base(name) == UnitFile && (unitSource.Match(text) || unitPart.Match(text))
}

var (
	variableHeader = regexp.MustCompile(`(?m)^\s*variable\s+"([^"]+)"`)

	unitSource = regexp.MustCompile(`(?m)^(?:[^#/\n"]*[\s{])?source\s*=`)
	unitPart   = regexp.MustCompile(`(?m)^\s*(?:inputs\s*=|include\b[^=\n]*\{)`)
	configPath = regexp.MustCompile(`(?m)^\s*config_path\s*=\s*"(?:\$\{get_terragrunt_dir\(\)\}/)?([^"$]+)"`)
)

// UnitDependencies lists the files of the units that a unit may take outputs from. name is the file of the unit, text
// its content. It only searches the text, so it may list too many.
func UnitDependencies(name string, text []byte) (names []string) {
	for _, m := range configPath.FindAllSubmatch(text, -1) {
		names = append(names, unitAt(name, string(m[1])))
	}
	return names
}

// unitAt is the file of the unit in the directory that is named in the file of another.
func unitAt(name, dir string) string {
	if !strings.HasSuffix(dir, ".hcl") {
		dir = path.Join(dir, UnitFile)
	}
	return path.Join(path.Dir(name), dir)
}

// Unit is one unit of Terragrunt.
type Unit struct {
	Name string // the file
	// Source is the directory of the module, or empty if that is not inside the boundary.
	Source string

	file     *source.File
	included map[string]*source.File // by the label of include
	configs  map[string]*source.File // those that locals read, by what names them
	remote   string                  // the source of a module of elsewhere
}

// ReadUnit reads a unit and the files that it includes. find gives a file by its name, or nil. isModule says whether a
// directory holds a module. Both know only what lies inside the boundary. The diagnostics are errors. Those of the
// unit's file have a place; those of an included file have the line in the message.
func ReadUnit(
	f *source.File, find func(name string) *source.File, isModule func(dir string) bool,
) (*Unit, []source.Diagnostic) {
	u := &Unit{Name: f.Name, file: f, included: map[string]*source.File{}, configs: map[string]*source.File{}}
	r := &reader{module: &Module{sources: map[string]*source.File{f.Name: f}}}
	body := r.parse(f, false)
	for _, b := range body.Blocks {
		switch b.Type {
		case "include":
			if a := b.Body.Attributes["path"]; a != nil && len(b.Labels) < 2 {
				if file := u.include(a.Expr, find); file != nil {
					u.included[strings.Join(b.Labels, "")] = file
				}
			}
		}
	}
	u.readConfigs(body, find)
	from := sourceIn(body)
	for _, label := range u.labels() {
		file := u.included[label]
		of := &reader{module: &Module{sources: map[string]*source.File{file.Name: file}}}
		more := of.parse(file, false)
		u.readConfigs(more, find)
		from = cmp.Or(from, sourceIn(more))
		for _, d := range of.diagnostics {
			r.diagnostics = append(r.diagnostics, withLine(d, file))
		}
	}
	if from != nil {
		u.Source, u.remote = u.module(from, isModule)
	} else if dir := path.Dir(f.Name); isModule(dir) {
		u.Source = dir
	}
	return u, r.diagnostics
}

// withLine is the diagnostic with its line in the message and without its place. The place means nothing outside of
// this reading, because an included file is read for each unit.
func withLine(d source.Diagnostic, f *source.File) source.Diagnostic {
	if f.Holds(d.Span) {
		d.Message = fmt.Sprintf("line %d: %s", f.LineOf(d.Span), d.Message)
	}
	d.File, d.Span = f.Name, source.Span{}
	return d
}

// sourceIn is the source that a file names, or nil.
func sourceIn(body *hclsyntax.Body) hclsyntax.Expression {
	for _, b := range body.Blocks {
		if a := b.Body.Attributes["source"]; b.Type == "terraform" && a != nil {
			return a.Expr
		}
	}
	return nil
}

// module is the directory of the module that a source names, or its text if that is not a directory here. A function
// at the beginning of the source gives the unit's folder or one above it, so all of these are tried. Two slashes in a
// source end the folder that Terragrunt copies; they mean one slash here.
//
// Of a source that depends on a condition, the directory here counts: the other one is a release of it, as a rule.
func (u *Unit) module(x hclsyntax.Expression, isModule func(dir string) bool) (dir, remote string) {
	if c := conditional(x); c != nil {
		for _, branch := range []hclsyntax.Expression{c.TrueResult, c.FalseResult} {
			if dir, remote = u.module(branch, isModule); dir != "" {
				break
			}
		}
		return dir, remote
	}
	tail, whole := literalEnd(x)
	local := strings.ReplaceAll(tail, "//", "/")
	if whole {
		if dir = path.Join(path.Dir(u.Name), local); strings.HasPrefix(tail, ".") && isModule(dir) {
			return dir, ""
		}
		return "", tail
	}
	if local = strings.TrimLeft(local, "/"); local == "" {
		return "", ""
	}
	for at, up := path.Dir(u.Name), 0; up < mostFolders; at, up = path.Join(at, ".."), up+1 {
		if dir = path.Join(at, local); isModule(dir) {
			return dir, ""
		}
	}
	return "", ""
}

// conditional is the expression as a choice of two, without what is around it, or nil.
func conditional(x hclsyntax.Expression) *hclsyntax.ConditionalExpr {
	switch x := x.(type) {
	case *hclsyntax.ConditionalExpr:
		return x
	case *hclsyntax.ParenthesesExpr:
		return conditional(x.Expression)
	case *hclsyntax.TemplateWrapExpr:
		return conditional(x.Wrapped)
	}
	return nil
}

// mostFolders is how far up modules and included files are looked for.
const mostFolders = 8

// literalEnd is the text at the end of a template. whole says that nothing stands in front of it but the unit's own
// directory.
func literalEnd(x hclsyntax.Expression) (end string, whole bool) {
	if v := Constant(x); v.IsKnown() {
		return text(v), true
	}
	t, ok := x.(*hclsyntax.TemplateExpr)
	if !ok || len(t.Parts) == 0 {
		return "", false
	}
	last, ok := t.Parts[len(t.Parts)-1].(*hclsyntax.LiteralValueExpr)
	if !ok {
		return "", false
	}
	end = text(last.Val)
	call, ok := t.Parts[0].(*hclsyntax.FunctionCallExpr)
	if ok && len(t.Parts) == 2 && call.Name == "get_terragrunt_dir" && strings.HasPrefix(end, "/") {
		return "." + end, true
	}
	return end, false
}

// include is the file that an include names: by a path, or as one of the folders above.
// https://terragrunt.gruntwork.io/docs/reference/hcl/functions/#find_in_parent_folders
func (u *Unit) include(x hclsyntax.Expression, find func(name string) *source.File) *source.File {
	if name, whole := literalEnd(x); whole && name != "" {
		return find(path.Join(path.Dir(u.Name), name))
	}
	call, ok := x.(*hclsyntax.FunctionCallExpr)
	if !ok || call.Name != "find_in_parent_folders" {
		return nil
	}
	names := []string{UnitFile, "root.hcl"}
	if len(call.Args) > 0 {
		name, whole := literalEnd(call.Args[0])
		if !whole || name == "" {
			return nil
		}
		names = []string{name}
	}
	for at, up := path.Dir(u.Name), 0; up < mostFolders; up++ {
		at = path.Join(at, "..")
		for _, name := range names {
			if f := find(path.Join(at, name)); f != nil {
				return f
			}
		}
	}
	return nil
}

// inputs lists the arguments that an expression gives: an object, or a merge of objects. Later ones win. open says that
// there may be others, which are not known. of gives those that a reference stands for.
func inputs(
	x hclsyntax.Expression, of func(*hclsyntax.ScopeTraversalExpr) (items []hclsyntax.ObjectConsItem, open bool),
) (items []hclsyntax.ObjectConsItem, open bool) {
	switch x := x.(type) {
	case *hclsyntax.ParenthesesExpr:
		return inputs(x.Expression, of)
	case *hclsyntax.ScopeTraversalExpr:
		return of(x)
	case *hclsyntax.ObjectConsExpr:
		return x.Items, false
	case *hclsyntax.FunctionCallExpr:
		if x.Name != "merge" || x.ExpandFinal {
			return nil, true
		}
		for _, arg := range x.Args {
			more, unknown := inputs(arg, of)
			if unknown {
				items = nil // the unknown argument may replace any of them
			}
			items, open = append(items, more...), open || unknown
		}
		return items, open
	}
	return nil, true
}

// keyOf is the name of an item, or empty.
func keyOf(it hclsyntax.ObjectConsItem) string {
	if name := hcl.ExprAsKeyword(it.KeyExpr); name != "" {
		return name
	}
	name, _ := literalEnd(it.KeyExpr)
	return name
}
