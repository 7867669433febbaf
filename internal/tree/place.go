package tree

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// places turns the lines and columns of yaml.v3 into byte offsets, and finds where scalars end, which yaml.v3 does not
// tell. Its columns count runes, and its lines end at CR, U+0085, U+2028 and U+2029 too.
type places struct {
	text  []byte
	lines []int // offset at which each line begins
	ascii bool
	// control is the offset of the first control character that yaml.v3 refuses without saying where, or -1.
	control int
	// The last place that was asked for; columns of one line are mostly asked in rising order.
	line, column, offset int
}

func newPlaces(text []byte, base int) *places {
	p := &places{text: text, lines: make([]int, 1, 2+bytes.Count(text, []byte{'\n'})), ascii: true, control: -1}
	p.lines[0] = base
	for start := base; start < len(text); {
		end := indexFrom(text, '\n', start)
		if end < len(text) && printable(bytes.TrimSuffix(text[start:end], []byte{'\r'})) {
			p.lines = append(p.lines, end+1)
		} else {
			p.inspect(start, min(end+1, len(text)))
		}
		start = end + 1
	}
	return p
}

// inspect looks at each byte of [from, to), which may hold several lines.
func (p *places) inspect(from, to int) {
	for i := from; i < to; i++ {
		c := p.text[i]
		if c >= ' ' && c < 0x7F {
			continue
		}
		switch {
		case c == '\n':
			p.lines = append(p.lines, i+1)
		case c == '\r' && (i+1 == len(p.text) || p.text[i+1] != '\n'):
			p.lines = append(p.lines, i+1)
		case c >= utf8.RuneSelf:
			p.ascii = false
			if n := wideBreak(p.text[i:]); n > 0 {
				p.lines = append(p.lines, i+n)
			}
		case c != '\t' && c != '\r' && p.control < 0:
			p.control = i
		}
	}
}

// printable tells a line of nothing but printable ASCII, eight bytes at a time: of those, a byte from 0x7F on has its
// highest bit or gets it when 1 is added, and one below 0x20 does when 0x20 is taken away.
func printable(line []byte) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for ; len(line) >= 8; line = line[8:] {
		x := binary.LittleEndian.Uint64(line)
		if (x|(x+each)|(x-each*' '))&high != 0 {
			return false
		}
	}
	for _, c := range line {
		if c < ' ' || c >= 0x7F {
			return false
		}
	}
	return true
}

// wideBreak is the length of the non-ASCII line break that s begins with, or 0.
func wideBreak(s []byte) int {
	switch {
	case s[0] == 0xC2 && len(s) > 1 && s[1] == 0x85:
		return 2
	case s[0] == 0xE2 && len(s) > 2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9):
		return 3
	}
	return 0
}

// at is the offset of a 1-based line and column.
func (p *places) at(line, column int) int {
	if line < 1 || line > len(p.lines) {
		return len(p.text)
	}
	start := p.lines[line-1]
	if p.ascii {
		return min(start+column-1, len(p.text))
	}
	if line != p.line || column < p.column {
		p.line, p.column, p.offset = line, 1, start
	}
	for p.column < column && p.offset < len(p.text) {
		_, size := utf8.DecodeRune(p.text[p.offset:])
		p.offset += size
		p.column++
	}
	return p.offset
}

// space is the length of the blank or line break at offset i, or 0.
func (p *places) space(i int) int {
	switch c := p.text[i]; {
	case c == ' ', c == '\t', c == '\n', c == '\r':
		return 1
	case c >= utf8.RuneSelf:
		return wideBreak(p.text[i:])
	}
	return 0
}

// skip moves i over blanks, line breaks, comments and the bytes in also.
func (p *places) skip(i int, also string) int {
	for i < len(p.text) {
		if n := p.space(i); n > 0 {
			i += n
			continue
		}
		switch c := p.text[i]; {
		case c == '#' && (i == 0 || p.space(i-1) > 0 || strings.IndexByte("[{,", p.text[i-1]) >= 0):
			for i < len(p.text) && p.text[i] != '\n' && p.text[i] != '\r' {
				i++
			}
		case strings.IndexByte(also, c) >= 0:
			i++
		default:
			return i
		}
	}
	return i
}

// word moves i to the next blank.
func (p *places) word(i int) int {
	for i < len(p.text) && p.space(i) == 0 {
		i++
	}
	return i
}

// plainEnd is the end of the plain scalar of content value that begins at i. Lines of the text are folded in value.
func (p *places) plainEnd(i int, value string) int {
	if end := i + len(value); end <= len(p.text) && string(p.text[i:end]) == value {
		return end
	}
	for v := 0; v < len(value); {
		if n := foldedSpace(value[v:]); n > 0 {
			for v < len(value) && foldedSpace(value[v:]) > 0 {
				v += foldedSpace(value[v:])
			}
			for i < len(p.text) && p.space(i) > 0 {
				i += p.space(i)
			}
			continue
		}
		if i >= len(p.text) || p.text[i] != value[v] {
			return i
		}
		i, v = i+1, v+1
	}
	return i
}

func foldedSpace(s string) int {
	switch c := s[0]; {
	case c == ' ', c == '\t', c == '\n', c == '\r':
		return 1
	case c >= utf8.RuneSelf:
		return wideBreak([]byte(s[:min(3, len(s))]))
	}
	return 0
}

// quotedEnd is the end of the quoted scalar whose opening quote is at i.
func (p *places) quotedEnd(i int) int {
	quote := p.text[i]
	for i++; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\\' && quote == '"':
			i++
		case c != quote:
		case quote == '\'' && i+1 < len(p.text) && p.text[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(p.text)
}

// blockEnd is the end of the last line of the block scalar of content value whose `|` or `>` is at i. An empty one ends
// with its header.
func (p *places) blockEnd(i int, value string) int {
	end := i + 1
	for end < len(p.text) && strings.IndexByte("+-0123456789", p.text[end]) >= 0 {
		end++
	}
	content := strings.TrimLeft(value, "\n")
	inner := len(content) - len(strings.TrimLeft(content, " "))
	if strings.TrimSpace(value) == "" {
		return end
	}
	indent := -1
	for line := p.nextLine(i); line < len(p.text); line = p.nextLine(line) {
		first := line
		for first < len(p.text) && p.text[first] == ' ' {
			first++
		}
		if first == len(p.text) || p.text[first] == '\n' || p.text[first] == '\r' {
			continue
		}
		if indent < 0 {
			indent = max(first-line-inner, 0)
		}
		if first-line < indent {
			break
		}
		end = p.lineEnd(first)
	}
	return end
}

func (p *places) lineEnd(i int) int {
	isBreak := func(i int) bool {
		c := p.text[i]
		return c == '\n' || c == '\r' || c >= utf8.RuneSelf && wideBreak(p.text[i:]) != 0
	}
	for i < len(p.text) && !isBreak(i) {
		i++
	}
	return i
}

func (p *places) nextLine(i int) int {
	i = p.lineEnd(i)
	switch {
	case i == len(p.text):
		return i
	case p.text[i] == '\r' && i+1 < len(p.text) && p.text[i+1] == '\n':
		return i + 2
	}
	return i + p.space(i)
}
