package cdkgo

import (
	"go/types"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// kind is what sort of thing an expression stands for.
type kind int8

const (
	unknown   kind = iota // not followed: missing says why
	absent                // nil, or a field that is not written
	text                  // a constant, or a token
	structure             // a struct or map literal, or a pointer to one
	list                  // a slice literal, or the results of a function
	construct             // a construct that the package makes
	result                // what a function of the CDK gave back, such as a port or a policy statement
)

// thing is what an expression stands for, as far as it is followed. Pointers do not count: a thing is what they lead to.
type thing struct {
	kind    kind
	span    source.Span
	text    string     // of a text: its content; of what is imported: its id, or a token
	typ     types.Type // of a structure
	fields  []field
	items   []*thing
	size    int    // how many things a structure or list holds in all, or 0
	cells   *cells // of a structure behind a pointer: the fields that are assigned to after it was made
	made    *made
	name    string   // of a result: the function, such as "awsec2.Port_Tcp"
	args    []*thing // of a result: its arguments
	on      *thing   // of a result of a method: its receiver
	missing fact.Missing
}

type field struct {
	name  string
	key   source.Span
	value *thing
}

// nothing is what is not written.
var nothing = &thing{kind: absent}

// get is the field or the entry name. What is not known has no known fields.
func (t *thing) get(name string) *thing {
	switch t.kind {
	case structure:
		if f, ok := t.cells.get(name); ok {
			return f.value
		}
		for _, f := range t.fields {
			if f.name == name {
				return f.value
			}
		}
		return nothing
	case absent:
		return nothing
	case unknown:
		return t
	}
	return &thing{span: t.span, missing: fact.Missing{Kind: fact.Expression, Name: name, Span: t.span}}
}

// place is where the field name is written: its name and, of a scalar, its value.
func (t *thing) place(name string) source.Span {
	if f, ok := t.cells.get(name); ok {
		return f.key
	}
	for _, f := range t.fields {
		if f.name == name {
			return f.key
		}
	}
	return t.span
}

// isTrue says that t is the constant true; isFalse, that it is false or not written.
func (t *thing) isTrue() bool  { return t.kind == text && t.text == "true" }
func (t *thing) isFalse() bool { return t.kind == absent || t.kind == text && t.text == "false" }

// value is t as the property of a resource.
func (t *thing) value() value.Value {
	switch t.kind {
	case absent:
		return value.Value{}
	case text:
		return value.Value{Kind: value.Text, Span: t.span, Text: t.text, Single: true}
	case structure:
		v := value.Value{Kind: value.Map, Span: t.span}
		for _, f := range t.fields {
			v.Fields = append(v.Fields, value.Field{Name: propertyName(f.name), NameSpan: f.key, Value: t.get(f.name).value()})
		}
		return v
	case list:
		v := value.Value{Kind: value.List, Span: t.span}
		for _, it := range t.items {
			v.Items = append(v.Items, it.value())
		}
		return v
	case construct:
		return t.made.ref("", t.span)
	case result:
		if t.text != "" {
			return known(t.text, t.span)
		}
		return value.Value{Kind: value.Unknown, Span: t.span, Set: true, Missing: []fact.Missing{t.missing}}
	}
	return value.Value{Kind: value.Unknown, Span: t.span, Missing: []fact.Missing{t.missing}}
}

// propertyName is the CloudFormation name of a field of an L1 props struct. The structs have the names of the
// properties, but for some that begin with several capitals.
func propertyName(name string) string {
	switch name {
	case "DbSubnetGroupName":
		return "DBSubnetGroupName"
	case "DbClusterIdentifier":
		return "DBClusterIdentifier"
	case "VpcSecurityGroups":
		return "VPCSecurityGroups"
	case "VpcOptions":
		return "VPCOptions"
	}
	return name
}

// known is a text that the linter itself puts in, at the place of what implies it.
func known(s string, at source.Span) value.Value {
	return value.Value{Kind: value.Text, Span: at, Text: s, Single: true}
}

// notKnown is a property of which only this is known: that it is written.
func notKnown(at source.Span, m fact.Missing) value.Value {
	return value.Value{Kind: value.Unknown, Span: at, Set: true, Missing: []fact.Missing{m}}
}

// listOf is a property that holds the items.
func listOf(at source.Span, items ...value.Value) value.Value {
	return value.Value{Kind: value.List, Span: at, Items: items}
}

// maps is a property that holds entries; those without content are left out.
func maps(at source.Span, fields ...value.Field) value.Value {
	v := value.Value{Kind: value.Map, Span: at}
	for _, f := range fields {
		if f.Value.Kind != value.Absent {
			v.Fields = append(v.Fields, f)
		}
	}
	return v
}

// entry is one entry of a property, at the place of its content.
func entry(name string, v value.Value) value.Field {
	return value.Field{Name: name, NameSpan: v.Span, Value: v}
}
