package terraform

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// words gives the arguments in v, which are at path, the names of the properties of the struct, and their shapes: a
// block that may be written once is a map, and what is a list is one even where a token stands for it. Arguments that
// the struct does not know keep their names. Tags have a shape of their own and are left out.
func (x *expansion) words(v value.Value, shape reflect.Type, path string) value.Value {
	switch v.Kind {
	case value.Choice:
		return value.Either(v.When, x.words(*v.Then, shape, path), x.words(*v.Else, shape, path), v.Span)
	case value.Map:
		out := v
		out.Fields = make([]value.Field, 0, len(v.Fields))
		for _, f := range v.Fields {
			argument := path + "." + f.Name
			if property, ok := propertyOf(shape, argument, f.Name); ok && property.name != "Tags" {
				f.Name, f.Value = property.name, x.shaped(f.Value, property.typ, argument)
				out.Fields = append(out.Fields, f)
			}
		}
		return out
	}
	return v
}

// shaped gives v the shape of a property of type t.
func (x *expansion) shaped(v value.Value, t reflect.Type, path string) value.Value {
	switch t = base(t); t.Kind() {
	case reflect.Struct:
		return x.words(first(v), t, path)
	case reflect.Slice:
		if element := base(t.Elem()); element.Kind() == reflect.Struct {
			return mapItems(x.opened(v), func(item value.Value) value.Value { return x.words(item, element, path) })
		}
		return x.opened(v)
	case reflect.Map, reflect.Interface:
		return v
	}
	return single(x.written(v))
}

