package cloudformation

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
)

// fromJSON reads a value that is written as JSON text, as policy documents may be. Symbols inside its strings stay
// symbols; every part has the place of the whole. ok is false for text that is no JSON.
func fromJSON(v eval.Value) (out eval.Value, ok bool) {
	var content any
	if v.Kind != eval.Text || json.Unmarshal([]byte(v.Text), &content) != nil {
		return v, false
	}
	return jsonValue(content, v.Span), true
}

func jsonValue(content any, span source.Span) eval.Value {
	v := eval.Value{Kind: eval.Text, Span: span}
	switch content := content.(type) {
	case string:
		v.Text = content
	case bool:
		v.Text = strconv.FormatBool(content)
	case float64:
		v.Text = strconv.FormatFloat(content, 'f', -1, 64)
	case []any:
		v.Kind = eval.List
		for _, it := range content {
			v.Items = append(v.Items, jsonValue(it, span))
		}
	case map[string]any:
		v.Kind = eval.Map
		for _, name := range slices.Sorted(maps.Keys(content)) {
			v.Fields = append(v.Fields, eval.Field{Name: name, NameSpan: span, Value: jsonValue(content[name], span)})
		}
	default:
		v.Kind = eval.Absent
	}
	return v
}
