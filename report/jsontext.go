package report

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// jsonText is JSON under way, laid out as encoding/json does with two spaces a level and without escapes for HTML. Its
// methods write one member, element or bracket each, so that a long report needs no copy in another form.
type jsonText struct {
	bytes.Buffer
	depth int
	// inside is set once the innermost object or array has a member.
	inside bool
}

// open begins an object or array as the next value.
func (t *jsonText) open(bracket byte) {
	t.WriteByte(bracket)
	t.depth++
	t.inside = false
}

// close ends what open began.
func (t *jsonText) close(bracket byte) {
	t.depth--
	if t.inside {
		t.newLine()
	}
	t.WriteByte(bracket)
	t.inside = true
}

// next is where another member or element begins.
func (t *jsonText) next() {
	if t.inside {
		t.WriteByte(',')
	}
	t.inside = true
	t.newLine()
}

func (t *jsonText) newLine() { t.WriteString(margin[:1+2*t.depth]) }

// margin is a line break and the blanks of more levels than a report has.
var margin = "\n" + strings.Repeat("  ", 16)

// name begins a member, of which the value follows. It has nothing to escape.
func (t *jsonText) name(name string) {
	t.next()
	t.WriteByte('"')
	t.WriteString(name)
	t.WriteString(`": `)
}

func (t *jsonText) null(name string) {
	t.name(name)
	t.WriteString("null")
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
	t.Write(strconv.AppendInt(t.AvailableBuffer(), int64(n), 10))
}

func (t *jsonText) truth(name string, value bool) {
	t.name(name)
	t.WriteString(strconv.FormatBool(value))
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
	start := t.Len()
	for i := range items {
		t.next()
		t.open('{')
		write(&items[i])
		t.close('}')
		if i == 0 {
			size := t.Len() - start
			t.Grow(min((size+size/8)*(len(items)-1), mostRoom))
		}
	}
}

// quote writes a string. What is not of ASCII's printable part is left to encoding/json.
func (t *jsonText) quote(s string) {
	start, done := t.Len(), 0
	t.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~':
			t.Truncate(start)
			enc := json.NewEncoder(&t.Buffer)
			enc.SetEscapeHTML(false)
			_ = enc.Encode(s) // of a string it never fails
			t.Truncate(t.Len() - 1)
			return
		case c == '"' || c == '\\':
			t.WriteString(s[done:i])
			t.WriteByte('\\')
			done = i
		}
	}
	t.WriteString(s[done:])
	t.WriteByte('"')
}
