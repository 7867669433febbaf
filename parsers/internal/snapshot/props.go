package snapshot

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// convert is the node as a property.
func convert(n *tree.Node) value.Value {
	if n == nil {
		return value.Value{}
	}
	v := value.Value{Span: n.Span}
	switch n.Kind {
	case tree.Scalar:
		v.Kind, v.Text, v.Single = value.Text, symbol.Escape(n.Text), true
	case tree.Sequence:
		v.Kind = value.List
		for _, it := range n.Items {
			v.Items = append(v.Items, convert(it))
		}
	case tree.Mapping:
		v.Kind = value.Map
		for _, f := range n.Fields {
			v.Fields = append(v.Fields, value.Field{Name: f.Key, NameSpan: f.KeySpan, Value: convert(f.Value)})
		}
	}
	return v
}

// literal is a text at the place.
func literal(text string, at source.Span) value.Value {
	return value.One(symbol.Escape(text), at)
}

// unknown is what the snapshot does not hold.
func unknown(name string, at source.Span) value.Value {
	return value.Computed(at, missing(name, at))
}

func missing(name string, at source.Span) fact.Missing {
	return fact.Missing{Kind: fact.Snapshot, Name: name, Span: at}
}

// object is a resource on its way.
type object struct{ *lower.Resource }

// make starts a resource of the type whose properties are entries of n: their names, which spaces part. "Property=Path"
// is an entry of another name; what a path leads to is a list if there is a list on the way.
func (t *thing) make(address, typ string, n *tree.Node, properties string) object {
	o := object{&lower.Resource{
		Address: address, Type: typ, Span: placeOf(n), Region: t.region,
		Properties: value.Value{Kind: value.Map, Span: n.Span},
	}}
	for word := range strings.FieldsSeq(properties) {
		name, path, renamed := strings.Cut(word, "=")
		if !renamed {
			path = name
		}
		key, rest, deep := strings.Cut(path, ".")
		f := n.Field(key)
		if f == nil || f.Value.Kind == tree.Null || f.Value.Literal() == "" && f.Value.Kind == tree.Scalar {
			continue
		}
		v := convert(f.Value)
		if deep {
			v = value.ListOf(f.Value.Span)
			for _, at := range follow(f.Value, rest) {
				v.Items = append(v.Items, convert(at))
			}
			if f.Value.Kind == tree.Mapping && len(v.Items) == 1 {
				v = v.Items[0]
			}
		}
		o.put(name, f.KeySpan, v)
	}
	return o
}

// self is make for the thing itself, under its id.
func (t *thing) self(typ, properties string) object {
	o := t.make(t.id, typ, t.node, properties)
	if f := t.node.Field(listings[t.key].id); f != nil {
		o.Span = headOf(f)
	}
	return o
}

func (o object) put(name string, key source.Span, v value.Value) {
	o.Properties.Fields = append(o.Properties.Fields, value.Field{Name: name, NameSpan: key, Value: v})
}

// set is put for a text that stands at the place of the resource.
func (o object) set(name, text string) object {
	o.put(name, o.Span, literal(text, o.Span))
	return o
}

// placeOf is the first entry of a mapping, which tells more than its bracket.
func placeOf(n *tree.Node) source.Span {
	if len(n.Fields) == 0 {
		return n.Span
	}
	return headOf(&n.Fields[0])
}

// headOf is the place of a key, and of the value if that is a scalar.
func headOf(f *tree.Field) source.Span {
	if f.Value.Kind != tree.Scalar {
		return f.KeySpan
	}
	return source.Span{Pos: f.KeySpan.Pos, End: f.Value.Span.End}
}
