// Package decode reads evaluated properties by the typed structs of AWS resources, as values that may be conditional,
// symbolic or not known.
//
// The structs are those of goformation's sub-packages, and ones that embed them for newer properties. They serve as a
// checked list of property names: a field is asked for by its pointer, as in d.Text(&d.P.CidrBlock), so a property name
// that does not exist does not compile.
package decode

import (
	"reflect"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Decoded is properties and the struct type that names them.
type Decoded[T any] struct {
	// P has the pointers to ask with, those of nested structs too, and no values: it is the same for all of a type.
	P *T
	properties
}

type properties struct {
	symbols *symbol.Table
	value   value.Value
	shape   *shape
}

// Decode reads the map of properties as a T.
func Decode[T any](symbols *symbol.Table, value value.Value) *Decoded[T] {
	s := shapeOf(reflect.TypeFor[T]())
	return &Decoded[T]{P: s.fields.Interface().(*T), properties: properties{symbols, value, s}}
}

// At is the property of a field, Absent when it is not written.
func (p *properties) At(field any) value.Value {
	path := p.shape.paths[field]
	if path == nil {
		return value.Value{}
	}
	v, rest := known(&p.value, path)
	if v == nil {
		return value.Value{}
	}
	out := *v
	for _, name := range rest {
		out = out.Get(name)
	}
	return out
}

// known follows the path through maps. It gives nil when the path ends at one, and what is left of it at any other
// value.
func known(v *value.Value, path []string) (*value.Value, []string) {
	for len(path) > 0 && v != nil && v.Kind == value.Map {
		v, path = v.Entry(path[0]), path[1:]
	}
	return v, path
}

// Text is the property of a field as text.
func (p *properties) Text(field any) fact.Value[fact.Text] { return read.Text(p.symbols, p.At(field)) }

// Bool is the property of a field as a boolean.
func (p *properties) Bool(field any) fact.Value[bool] { return read.Bool(p.symbols, p.At(field)) }

// Int is the property of a field as a number.
func (p *properties) Int(field any) fact.Value[int] { return read.Int(p.symbols, p.At(field)) }

// Texts is the property of a field as a list of texts.
func (p *properties) Texts(field any) fact.List[fact.Value[fact.Text]] {
	return read.Texts(p.symbols, p.At(field))
}

// Items decodes each element of a list of structs, under the condition of the element.
func Items[E, T any](d *Decoded[T], field *[]E) fact.List[*Decoded[E]] {
	return read.Each(read.Flatten(d.symbols, d.At(field)), func(v value.Value) *Decoded[E] {
		return Decode[E](d.symbols, v)
	})
}

// Errors lists the scalars that CloudFormation could not convert to the type of their property. Conversions are
// CloudFormation's own: "30" is a number and "true" a boolean. Elements of lists are not looked at.
func (p *properties) Errors() []source.Diagnostic {
	var out []source.Diagnostic
	for _, s := range p.shape.scalars {
		v, rest := known(&p.value, s.path)
		if v == nil || len(rest) > 0 || v.Kind != value.Text || symbol.Has(v.Text) || s.is(v.Text) {
			continue
		}
		out = append(out, source.Diagnostic{Span: v.Span, Message: strings.Join(s.path, ".") + " must be " + s.want})
	}
	return out
}

func isBool(text string) bool {
	_, ok := read.ParseBool(text)
	return ok
}

func isInt(text string) bool {
	_, ok := read.ParseInt(text)
	return ok
}

func isFloat(text string) bool {
	_, ok := read.ParseFloat(text)
	return ok
}
