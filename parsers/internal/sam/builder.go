package sam

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// builder makes nodes that have the span of the text which implies them.
type builder struct{ span source.Span }

func (b builder) text(s string) *tree.Node {
	return &tree.Node{Kind: tree.Scalar, Text: s, Quoted: true, Span: b.span}
}

func (b builder) list(items ...*tree.Node) *tree.Node {
	return &tree.Node{Kind: tree.Sequence, Items: items, Span: b.span}
}

func (b builder) object(fields ...tree.Field) *tree.Node {
	return &tree.Node{Kind: tree.Mapping, Fields: fields, Span: b.span}
}

func (b builder) field(key string, value *tree.Node) tree.Field {
	return tree.Field{Key: key, KeySpan: b.span, Value: value}
}

func (b builder) ref(id string) *tree.Node { return b.object(b.field("Ref", b.text(id))) }

func (b builder) getAtt(id, attribute string) *tree.Node {
	return b.object(b.field("Fn::GetAtt", b.list(b.text(id), b.text(attribute))))
}

func (b builder) sub(text string) *tree.Node { return b.object(b.field("Fn::Sub", b.text(text))) }

// choose is {"Fn::If": [condition, then, otherwise]}.
func (b builder) choose(condition, then, otherwise *tree.Node) *tree.Node {
	return b.object(b.field("Fn::If", b.list(condition, then, otherwise)))
}
