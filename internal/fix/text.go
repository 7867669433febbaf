package fix

import (
	"bytes"
	"slices"
)

// textEdits are the edits of a step.
type textEdits struct {
	text []byte
	list []Edit
}

// replace is no edit where by stands there already.
func (t *textEdits) replace(from, to int, by string) {
	if string(t.text[from:to]) != by {
		t.list = append(t.list, Edit{from, to, by})
	}
}

// inOrder are the edits by place.
func inOrder(edits []Edit) []Edit {
	return slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int { return a.Start - b.Start })
}

// apply gives the text with all edits made, which do not overlap.
func apply(text []byte, edits []Edit) []byte {
	var out bytes.Buffer
	at := 0
	for _, e := range inOrder(edits) {
		out.Write(text[at:e.Start])
		out.WriteString(e.Text)
		at = e.End
	}
	out.Write(text[at:])
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

// isApart says whether the line before that of the offset is blank.
func (t *textEdits) isApart(at int) bool {
	line := bytes.LastIndexByte(t.text[:min(at, len(t.text))], '\n')
	return line > 0 && len(bytes.TrimSpace([]byte(t.lead(line)))) == 0
}
