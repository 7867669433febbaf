package decode

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
)

// Spans maps the path of each written property, such as "VpcConfig.SubnetIds[0]", to its place: a scalar's key and
// value, the key alone of a list or map, an element itself. Of two sides of a condition the first counts.
func Spans(v eval.Value) map[string]source.Span {
	out := map[string]source.Span{}
	spans(out, v, "", source.Span{})
	return out
}

func spans(out map[string]source.Span, v eval.Value, path string, key source.Span) {
	if path != "" && v.Kind != eval.Absent && v.Kind != eval.Choice {
		place(out, v, path, key)
	}
	switch v.Kind {
	case eval.Choice:
		spans(out, *v.Then, path, key)
		spans(out, *v.Else, path, key)
	case eval.Map:
		for _, f := range v.Fields {
			spans(out, f.Value, join(path, f.Name), f.NameSpan)
		}
	case eval.List:
		for i, it := range v.Items {
			spans(out, it, path+"["+strconv.Itoa(i)+"]", source.Span{})
		}
	}
}

func place(out map[string]source.Span, v eval.Value, path string, key source.Span) {
	if _, ok := out[path]; ok {
		return
	}
	scalar := v.Kind == eval.Text || v.Kind == eval.Unknown
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
	Value eval.Value
}

// Leaves lists every Text and Unknown inside v in the order of the file; what an open list may still hold is an Unknown
// under the path of the list. skip prunes a path.
func Leaves(v eval.Value, skip func(path string) bool) []Leaf {
	var out []Leaf
	var visit func(v eval.Value, when fact.Cond, path string)
	visit = func(v eval.Value, when fact.Cond, path string) {
		if path != "" && skip(path) {
			return
		}
		switch v.Kind {
		case eval.Text, eval.Unknown:
			out = append(out, Leaf{path, when, v})
		case eval.Choice:
			visit(*v.Then, when.And(v.When), path)
			visit(*v.Else, when.And(v.When.Not()), path)
		case eval.Map:
			for _, f := range v.Fields {
				visit(f.Value, when, join(path, f.Name))
			}
		case eval.List:
			for i, it := range v.Items {
				visit(it, when, path+"["+strconv.Itoa(i)+"]")
			}
			for _, gap := range v.Open {
				out = append(out, Leaf{path, when.And(gap.When), eval.Value{Kind: eval.Unknown, Span: v.Span, Missing: gap.Missing}})
			}
		}
	}
	visit(v, fact.Always(), "")
	return out
}
