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

// UnitFile is what Terragrunt calls the configuration of one unit, which deploys one module.
const UnitFile = "terragrunt.hcl"

// IsUnit reports that a file may deploy a module with Terragrunt: it names the source of one or includes a file that
// does, or gives inputs to the module beside it. All others are only there to be included.
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

// UnitDependencies tells by a look at the text of a unit which others it takes outputs from, by their files.
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
	// Source is the directory of the module, or empty when it is not one of the boundary.
	Source string

	file     *source.File
	included map[string]*source.File // by the label of include
	remote   string                  // the source of a module of elsewhere
}

// ReadUnit reads a unit. Find gives a file that is included, and says whether a directory holds a module; both know
// what lies inside the boundary only. The errors are those of the unit's file, with their places, and those of the
// files that it includes, with their lines.
func ReadUnit(f *source.File, find func(name string) *source.File, isModule func(dir string) bool) (*Unit, []source.Diagnostic) {
	u := &Unit{Name: f.Name, file: f, included: map[string]*source.File{}}
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
	from := sourceIn(body)
	for _, label := range u.labels() {
		file := u.included[label]
		of := &reader{module: &Module{sources: map[string]*source.File{file.Name: file}}}
		from = cmp.Or(from, sourceIn(of.parse(file, false)))
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

// withLine is a diagnostic of a file whose places mean nothing to others.
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

// module is the directory that a source leads to, or its text where that is elsewhere. What a function stands for at
// the beginning is a folder above the unit; two slashes part what is copied from the module in it.
func (u *Unit) module(x hclsyntax.Expression, isModule func(dir string) bool) (dir, remote string) {
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

// mostFolders is how far up modules and included files are looked for.
const mostFolders = 8

// literalEnd is the text at the end of a template, and whether it is all of it, apart from the unit's own directory.
func literalEnd(x hclsyntax.Expression) (end string, whole bool) {
	if v, diags := x.Value(nil); !diags.HasErrors() {
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
	if call, ok := t.Parts[0].(*hclsyntax.FunctionCallExpr); ok && len(t.Parts) == 2 && call.Name == "get_terragrunt_dir" && strings.HasPrefix(end, "/") {
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

// inputs are the arguments that an expression gives, in the order in which later ones win: those of an object, and of a
// merge of them. Open is set when others may be given too, which then are not known.
func inputs(x hclsyntax.Expression) (items []hclsyntax.ObjectConsItem, open bool) {
	switch x := x.(type) {
	case *hclsyntax.ParenthesesExpr:
		return inputs(x.Expression)
	case *hclsyntax.ObjectConsExpr:
		return x.Items, false
	case *hclsyntax.FunctionCallExpr:
		if x.Name != "merge" || x.ExpandFinal {
			return nil, true
		}
		for _, arg := range x.Args {
			more, unknown := inputs(arg)
			if unknown {
				items = nil // any of them may be given anew
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
