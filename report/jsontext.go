package report

import (
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonText writes JSON with two spaces a level and without escapes for HTML. Its methods write one member each; the
// first error ends all that follows.
type jsonText struct {
	enc *jsontext.Encoder
	err error
}

// newJSONText escapes what breaks a line in JavaScript, and writes U+FFFD for what is not UTF-8.
func newJSONText(w io.Writer) jsonText {
	return jsonText{enc: jsontext.NewEncoder(w,
		jsontext.WithIndent("  "), jsontext.EscapeForJS(true), jsontext.AllowInvalidUTF8(true))}
}

func (t *jsonText) token(token jsontext.Token) {
	if t.err == nil {
		t.err = t.enc.WriteToken(token)
	}
}

// member is one with a value that is neither an object nor an array.
func (t *jsonText) member(name string, value jsontext.Token) {
	t.token(jsontext.String(name))
	t.token(value)
}

func (t *jsonText) null(name string)           { t.member(name, jsontext.Null) }
func (t *jsonText) text(name, value string)    { t.member(name, jsontext.String(value)) }
func (t *jsonText) number(name string, n int)  { t.member(name, jsontext.Int(int64(n))) }
func (t *jsonText) truth(name string, is bool) { t.member(name, jsontext.Bool(is)) }

// optional is text, or null where there is none.
func (t *jsonText) optional(name, value string) {
	if value == "" {
		t.null(name)
	} else {
		t.text(name, value)
	}
}

// object writes a member that is an object. write writes the members of that object.
func (t *jsonText) object(name string, write func()) {
	t.member(name, jsontext.BeginObject)
	write()
	t.token(jsontext.EndObject)
}

// array is a member: objects in a row. write puts the members of one item there.
func array[T any](t *jsonText, name string, items []T, write func(*T)) {
	t.member(name, jsontext.BeginArray)
	for i := range items {
		t.token(jsontext.BeginObject)
		write(&items[i])
		t.token(jsontext.EndObject)
	}
	t.token(jsontext.EndArray)
}
