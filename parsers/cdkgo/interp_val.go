package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// form says which fields of a val count.
type form int8

const (
	unknown   form = iota // not followed: missing says why
	absent                // nil, or a field that is not written
	text                  // a constant, or a token of symbol.Table
	structure             // a struct or map literal, or a pointer to one
	list                  // a slice literal, or the results of a function
	owned                 // a construct that the package makes
	result                // what a function of the CDK gave, such as a port, a policy statement or an imported VPC
)

// val is what an expression stands for, as far as it is followed. A pointer stands for what it points at. The zero val
// is unknown.
type val struct {
	form      form
	span      source.Span
	text      string      // of a text: its content, with symbol.Escape; of a result: the id it names, or ""
	fields    []field     // of a structure
	items     []*val      // of a list
	size      int         // of a structure or list: how many values it holds in all, or 0
	late      *lateFields // of a structure behind a pointer: the fields that are assigned to after it was made
	construct *construct  // of an owned one; of a result, that of an imported VPC
	name      string      // of a result: the function, such as "awsec2.Port_Tcp"
	args      []*val      // of a result: the arguments of that function
	on        *val        // of a result of a method: the receiver
	missing   fact.Missing
}

// field is a field of a struct or an entry of a map. key is where its name is written.
type field struct {
	name  string
	key   source.Span
	value *val
}

// nothing is an absent value.
var nothing = &val{form: absent}

// get is the field of that name, or nothing where it is not written. The fields of an unknown value are unknown.
func (v *val) get(name string) *val {
	switch v.form {
	case structure:
		if f, ok := v.late.get(name); ok {
			return f.value
		}
		for _, f := range v.fields {
			if f.name == name {
				return f.value
			}
		}
		return nothing
	case absent:
		return nothing
	case unknown:
		return v
	}
	return &val{span: v.span, missing: fact.Missing{Kind: fact.Expression, Name: name, Span: v.span}}
}

// spanOf is where the name of a field is written, or the whole of v where that field is not.
func (v *val) spanOf(name string) source.Span {
	if f, ok := v.late.get(name); ok {
		return f.key
	}
	for _, f := range v.fields {
		if f.name == name {
			return f.key
		}
	}
	return v.span
}

// isTrue says whether v is the constant true. An unknown v is neither true nor false.
func (v *val) isTrue() bool { return v.form == text && v.text == "true" }

// isFalse says whether v is the constant false or not written.
func (v *val) isFalse() bool { return v.form == absent || v.form == text && v.text == "false" }

// isCall says whether v is what the function of that name gave, such as "awsec2.Port_Tcp".
func (v *val) isCall(name string) bool { return v.form == result && v.name == name }

// property is v as a property of a CloudFormation resource.
func (v *val) property() value.Value {
	switch v.form {
	case absent:
		return value.Value{}
	case text:
		return value.One(v.text, v.span)
	case structure:
		out := value.Value{Kind: value.Map, Span: v.span}
		for _, f := range v.fields {
			out.Fields = append(out.Fields, propertyAt(propertyName(f.name), f.key, v.get(f.name).property()))
		}
		return out
	case list:
		out := value.ListOf(v.span)
		for _, it := range v.items {
			out.Items = append(out.Items, it.property())
		}
		return out
	case owned:
		return v.construct.ref("", v.span)
	case result:
		if v.text != "" {
			return value.One(v.text, v.span)
		}
		return value.Computed(v.span, v.missing)
	}
	return value.NotKnown(v.span, v.missing)
}

// unknownOf is v itself where it is unknown. Otherwise it is an unknown value that waits for v, which has no content
// that could be used in its place.
func unknownOf(v *val) *val {
	if v.form == unknown {
		return v
	}
	m := v.missing
	switch {
	case m.Name != "":
	case v.form == owned:
		m = fact.Missing{Kind: fact.Expression, Name: v.construct.goType + " " + v.construct.address, Span: v.span}
	default:
		m = fact.Missing{Kind: fact.Expression, Name: "an expression", Span: v.span}
	}
	return &val{span: v.span, missing: m}
}
