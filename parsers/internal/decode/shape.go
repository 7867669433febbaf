package decode

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// maxDepth bounds structs that contain themselves.
const maxDepth = 6

// shapes holds what reflection tells of the struct types, which never changes and is slow to ask for: reflect.Type to
// *shape. It may be used from several goroutines, as the tables of encoding/json are.
var shapes sync.Map

// shape knows the properties of a struct type by the pointers to the fields of one value of it, to which nothing is
// ever assigned.
type shape struct {
	fields reflect.Value
	// paths is keyed by typed pointers, which tells a struct from its first field.
	paths   map[any][]string
	scalars []scalar
}

// scalar is a property that must be a boolean or a number.
type scalar struct {
	path []string
	is   func(text string) bool
	want string
}

func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	s := &shape{fields: reflect.New(t), paths: map[any][]string{}}
	s.add(s.fields.Elem(), nil, 0)
	known, _ := shapes.LoadOrStore(t, s)
	return known.(*shape)
}

// Name is the property that a field of such a struct is for: what its json tag says, else its own name. An embedded
// struct has none; its fields are those of the outer one. ok is false for fields that are no properties.
func Name(f reflect.StructField) (name string, ok bool) {
	name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
	if name == "" && !f.Anonymous {
		name = f.Name
	}
	return name, name != "-"
}

// add learns the properties of the struct at path, and gives pointers something to point to so that nested fields have
// addresses.
func (s *shape) add(v reflect.Value, path []string, depth int) {
	for i := range v.NumField() {
		name, ok := Name(v.Type().Field(i))
		if !ok {
			continue
		}
		field, at := v.Field(i), path
		if name != "" {
			at = append(slices.Clip(path), name)
		}
		s.paths[field.Addr().Interface()] = at
		t := field.Type()
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		switch {
		case t.Kind() != reflect.Struct:
			s.scalar(t, at)
		case field.Kind() == reflect.Struct:
			s.add(field, at, depth)
		case depth < maxDepth:
			field.Set(reflect.New(t))
			s.add(field.Elem(), at, depth+1)
		}
	}
}

func (s *shape) scalar(t reflect.Type, path []string) {
	switch t.Kind() {
	case reflect.Bool:
		s.scalars = append(s.scalars, scalar{path, isBool, "a boolean"})
	case reflect.Int, reflect.Int64:
		s.scalars = append(s.scalars, scalar{path, isInt, "a whole number"})
	case reflect.Float64:
		s.scalars = append(s.scalars, scalar{path, isFloat, "a number"})
	}
}
