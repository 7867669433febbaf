package config

import (
	"bytes"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// directives are what the comments of a file in native syntax say about findings that its author accepts.
func directives(f *source.File, body *hclsyntax.Body) []source.Directive {
	var comments []directive.Range
	tokens, _ := hclsyntax.LexConfig(f.Text, f.Name, hcl.InitialPos) // what is no token has been said by the parser
	for _, t := range tokens {
		if t.Type == hclsyntax.TokenComment {
			text := bytes.TrimRight(f.Text[t.Range.Start.Byte:t.Range.End.Byte], "\r\n")
			comments = append(comments, directive.Range{Start: t.Range.Start.Byte, End: t.Range.Start.Byte + len(text)})
		}
	}
	var w extents
	w.body(body, true)
	return directive.Limit(directive.Comments(f, comments, w))
}

// extents collects what a comment may speak about: blocks, arguments, and the elements of their values.
type extents []directive.Extent

func (w *extents) add(address string, parts ...hcl.Range) {
	at := directive.Range{Start: parts[0].Start.Byte, End: parts[len(parts)-1].End.Byte}
	*w = append(*w, directive.Extent{Range: at, Address: address})
}

func (w *extents) body(b *hclsyntax.Body, top bool) {
	for _, a := range b.Attributes {
		w.add("", a.SrcRange)
		w.elements(a.Expr)
	}
	for _, block := range b.Blocks {
		address := ""
		if top {
			address = addressOf(block.Type, block.Labels)
		}
		w.add(address, block.TypeRange, block.CloseBraceRange)
		w.body(block.Body, false)
	}
}

func (w *extents) elements(x hclsyntax.Expression) {
	_ = hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.TupleConsExpr:
			for _, e := range n.Exprs {
				w.add("", e.Range())
			}
		case *hclsyntax.ObjectConsExpr:
			for _, it := range n.Items {
				w.add("", it.KeyExpr.Range(), it.ValueExpr.Range())
			}
		}
		return nil
	})
}

// addressOf is the address within the module of a block with these labels, or "" for one that has none.
func addressOf(kind string, labels []string) string {
	switch {
	case kind == "resource" && len(labels) == 2:
		return labels[0] + "." + labels[1]
	case kind == "data" && len(labels) == 2:
		return "data." + labels[0] + "." + labels[1]
	case kind == "module" && len(labels) == 1:
		return "module." + labels[0]
	}
	return ""
}

// jsonDirectives are what the members of the name // say, each about the object that it is in.
// https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
func jsonDirectives(f *source.File, root jsonValue) []source.Directive {
	w := &notes{file: f}
	w.value(root, root.at, nil)
	slices.SortStableFunc(w.out, func(a, b source.Directive) int { return a.Span.Compare(b.Span) })
	return directive.Limit(w.out)
}

type notes struct {
	file *source.File
	out  []source.Directive
}

// value walks v, which is the member at the path or an element of it; covers is its place, with its name if it has one.
func (w *notes) value(v jsonValue, covers hcl.Range, path []string) {
	for _, it := range v.items {
		if it.isObject() {
			w.value(it, it.at, path)
		}
	}
	for _, f := range v.fields {
		w.value(f.value, hcl.RangeBetween(f.at, f.value.at), append(slices.Clip(path), f.name))
	}
	for _, note := range v.notes {
		for _, line := range note.value.list() {
			text, _ := line.token.(string)
			d, ok := directive.Comment(text)
			if !ok {
				continue
			}
			if len(path) > 1 {
				d.Address = addressOf(path[0], path[1:])
			}
			d.Span, d.Covers = w.span(line.at), w.span(covers)
			w.out = append(w.out, d)
		}
	}
}

func (w *notes) span(r hcl.Range) source.Span { return w.file.Span(r.Start.Byte, r.End.Byte) }
