package cloudformation

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// directives are what a template says about findings that its author accepts, in comments and in Metadata. Their
// addresses are logical ids.
func directives(f *source.File, root *tree.Node) []source.Directive {
	if !directive.Has(f.Text) {
		return nil
	}
	w := &pageWalker{file: f, resources: map[int]string{}}
	if resources := root.Get("Resources"); resources != nil {
		for _, r := range resources.Fields {
			if r.Value.Get("Type") != nil {
				w.resources[w.at(r.KeySpan).Start] = r.Key
			}
		}
	}
	w.value(root)
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
	file      *source.File
	resources map[int]string // logical ids by their places
	extents   []directive.Extent
	scalars   []directive.Range
}

func (w *pageWalker) value(n *tree.Node) {
	switch n.Kind {
	case tree.Scalar:
		w.scalars = append(w.scalars, w.at(n.Span))
	case tree.Sequence:
		for _, it := range n.Items {
			w.extents = append(w.extents, directive.Extent{Range: w.at(it.Span)})
			w.value(it)
		}
	case tree.Mapping:
		for _, f := range n.Fields {
			key, value := w.at(f.KeySpan), w.at(f.Value.Span)
			w.scalars = append(w.scalars, key)
			entry := directive.Range{Start: key.Start, End: max(key.End, value.End)}
			w.extents = append(w.extents, directive.Extent{Range: entry, Address: w.resources[key.Start]})
			w.value(f.Value)
		}
	}
}

func (w *pageWalker) at(s source.Span) directive.Range {
	return directive.Range{Start: w.file.Offset(s.Pos), End: w.file.Offset(s.End)}
}

// comments finds the comments of YAML: what begins with a # at the beginning of a line or behind a blank, and lies in
// no scalar. https://yaml.org/spec/1.2.2/#66-comments
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
