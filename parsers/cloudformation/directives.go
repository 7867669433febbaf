package cloudformation

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// directives are what a template says about findings that its author accepts, in comments and in Metadata. Their
// addresses are logical ids.
func directives(f *source.File, root *tree.Node) []source.Directive {
	if !directive.Has(f.Text) {
		return nil
	}
	w := &pageWalker{file: f}
	w.value(root, 0)
	out := append(directive.Comments(f, w.comments(), w.extents), metadata(f, root)...)
	slices.SortStableFunc(out, func(a, b source.Directive) int { return a.Span.Compare(b.Span) })
	return directive.Limit(out)
}

// IncludedDirectives are those of a file that AWS::Include puts into a template: they know no address.
func IncludedDirectives(f *source.File, root *tree.Node) []source.Directive {
	out := directives(f, root)
	for i := range out {
		out[i].Address = ""
	}
	return out
}

// pageWalker collects what the places of comments depend on: the entries and items of a template, and its scalars, in
// which a # begins no comment.
type pageWalker struct {
	file    *source.File
	extents []directive.Extent
	scalars []directive.Range
}

// sectionDepth is the depth of the entries in the section Resources.
const sectionDepth = 1

func (w *pageWalker) value(n *tree.Node, depth int) {
	switch n.Kind {
	case tree.Scalar:
		w.scalars = append(w.scalars, w.at(n.Span))
	case tree.Sequence:
		for _, it := range n.Items {
			w.extents = append(w.extents, directive.Extent{Range: w.at(it.Span)})
			w.value(it, depth+1)
		}
	case tree.Mapping:
		for _, f := range n.Fields {
			w.field(f, depth, "")
		}
	}
}

// field walks one entry. In the section Resources of the template it is a resource.
func (w *pageWalker) field(f tree.Field, depth int, section string) {
	key, value := w.at(f.KeySpan), w.at(f.Value.Span)
	w.scalars = append(w.scalars, key)
	e := directive.Extent{Range: directive.Range{Start: key.Start, End: max(key.End, value.End)}}
	if depth == sectionDepth && section == "Resources" && f.Value.Get("Type") != nil {
		e.Address = f.Key
	}
	w.extents = append(w.extents, e)
	if depth == 0 && f.Value.Kind == tree.Mapping {
		for _, inner := range f.Value.Fields {
			w.field(inner, sectionDepth, f.Key)
		}
		return
	}
	w.value(f.Value, depth+1)
}

func (w *pageWalker) at(s source.Span) directive.Range {
	return directive.Range{Start: w.file.Offset(s.Pos), End: w.file.Offset(s.End)}
}

// comments finds the comments of YAML: what begins with a # at the beginning of a line or behind a blank, and lies in no
// scalar. https://yaml.org/spec/1.2.2/#66-comments
func (w *pageWalker) comments() (out []directive.Range) {
	slices.SortFunc(w.scalars, func(a, b directive.Range) int { return a.Start - b.Start })
	text := w.file.Text
	scalars := w.scalars
	for at := 0; at < len(text); at++ {
		for len(scalars) > 0 && scalars[0].Start <= at {
			at = max(at, scalars[0].End)
			scalars = scalars[1:]
		}
		if at >= len(text) || text[at] != '#' || at > 0 && !isSpace(text[at-1]) {
			continue
		}
		start := at
		for at < len(text) && text[at] != '\n' && text[at] != '\r' {
			at++
		}
		out = append(out, directive.Range{Start: start, End: at})
	}
	return out
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
