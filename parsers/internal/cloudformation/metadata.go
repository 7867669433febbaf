package cloudformation

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// metadata reads the directives in the Metadata of the template, which cover all of it, and of its resources:
//
//	Metadata:
//	  lambda-vpc-lint:
//	    ignore:
//	      - nat_unused the packets are few
//	      - {rules: [nat_unused], for: Api, reason: the packets are few}
//
// The first form is what a comment has after its verb. One entry needs no list.
func metadata(f *source.File, root *tree.Node) (out []source.Directive) {
	add := func(owner *tree.Node, covers source.Span, address string) {
		for _, entry := range entriesOf(owner.Get("Metadata").Get(directive.Tool)) {
			d := directive.Checked(entryOf(entry), "give `ignore` a list of `RULE[,RULE] [for ADDRESS] reason`, "+
				"or of objects with `rules`, `for` and `reason`")
			d.Span, d.Covers, d.Address, d.Metadata = entry.Span, covers, address, true
			out = append(out, d)
		}
	}
	add(root, f.Span(0, len(f.Text)), "")
	if resources := root.Get("Resources"); resources != nil {
		for _, r := range resources.Fields {
			add(r.Value, source.Span{Pos: r.KeySpan.Pos, End: max(r.KeySpan.End, r.Value.Span.End)}, r.Key)
		}
	}
	return out
}

// entriesOf are the entries below the tool's name; where they have another shape, the whole stands for one.
func entriesOf(tool *tree.Node) []*tree.Node {
	if tool == nil {
		return nil
	}
	ignore := tool.Get("ignore")
	switch {
	case ignore == nil:
		return []*tree.Node{tool}
	case ignore.Kind == tree.Sequence:
		return ignore.Items
	}
	return []*tree.Node{ignore}
}

func entryOf(n *tree.Node) (d source.Directive) {
	if n.Kind == tree.Scalar {
		return directive.Body(n.Text)
	}
	switch rules := n.Get("rules"); {
	case rules == nil:
	case rules.Kind == tree.Sequence:
		for _, it := range rules.Items {
			if it.Literal() != "" {
				d.Rules = append(d.Rules, it.Literal())
			}
		}
	default:
		d.Rules = directive.Body(rules.Literal()).Rules
	}
	d.For, d.Reason = n.Get("for").Literal(), n.Get("reason").Literal()
	return d
}
