package report

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestIndentLaysOutAsEncodingJSONDoes(t *testing.T) {
	deep := any("end")
	for range 40 {
		deep = []any{deep}
	}
	for name, v := range map[string]any{
		"empty collections":          map[string]any{"a": []any{}, "b": map[string]any{}, "c": []any{map[string]any{}}},
		"nested collections":         map[string]any{"a": []any{1, -2.5, true, nil, map[string]any{"x": "y", "z": []any{"1", "2"}}}},
		"brackets inside of strings": map[string]any{`{"[`: `}],:`, "a": `\`, "b": `\\"`, "c": `"`, "d": "\n\t\u2028é", "": ""},
		"a scalar":                   "text",
		"forty levels":               deep,
	} {
		t.Run(name, func(t *testing.T) {
			compact, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			var want bytes.Buffer
			if err := json.Indent(&want, compact, "", "  "); err != nil {
				t.Fatal(err)
			}
			if got := indent(nil, compact, 0); string(got) != want.String() {
				t.Errorf("got\n%s\nwant\n%s", got, want.String())
			}
		})
	}
}