func base(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// inside is words for a whole resource, or one that is written inside of another. Of one that is not known, no property
// is.
func (x *expansion) inside(v value.Value, shape reflect.Type, path string) value.Value {
	if v.Kind != value.Unknown {
		return x.words(v, shape, path)
	}
	out := value.Value{Kind: value.Map, Span: v.Span}
	for _, name := range slices.Sorted(maps.Keys(propertiesOf(shape))) {
		set(&out, propertiesOf(shape)[name].name, v.Get(name))
	}
	return out
}

// mapItems is the list v with every element turned into another. A map is the only element of one.
func mapItems(v value.Value, f func(value.Value) value.Value) value.Value {
	switch v.Kind {
	case value.Choice:
		return value.Either(v.When, mapItems(*v.Then, f), mapItems(*v.Else, f), v.Span)
	case value.List:
		items := make([]value.Value, len(v.Items))
		for i, it := range v.Items {
			items[i] = f(it)
		}
		v.Items = items
	case value.Map:
		return f(v)
	}
	return v
}

// property is a field of the struct that knows the properties of a type.
type property struct {
	name string
	typ  reflect.Type
}

// shapes holds the properties of each struct, by their names in small letters: reflect.Type to map[string]property. It
// may be used from several goroutines, as programs are lowered at the same time.
var shapes sync.Map

// propertyOf is the property that is called name in Terraform and stands at the path.
func propertyOf(shape reflect.Type, path, name string) (property, bool) {
	if other, ok := irregularArguments[path]; ok {
		name = other
	}
	p, ok := propertiesOf(shape)[strings.ToLower(strings.ReplaceAll(name, "_", ""))]
	return p, ok
}

func propertiesOf(shape reflect.Type) map[string]property {
	all, ok := shapes.Load(shape)
	if !ok {
		all, _ = shapes.LoadOrStore(shape, properties(shape, map[string]property{}))
	}
	return all.(map[string]property)
}

func properties(shape reflect.Type, out map[string]property) map[string]property {
	for i := range shape.NumField() {
		f := shape.Field(i)
		name, ok := decode.Name(f)
		switch {
		case ok && name == "":
			properties(f.Type, out)
		case ok:
			out[strings.ToLower(name)] = property{name, f.Type}
		}
	}
	return out
}

// written is v, or Absent in the cases in which it is the empty text, which is how a condition leaves an argument out:
// the provider does not send it.
func (x *expansion) written(v value.Value) value.Value {
	return x.mapText(v, func(v value.Value) value.Value {
		if v.Text == "" {
			return value.Value{Span: v.Span}
		}
		return x.oneFound(v)
	})
}

// mapText turns every text that v may be into another value.
func (x *expansion) mapText(v value.Value, f func(value.Value) value.Value) value.Value {
	v = read.Expand(x.symbols, v)
	switch v.Kind {
	case value.Choice:
		return value.Either(v.When, x.mapText(*v.Then, f), x.mapText(*v.Else, f), v.Span)
	case value.Text:
		return f(v)
	}
	return v
}

// opened is the list v. A token in its place stands for a whole list, and one of what a data source finds for that.
func (x *expansion) opened(v value.Value) value.Value {
	v = read.Expand(x.symbols, v)
	if found, ok := x.lookedUp(v); ok {
		return found
	}
	switch s, token := x.symbols.Only(v.Text); {
	case v.Kind == value.Choice:
		return value.Either(v.When, x.opened(*v.Then), x.opened(*v.Else), v.Span)
	case v.Kind == value.List:
		return mapItems(v, func(one value.Value) value.Value { return x.mapText(one, x.oneFound) })
	case v.Kind == value.Text && token && !v.Single:
		return value.Value{Kind: value.Unknown, Span: v.Span, Missing: []fact.Missing{s.Missing}, Key: s.Key}
	}
	return v
}

// self is how other properties name the resource.
func self(r *resource) value.Value { return value.One(r.Address, r.Span) }

// made is a map of properties, given by their names and values in turn.
func made(span source.Span, pairs ...any) value.Value {
	out := value.Value{Kind: value.Map, Span: span}
	for i := 0; i < len(pairs); i += 2 {
		set(&out, pairs[i].(string), pairs[i+1].(value.Value))
	}
	return out
}

// set gives the map an entry. An Absent value takes it away.
func set(m *value.Value, name string, v value.Value) {
	m.Kind = value.Map
	for i := range m.Fields {
		if m.Fields[i].Name == name {
			m.Fields[i].Value = v
			return
		}
	}
	if v.Kind != value.Absent {
		m.Fields = append(m.Fields, value.Field{Name: name, NameSpan: v.Span, Value: v})
	}
}

// restate gives the resource other properties than those of its arguments; the tags stay.
func restate(r *resource, properties value.Value) {
	for _, tags := range []string{"Tags", lower.DefaultTags} {
		set(&properties, tags, r.stated.Get(tags))
	}
	r.stated.Properties = properties
}

// move hands the cases in which a property names a resource of the kind over to the property that CloudFormation has
// for that. What is not known may be of the kind; it is then in both, if both says so.
func (x *expansion) move(m *value.Value, from, to string, k aws.Kind, both bool) {
	stays, moves := x.split(m.Get(from), k, both)
	if moves.Kind != value.Absent {
		set(m, from, stays)
		set(m, to, read.OrElse(m.Get(to), moves))
	}
}

func (x *expansion) split(v value.Value, k aws.Kind, both bool) (stays, moves value.Value) {
	switch s, ok := x.symbols.Only(v.Text); {
	case v.Kind == value.Choice:
		stays1, moves1 := x.split(*v.Then, k, both)
		stays2, moves2 := x.split(*v.Else, k, both)
		if moves1.Kind != value.Absent || moves2.Kind != value.Absent {
			moves = value.Either(v.When, moves1, moves2, v.Span)
		}
		return value.Either(v.When, stays1, stays2, v.Span), moves
	case v.Kind == value.Unknown && both:
		return v, v
	case v.Kind == value.Text && ok && k.IsIdentity(x.typeOf(s.Address), s.Attribute):
		return value.Value{Span: v.Span}, v
	}
	return v, value.Value{}
}

// typeOf is the type of the resource at the address, empty for a data source and where there is none.
func (x *expansion) typeOf(address string) string {
	if r := x.resources[address]; r != nil && !r.Data {
		return r.Type
	}
	return ""
}
