package read

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// maxNesting bounds JSON text: IAM documents are five levels deep.
const maxNesting = 32

// fromJSON reads a text that is a JSON object into a Map, all of it at the place of the text. Tokens in its strings are
// kept.
func fromJSON(v value.Value) (value.Value, bool) {
	if v.Kind != value.Text || !strings.HasPrefix(strings.TrimSpace(v.Text), "{") {
		return value.Value{}, false
	}
	d := json.NewDecoder(strings.NewReader(v.Text))
	d.UseNumber()
	out, err := jsonValue(d, v.Span, 0)
	if err != nil {
		return value.Value{}, false
	}
	_, err = d.Token()
	return out, errors.Is(err, io.EOF)
}

var errNesting = errors.New("nested too deeply")

func jsonValue(d *json.Decoder, span source.Span, depth int) (value.Value, error) {
	if depth > maxNesting {
		return value.Value{}, errNesting
	}
	t, err := d.Token()
	if err != nil {
		return value.Value{}, err
	}
	out := value.Value{Kind: value.Text, Span: span, Single: true}
	switch t := t.(type) {
	case nil:
		return value.Value{Span: span}, nil
	case string:
		out.Text = t
	case json.Number:
		out.Text = t.String()
	case bool:
		out.Text = "false"
		if t {
			out.Text = "true"
		}
	case json.Delim:
		out.Kind = value.List
		if t == '{' {
			out.Kind = value.Map
		}
		for d.More() {
			name := ""
			if t == '{' {
				key, err := d.Token()
				if err != nil {
					return out, err
				}
				name, _ = key.(string)
			}
			item, err := jsonValue(d, span, depth+1)
			if err != nil {
				return out, err
			}
			if t == '{' {
				out.Fields = append(out.Fields, value.Field{Name: name, NameSpan: span, Value: item})
			} else {
				out.Items = append(out.Items, item)
			}
		}
		_, err = d.Token()
	}
	return out, err
}
