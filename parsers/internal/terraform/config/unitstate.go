package config

import (
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// State is the kind of the backend that keeps the state of the unit, and those of its arguments whose text is known. It
// is what the unit or a file that it includes says in remote_state, or in a generate block with a backend. kind is ""
// where neither does.
// https://terragrunt.gruntwork.io/docs/reference/config-blocks-and-attributes/#remote_state
func (u *Unit) State() (kind string, arguments map[string]string) {
	files := []*source.File{u.file}
	for _, label := range u.labels() {
		files = append(files, u.included[label])
	}
	for _, f := range files {
		r := &reader{module: &Module{sources: map[string]*source.File{f.Name: f}}}
		body := r.parse(f, false)
		read := &reading{bodies: map[string]*hclsyntax.Body{}}
		own := &unitTexts{unit: u, from: f, locals: localsOf(body), read: read}
		for _, b := range body.Blocks {
			switch b.Type {
			case "remote_state":
				kind, arguments = own.remoteState(b.Body)
			case "generate":
				kind, arguments = own.generated(b.Body)
			}
			if kind != "" {
				return kind, arguments
			}
		}
	}
	return "", nil
}

// remoteState reads a remote_state block.
func (t *unitTexts) remoteState(body *hclsyntax.Body) (kind string, arguments map[string]string) {
	a, config := body.Attributes["backend"], body.Attributes["config"]
	if a == nil || config == nil {
		return "", nil
	}
	kind, _ = t.text(a.Expr, mostLocals)
	arguments = map[string]string{}
	items, _ := inputs(config.Expr, nothingKnown)
	for _, it := range items {
		if text, ok := t.text(it.ValueExpr, mostLocals); ok && keyOf(it) != "" {
			arguments[keyOf(it)] = text
		}
	}
	return kind, arguments
}

// generated reads the backend in a file that is generated beside the module.
func (t *unitTexts) generated(body *hclsyntax.Body) (kind string, arguments map[string]string) {
	a := body.Attributes["contents"]
	if a == nil {
		return "", nil
	}
	text, _ := t.text(a.Expr, mostLocals)
	if !strings.Contains(text, "backend") {
		return "", nil
	}
	m, _ := Read([]*source.File{source.NewFileSet().Add("backend.tf", []byte(text))})
	if m.Backend == nil {
		return "", nil
	}
	arguments = Texts(m.Backend.Body)
	for name, text := range arguments {
		if strings.Contains(text, unknownText) {
			delete(arguments, name)
		}
	}
	return m.Backend.Name, arguments
}

// unitTexts gives the texts of expressions in a file of a unit, as far as the files know them.
type unitTexts struct {
	unit   *Unit
	from   *source.File
	locals map[string]*hclsyntax.Attribute
	read   *reading
}

// reading is what the texts of one file share.
type reading struct {
	bodies map[string]*hclsyntax.Body // of files that are read, by name
	steps  int
}

// mostSteps bounds the expressions that the texts of one file take.
const mostSteps = 10_000

// mostLocals bounds chains of locals.
const mostLocals = 16

// unknownText stands for what is not known inside a text.
const unknownText = "\uFFFC"

// text is the text of the expression. ok is false where a part of it is not known: unknownText is in its place.
func (t *unitTexts) text(x hclsyntax.Expression, budget int) (out string, ok bool) {
	if t.read.steps++; budget == 0 || t.read.steps > mostSteps {
		return unknownText, false
	}
	if v := Constant(x); v.IsKnown() {
		out = text(v)
		return out, out != ""
	}
	switch x := x.(type) {
	case *hclsyntax.ParenthesesExpr:
		return t.text(x.Expression, budget-1)
	case *hclsyntax.TemplateWrapExpr:
		return t.text(x.Wrapped, budget-1)
	case *hclsyntax.TemplateExpr:
		ok = true
		for _, part := range x.Parts {
			if literal, is := part.(*hclsyntax.LiteralValueExpr); is {
				out += text(literal.Val)
				continue
			}
			more, known := t.text(part, budget-1)
			out, ok = out+more, ok && known
		}
		return out, ok
	case *hclsyntax.ScopeTraversalExpr:
		name, is := strings.CutPrefix(traversalText(x.Traversal), "local.")
		if is && t.locals[name] != nil {
			return t.text(t.locals[name].Expr, budget-1)
		}
		if local := t.locals[attrAt(x.Traversal, 1)]; is && local != nil {
			return t.fromConfig(local.Expr, x.Traversal, budget-1)
		}
	case *hclsyntax.FunctionCallExpr:
		switch {
		case x.Name == "path_relative_to_include":
			return t.belowInclude(), true
		case x.Name == "get_env" && len(x.Args) == 2:
			return t.text(x.Args[1], budget-1)
		}
	}
	return unknownText, false
}

// fromConfig is the text of local.NAME.locals.KEY or local.NAME.inputs.KEY, where the local reads another file.
func (t *unitTexts) fromConfig(x hclsyntax.Expression, of hcl.Traversal, budget int) (out string, ok bool) {
	f := t.unit.config(x)
	if f == nil || len(of) != 4 {
		return unknownText, false
	}
	body := t.read.bodies[f.Name]
	if body == nil {
		body = bodyOf(f)
		t.read.bodies[f.Name] = body
	}
	other := &unitTexts{unit: t.unit, from: t.from, locals: localsOf(body), read: t.read}
	switch kind, key := attrAt(of, 2), attrAt(of, 3); kind {
	case "locals":
		if a := other.locals[key]; a != nil {
			return other.text(a.Expr, budget)
		}
	case "inputs":
		if a := body.Attributes["inputs"]; a != nil {
			items, _ := inputs(a.Expr, nothingKnown)
			for _, it := range slices.Backward(items) { // the last one wins
				if keyOf(it) == key {
					return other.text(it.ValueExpr, budget)
				}
			}
		}
	}
	return unknownText, false
}

// nothingKnown is for inputs: no reference is followed.
func nothingKnown(*hclsyntax.ScopeTraversalExpr) ([]hclsyntax.ObjectConsItem, bool) { return nil, true }

// belowInclude is the folder of the unit as seen from that of the file that it includes, or from its own.
// https://terragrunt.gruntwork.io/docs/reference/hcl/functions/#path_relative_to_include
func (t *unitTexts) belowInclude() string {
	from := t.from
	if labels := t.unit.labels(); from == t.unit.file && len(labels) == 1 {
		from = t.unit.included[labels[0]]
	}
	if below := relative(path.Dir(from.Name), path.Dir(t.unit.Name)); below != "" {
		return below
	}
	return "."
}
