// Package tree reads a template, YAML or JSON, into one tree of nodes with exact places.
package tree

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Kind is the shape of a node.
type Kind int8

// The kinds.
const (
	Null Kind = iota
	Scalar
	Sequence
	Mapping
)

// Node is one value of a template. Short-form tags are read as their long form: `!Sub x` is the mapping {"Fn::Sub": x},
// and its span covers tag and value.
type Node struct {
	Kind Kind
	// Quoted tells a string that was written as one from a bare word, number or boolean.
	Quoted bool
	// Text is a scalar as written, without its quotes: "010", "true", "2010-09-09".
	Text   string
	Span   source.Span
	Fields []Field
	Items  []*Node
}

// Field is one entry of a mapping.
type Field struct {
	Key     string
	KeySpan source.Span
	Value   *Node
}

// Get returns the value of key, or nil; n may be nil.
func (n *Node) Get(key string) *Node {
	if f := n.Field(key); f != nil {
		return f.Value
	}
	return nil
}

// Field returns the entry of key, or nil; n may be nil.
func (n *Node) Field(key string) *Field {
	if n == nil {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Key == key {
			return &n.Fields[i]
		}
	}
	return nil
}

// Intrinsic returns name and argument when n is a call such as {"Fn::Join": […]} or {"Ref": …}.
func (n *Node) Intrinsic() (name string, arg *Node, ok bool) {
	if n == nil || n.Kind != Mapping || len(n.Fields) != 1 {
		return "", nil, false
	}
	key := n.Fields[0].Key
	if key == "Ref" || key == "Condition" || strings.HasPrefix(key, "Fn::") {
		return key, n.Fields[0].Value, true
	}
	return "", nil, false
}

// Literal is the text of a scalar, and "" for anything else; n may be nil.
func (n *Node) Literal() string {
	if n == nil || n.Kind != Scalar {
		return ""
	}
	return n.Text
}
