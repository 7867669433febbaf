package terraform

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// converter turns the arguments of one instance into the values that both languages share. Numbers and booleans become
// text, null is Absent, and each value has the place of the nearest argument that has one.
type converter struct{ instance *eval.Instance }

// convert reads the arguments of an instance; what is not an object gives Absent.
func convert(in *eval.Instance) value.Value {
	if in.Config == cty.NilVal {
		return value.Value{Span: in.Span}
	}
	return converter{in}.value(in.Config, "", in.Span, nil)
}

func (c converter) value(v cty.Value, path string, span source.Span, outer []fact.Missing) value.Value {
	if place, ok := c.instance.Places[path]; ok {
		span = place
	}
	if s, ok := calc.SourceOf(v); ok && s.Choice != nil {
		then, otherwise := c.value(s.Choice.Then, path, span, outer), c.value(s.Choice.Else, path, span, outer)
		return value.Either(s.Choice.When, then, otherwise, span)
	}
	s, _ := calc.SourceOf(v)
	key := s.Key
	v, marks := v.Unmark()
	missing := outer
	if own := sources(marks); len(own) > 0 {
		missing = own
	}
	out := value.Value{Span: span}
	t := v.Type()
	switch {
	case v.IsNull():
	case !v.IsKnown():
		out.Kind, out.Missing = value.Unknown, missing
		out.Set = v.Range().DefinitelyNotNull()
		out.Key = key
		if len(missing) == 0 {
			out.Missing = []fact.Missing{{Kind: fact.Attribute, Name: join(c.instance.Address, path), Span: span}}
		}
	case t == cty.String:
		out.Kind, out.Text = value.Text, v.AsString()
	case t == cty.Number:
		out.Kind, out.Text = value.Text, v.AsBigFloat().Text('f', -1)
	case t == cty.Bool:
		out.Kind, out.Text = value.Text, strconv.FormatBool(v.True())
	case t.IsObjectType(), t.IsMapType():
		out.Kind, out.Fields = value.Map, make([]value.Field, 0, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			key, element := it.Element()
			key, _ = key.Unmark()
			field := c.value(element, join(path, key.AsString()), span, missing)
			out.Fields = append(out.Fields, value.Field{Name: key.AsString(), NameSpan: field.Span, Value: field})
		}
	case t.IsTupleType(), t.IsListType(), t.IsSetType():
		out.Kind, out.Items = value.List, make([]value.Value, 0, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			_, element := it.Element()
			out.Items = append(out.Items, c.value(element, path+"["+strconv.Itoa(len(out.Items))+"]", span, missing))
		}
	}
	return out
}

// sources are the facts that marks name, in a stable order.
func sources(marks cty.ValueMarks) []fact.Missing {
	var out []fact.Missing
	for mark := range marks {
		if s, ok := mark.(calc.Source); ok {
			out = append(out, s.Missing)
		}
	}
	slices.SortFunc(out, func(a, b fact.Missing) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func join(path, name string) string {
	switch {
	case path == "":
		return name
	case name == "":
		return path
	}
	return path + "." + name
}

// single is v, known to be no list whatever it is, and so each side of a choice.
func single(v value.Value) value.Value {
	if v.Kind == value.Choice {
		return value.Either(v.When, single(*v.Then), single(*v.Else), v.Span)
	}
	v.Single = true
	return v
}

// first is the only block of a kind that may be written once; of several, each under a condition, the one that is
// there. A list that is not known may hold one.
func first(v value.Value) value.Value {
	switch v.Kind {
	case value.List:
		switch {
		case len(v.Items) > 0:
			var one value.Value
			for _, it := range v.Items {
				one = read.OrElse(one, it)
			}
			return one
		case len(v.Open) > 0:
			return value.NotKnown(v.Span, v.Open[0].Missing...)
		}
		return value.Value{Span: v.Span}
	case value.Choice:
		then, otherwise := first(*v.Then), first(*v.Else)
		return value.Either(v.When, then, otherwise, v.Span)
	}
	return v
}
