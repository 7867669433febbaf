// Package decode fills the typed structs of AWS resources from evaluated properties, and keeps beside them what a struct
// cannot hold: places, conditions, symbols, what is not known, and properties newer than the structs.
//
// The structs are those of goformation's sub-packages. They serve as a checked list of property names: a field is asked
// for by its pointer, as in d.Text(&d.P.CidrBlock), so a property name that does not exist does not compile.
package decode

import (
	"reflect"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// maxDepth bounds structs that contain themselves.
const maxDepth = 6

// Decoded is a struct and its side table. A zero field of P says nothing: ask an accessor with the field's pointer.
type Decoded[T any] struct {
	// P holds the scalars that are known in every world. Nested structs are never nil, so that their fields have
	// pointers to ask with.
	P *T
	*side
}

type side struct {
	symbols *symbol.Table
	value   eval.Value
	// fields is keyed by typed pointers, which tells a struct from its first field.
	fields map[any]eval.Value
	// Errors lists scalars that CloudFormation could not convert to the type of their property.
	Errors []Error
}

// Error is a value of the wrong type.
type Error struct {
	Path, Message string
	Span          source.Span
}

// Decode reads the map of properties into a T. Conversions are CloudFormation's own: "30" is a number, "true" a
// boolean, and a scalar is a list of one.
func Decode[T any](symbols *symbol.Table, properties eval.Value) *Decoded[T] {
	d := &Decoded[T]{P: new(T), side: &side{symbols: symbols, value: properties, fields: map[any]eval.Value{}}}
	d.fill(properties, reflect.ValueOf(d.P).Elem(), "", 0)
	return d
}

// At is the property of a field, Absent when it is not written.
func (s *side) At(field any) eval.Value { return s.fields[field] }

// Extra is a property by its name, for those that the struct does not know.
func (s *side) Extra(name string) eval.Value { return s.value.Get(name) }

// Text is the property of a field as text.
func (s *side) Text(field any) fact.Value[fact.Text] { return read.Text(s.symbols, s.At(field)) }

// Bool is the property of a field as a boolean.
func (s *side) Bool(field any) fact.Value[bool] { return read.Bool(s.symbols, s.At(field)) }

// Int is the property of a field as a number.
func (s *side) Int(field any) fact.Value[int] { return read.Int(s.symbols, s.At(field)) }

// Texts is the property of a field as a list of texts.
func (s *side) Texts(field any) fact.List[fact.Value[fact.Text]] {
	return read.Texts(s.symbols, s.At(field))
}

// Items decodes each element of a list of structs, under the condition of the element.
func Items[E, T any](d *Decoded[T], field *[]E) fact.List[*Decoded[E]] {
	return read.Each(read.Flatten(d.symbols, d.At(field)), func(v eval.Value) *Decoded[E] { return Decode[E](d.symbols, v) })
}

func (s *side) fill(v eval.Value, dst reflect.Value, path string, depth int) {
	for _, f := range propertiesOf(dst.Type()) {
		s.field(v.Get(f.name), dst.Field(f.index), path, f.name, depth)
	}
}

func (s *side) field(v eval.Value, dst reflect.Value, path, name string, depth int) {
	if v.Kind == eval.Absent {
		s.blank(dst, depth)
		return
	}
	s.fields[dst.Addr().Interface()] = v
	path = join(path, name)
	switch dst.Kind() {
	case reflect.Struct:
		s.fill(v, dst, path, depth)
	case reflect.Pointer:
		if dst.Type().Elem().Kind() == reflect.Struct {
			if depth < maxDepth {
				dst.Set(reflect.New(dst.Type().Elem()))
				s.fill(v, dst.Elem(), path, depth+1)
			}
			return
		}
		elem := reflect.New(dst.Type().Elem())
		if s.scalar(v, elem.Elem(), path) {
			dst.Set(elem)
		}
	case reflect.Slice:
		if dst.Type().Elem().Kind() == reflect.String {
			s.strings(v, dst, path)
		}
	default:
		s.scalar(v, dst, path)
	}
}

// blank gives a field that is not written the nested structs that an accessor may ask with.
func (s *side) blank(dst reflect.Value, depth int) {
	switch t := dst.Type(); {
	case t.Kind() == reflect.Struct:
		s.fill(eval.Value{}, dst, "", depth)
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && depth < maxDepth:
		dst.Set(blankOf(t.Elem(), depth+1))
	}
}

// strings sets a list of which every element is known.
func (s *side) strings(v eval.Value, dst reflect.Value, path string) {
	items := v.Items
	if v.Kind == eval.Text {
		items = []eval.Value{v}
	}
	out := reflect.MakeSlice(dst.Type(), len(items), len(items))
	for i, it := range items {
		if !s.scalar(it, out.Index(i), path) {
			return
		}
	}
	if len(items) > 0 && len(v.Open) == 0 {
		dst.Set(out)
	}
}

// scalar sets dst when v is wholly known, and notes what cannot be converted.
func (s *side) scalar(v eval.Value, dst reflect.Value, path string) bool {
	if v.Kind != eval.Text || symbol.Has(v.Text) {
		return false
	}
	ok := true
	kind := ""
	switch dst.Kind() {
	case reflect.String:
		dst.SetString(v.Text)
	case reflect.Bool:
		var b bool
		b, ok = read.ParseBool(v.Text)
		dst.SetBool(b)
		kind = "a boolean"
	case reflect.Int, reflect.Int64:
		var n int
		n, ok = read.ParseInt(v.Text)
		dst.SetInt(int64(n))
		kind = "a whole number"
	case reflect.Float64:
		var n float64
		n, ok = read.ParseFloat(v.Text)
		dst.SetFloat(n)
		kind = "a number"
	default:
		return false
	}
	if !ok {
		s.Errors = append(s.Errors, Error{Path: path, Span: v.Span, Message: path + " must be " + kind})
	}
	return ok
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
