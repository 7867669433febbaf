package lsp

import (
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// encoding says what a character of a position is.
type encoding string

// The encodings that the server knows. A client that names none means UTF-16.
const (
	inUTF16 encoding = "utf-16"
	inUTF8  encoding = "utf-8"
)

// text is a text with the offsets at which its lines begin. A line ends at \n, \r\n or \r, as the protocol has it.
type text struct {
	bytes []byte
	lines []int
	in    encoding
}

func newText(b []byte, in encoding) *text {
	t := &text{bytes: b, lines: []int{0}, in: in}
	for i, c := range b {
		if c == '\n' || c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// position is that of a byte offset.
func (t *text) position(offset int) position {
	offset = min(max(offset, 0), len(t.bytes))
	line := sort.SearchInts(t.lines, offset+1) - 1
	return position{line, t.length(t.bytes[t.lines[line]:offset])}
}

// length counts the characters of a piece of a line.
func (t *text) length(piece []byte) (n int) {
	if t.in == inUTF8 {
		return len(piece)
	}
	for len(piece) > 0 {
		r, size := utf8.DecodeRune(piece)
		n += max(1, utf16.RuneLen(r)) // what is not UTF-8 reaches the client as one U+FFFD
		piece = piece[size:]
	}
	return n
}

// offset is the byte offset of a position. One behind the end of its line is at that end, and one inside of a
// character at its beginning.
func (t *text) offset(p position) int {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= len(t.lines) {
		return len(t.bytes)
	}
	at, end := t.lines[p.Line], t.end(p.Line)
	if t.in == inUTF8 {
		at = min(at+max(p.Character, 0), end)
		for at > t.lines[p.Line] && at < end && !utf8.RuneStart(t.bytes[at]) {
			at--
		}
		return at
	}
	for left := p.Character; at < end; {
		r, size := utf8.DecodeRune(t.bytes[at:end])
		if left -= max(1, utf16.RuneLen(r)); left < 0 {
			break
		}
		at += size
	}
	return at
}

// end is where a line ends, without its line break.
func (t *text) end(line int) int {
	end := len(t.bytes)
	if line+1 < len(t.lines) {
		end = t.lines[line+1]
	}
	for end > t.lines[line] && (t.bytes[end-1] == '\n' || t.bytes[end-1] == '\r') {
		end--
	}
	return end
}

// place is the range of the bytes from start to end.
func (t *text) place(start, end int) textRange {
	return textRange{t.position(start), t.position(max(start, end))}
}

// with is the text after a change.
func (t *text) with(c change) *text {
	if c.Range == nil {
		return newText([]byte(c.Text), t.in)
	}
	start := t.offset(c.Range.Start)
	end := max(start, t.offset(c.Range.End))
	out := make([]byte, 0, len(t.bytes)-(end-start)+len(c.Text))
	out = append(append(append(out, t.bytes[:start]...), c.Text...), t.bytes[end:]...)
	return newText(out, t.in)
}
