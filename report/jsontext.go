package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// jsonText is JSON under way, laid out as encoding/json does with two spaces a level and without escapes for HTML. Its
// methods write one member, element or bracket each, so that a long report needs no copy in another form.
type jsonText struct {
	out   []byte
	depth int
	// inside is set once the innermost object or array has a member.
	inside bool
}

// open begins an object or array as the next value.
func (t *jsonText) open(bracket byte) {
	t.out = append(t.out, bracket)
	t.depth++
	t.inside = false
}

// close ends what open began.
func (t *jsonText) close(bracket byte) {
	t.depth--
	if t.inside {
		t.newLine()
	}
	t.out = append(t.out, bracket)
	t.inside = true
}

// next is where another member or element begins.
func (t *jsonText) next() {
	if t.inside {
		t.out = append(t.out, ',')
	}
	t.inside = true
	t.newLine()
}

func (t *jsonText) newLine() { t.out = append(t.out, margin[:1+2*t.depth]...) }

// margin is a line break and the blanks of more levels than a report has.
var margin = "\n" + strings.Repeat("  ", 16)

// name begins a member, of which the value follows. It has nothing to escape.
func (t *jsonText) name(name string) {
	t.next()
	t.out = append(t.out, '"')
	t.out = append(t.out, name...)
	t.out = append(t.out, `": `...)
}

func (t *jsonText) null(name string) {
	t.name(name)
	t.out = append(t.out, "null"...)
}

func (t *jsonText) text(name, value string) {
	t.name(name)
	t.quote(value)
}

// optional is text, or null where there is none.
func (t *jsonText) optional(name, value string) {
	if value == "" {
		t.null(name)
	} else {
		t.text(name, value)
	}
}

func (t *jsonText) number(name string, n int) {
	t.name(name)
	t.out = strconv.AppendInt(t.out, int64(n), 10)
}

func (t *jsonText) truth(name string, value bool) {
	t.name(name)
	t.out = strconv.AppendBool(t.out, value)
}

// object is a member whose own members write puts there.
func (t *jsonText) object(name string, write func()) {
	t.name(name)
	t.open('{')
	write()
	t.close('}')
}

// mostRoom bounds the room that is made for an array at once.
const mostRoom = 4 << 20

// array is a member: objects in a row, of whose members write puts those of one item there.
func array[T any](t *jsonText, name string, items []T, write func(*T)) {
	t.name(name)
	t.open('[')
	objects(t, items, write)
	t.close(']')
}

// objects are items of an array. They are much alike, so the first tells how much room the others take.
func objects[T any](t *jsonText, items []T, write func(*T)) {
	start := len(t.out)
	for i := range items {
		t.next()
		t.open('{')
		write(&items[i])
		t.close('}')
		if i == 0 {
			size := len(t.out) - start
			t.out = slices.Grow(t.out, min((size+size/8)*(len(items)-1), mostRoom))
		}
	}
}

// quote writes a string. What is not of ASCII's printable part is left to encoding/json.
func (t *jsonText) quote(s string) {
	start, done := len(t.out), 0
	t.out = append(t.out, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~':
			t.out = append(t.out[:start], escaped(s)...)
			return
		case c == '"' || c == '\\':
			t.out = append(t.out, s[done:i]...)
			t.out = append(t.out, '\\')
			done = i
		}
	}
	t.out = append(t.out, s[done:]...)
	t.out = append(t.out, '"')
}

func escaped(s string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // of a string it never fails
	return bytes.TrimSuffix(out.Bytes(), []byte{'\n'})
}
