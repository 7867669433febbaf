package read

import (
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Places finds the place of each written property in v by its path, such as "VpcConfig.SubnetIds[0]": a scalar's key
// and value, the key alone of a list or map, an element itself. Of two sides of a condition the first counts.
func Places(v value.Value) graph.Places { return places{v} }

type places struct{ value value.Value }

func (p places) Place(path string) (source.Span, bool) {
	span := find(&p.value, path, true, source.Span{})
	return span, span.IsValid()
}

// find is the place of what the rest of a path leads to from v, which stands under key. Whole says that nothing of the
// path has been followed yet.
func find(v *value.Value, rest string, whole bool, key source.Span) source.Span {
	var span source.Span
	if rest == "" && !whole && v.Kind != value.Absent && v.Kind != value.Choice {
		span = place(v, key)
	}
	switch v.Kind {
	case value.Choice:
		if span = find(v.Then, rest, whole, key); !span.IsValid() {
			span = find(v.Else, rest, whole, key)
		}
	case value.Map:
		name, follows := rest, true
		if !whole {
			name, follows = strings.CutPrefix(rest, ".")
		}
		for i := 0; i < len(v.Fields) && follows && !span.IsValid(); i++ {
			f := &v.Fields[i]
			if after, ok := strings.CutPrefix(name, f.Name); ok {
				span = find(&f.Value, after, whole && f.Name == "", f.NameSpan)
			}
		}
	case value.List:
		for i := 0; i < len(v.Items) && !span.IsValid(); i++ {
			if after, ok := strings.CutPrefix(rest, "["+strconv.Itoa(i)+"]"); ok {
				span = find(&v.Items[i], after, false, source.Span{})
			}
		}
	}
	return span
}

func place(v *value.Value, key source.Span) source.Span {
	switch scalar := v.Kind == value.Text || v.Kind == value.Unknown; {
	case !key.IsValid():
		return v.Span
	case scalar && v.Span.Pos >= key.End:
		key.End = v.Span.End
	}
	return key
}

// Leaf is one Text inside a value, or an Unknown in the place of any number of them.
type Leaf struct {
	Path  string // as graph.Property has it
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
				visit(f.Value, when, join(path, strings.ToLower(strings.ReplaceAll(f.Name, "_", ""))))
			}
		case value.List:
			for _, it := range v.Items {
				visit(it, when, path)
			}
			for _, gap := range v.Open {
				unknown := value.NotKnown(v.Span, gap.Missing...)
				out = append(out, Leaf{path, when.And(gap.When), unknown})
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
