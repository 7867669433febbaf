package read

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Spans maps the path of each written property, such as "VpcConfig.SubnetIds[0]", to its place: a scalar's key and
// value, the key alone of a list or map, an element itself. Of two sides of a condition the first counts.
func Spans(v value.Value) map[string]source.Span {
	out := map[string]source.Span{}
	spans(out, v, "", source.Span{})
	return out
}

func spans(out map[string]source.Span, v value.Value, path string, key source.Span) {
	if path != "" && v.Kind != value.Absent && v.Kind != value.Choice {
		place(out, v, path, key)
	}
	switch v.Kind {
	case value.Choice:
		spans(out, *v.Then, path, key)
		spans(out, *v.Else, path, key)
	case value.Map:
		for _, f := range v.Fields {
			spans(out, f.Value, join(path, f.Name), f.NameSpan)
		}
	case value.List:
		for i, it := range v.Items {
			spans(out, it, path+"["+strconv.Itoa(i)+"]", source.Span{})
		}
	}
}

func place(out map[string]source.Span, v value.Value, path string, key source.Span) {
	if _, ok := out[path]; ok {
		return
	}
	scalar := v.Kind == value.Text || v.Kind == value.Unknown
	switch {
	case !key.IsValid():
		key = v.Span
	case scalar && v.Span.Pos >= key.End:
		key.End = v.Span.End
	}
	if key.IsValid() {
		out[path] = key
	}
}

// Leaf is one Text inside a value, or an Unknown in the place of any number of them.
type Leaf struct {
	Path  string
	When  fact.Cond
	Value value.Value
}

// Leaves lists every Text and Unknown inside v in the order of the file; what an open list may still hold is an Unknown
// under the path of the list. skip prunes a path.
func Leaves(v value.Value, skip func(path string) bool) []Leaf {
	var out []Leaf
	var visit func(v value.Value, when fact.Cond, path string)
	visit = func(v value.Value, when fact.Cond, path string) {
		if path != "" && skip(path) {
			return
		}
		switch v.Kind {
		case value.Text, value.Unknown:
			out = append(out, Leaf{path, when, v})
		case value.Choice:
			visit(*v.Then, when.And(v.When), path)
			visit(*v.Else, when.And(v.When.Not()), path)
		case value.Map:
			for _, f := range v.Fields {
				visit(f.Value, when, join(path, f.Name))
			}
		case value.List:
			for i, it := range v.Items {
				visit(it, when, path+"["+strconv.Itoa(i)+"]")
			}
			for _, gap := range v.Open {
				out = append(out, Leaf{path, when.And(gap.When), value.Value{Kind: value.Unknown, Span: v.Span, Missing: gap.Missing}})
			}
		}
	}
	visit(v, fact.Always(), "")
	return out
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
