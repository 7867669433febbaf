package fix

import "bytes"

// textEdits are edits of a text, in the order of their places.
type textEdits struct {
	text  []byte
	edits []Edit
}

func (t *textEdits) replace(from, to int, by string) { t.edits = append(t.edits, Edit{from, to, by}) }

// apply gives the text with all edits made.
func (t *textEdits) apply() []byte {
	var out bytes.Buffer
	at := 0
	for _, e := range t.edits {
		out.Write(t.text[at:e.Start])
		out.WriteString(e.Text)
		at = e.End
	}
	out.Write(t.text[at:])
	return out.Bytes()
}

// lead is what stands before the offset in its line.
func (t *textEdits) lead(at int) string {
	return string(t.text[bytes.LastIndexByte(t.text[:at], '\n')+1 : at])
}

// lineEnd is the end of the line that the offset is in, before its line break.
func (t *textEdits) lineEnd(at int) int {
	n := bytes.IndexByte(t.text[at:], '\n')
	switch {
	case n < 0:
		return len(t.text)
	case n > 0 && t.text[at+n-1] == '\r':
		return at + n - 1
	}
	return at + n
}

// newline is the line break of the file.
func (t *textEdits) newline() string {
	if bytes.Contains(t.text, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}
