package tree

import (
	"bytes"
	"errors"
	"io"
	"sort"
	"sync/atomic"

	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/parallel"
)

// partBytes is about how long a part of a large text is. Texts of less than two parts are read as a whole. Parts from 8 to
// 192 KB take the same time in all; short ones leave no core waiting for the last.
const partBytes = 24 << 10

// inParts reads a large template in parts of about size bytes, several at once: the text up to an entry of the largest
// section, runs of further entries, and what follows the section. It gives nil unless the parts certainly make the same
// tree as the whole, and without an error: then the whole has to be read, which finds what is wrong in its own words.
//
// Each part must be one document of its own, so no quoted text or bracket is open where the text is cut. A cut is
// before a key in the column of the section's entries, and the part before it must end inside that section, so there
// the key closes all that is deeper and goes on with the same mapping. Anchors of one part are unknown in another, which
// is an error there.
func (y *yamlReader) inParts(size int) *Node {
	if len(y.text) < 2*size || y.odd {
		return nil
	}
	s, single := y.largestSection()
	if !single {
		return nil
	}
	bounds := y.cuts(&s, size)
	if len(bounds) < 3 {
		return nil
	}
	parts := make([]part, len(bounds)-1)
	var failed atomic.Bool
	parallel.Each(len(parts), func(i int) {
		p := &parts[i]
		*p = part{from: bounds[i], to: bounds[i+1], column: s.column, depth: 2}
		if i == 0 || bounds[i] == s.end {
			p.column, p.depth = 1, 1
		}
		if !failed.Load() && !y.readPart(p) {
			failed.Store(true)
		}
	})
	if failed.Load() || !parts[0].endsInside(s) {
		return nil
	}
	return y.join(parts)
}

// section is the entry of the template on the lines from start, which holds its key alone, to before end, both counted
// from 0. Column is that of the keys of its own entries, counted from 1.
type section struct{ start, end, column int }

// largestSection finds the longest run of lines between two entries of the template, if the first is a bare key. Single
// is false when a line begins with the mark of another document.
func (y *yamlReader) largestSection() (largest section, single bool) {
	start, longest := -1, 0
	for n := 0; n <= len(y.lines); n++ {
		line := y.lineText(n)
		if n < len(y.lines) {
			switch {
			case len(line) == 0 || line[0] == ' ' || line[0] == '#' || line[0] == '\r' || line[0] == '\n':
				continue
			case n > 0 && (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("..."))):
				return section{}, false
			}
		}
		if start >= 0 && y.lineStart(n)-y.lines[start] > longest {
			longest = y.lineStart(n) - y.lines[start]
			largest = section{start: start, end: n}
		}
		start = -1
		if isKey(line) {
			start = n
		}
	}
	return largest, true
}

// cuts lists the lines at which parts begin, and the end of the text. The first line of the section that holds anything
// gives it its column.
func (y *yamlReader) cuts(s *section, size int) []int {
	bounds := []int{0}
	for n := s.start + 1; n < s.end; n++ {
		line := y.lineText(n)
		content := bytes.TrimLeft(line, " ")
		indent := len(line) - len(content)
		switch {
		case len(content) == 0 || bytes.IndexByte([]byte("#\r\n"), content[0]) >= 0:
			continue
		case s.column == 0:
			s.column = indent + 1
		case indent != s.column-1 || !isKey(content):
			continue
		default:
			bounds = append(bounds, n)
		}
		// The lines in which this part is too short need no look.
		next := sort.SearchInts(y.lines, y.lines[bounds[len(bounds)-1]]+size)
		n = max(n, next-1)
	}
	if s.end < len(y.lines) {
		bounds = append(bounds, s.end)
	}
	return append(bounds, len(y.lines))
}

// lineStart is the offset of a line, counted from 0; behind the last it is the end of the text.
func (p *places) lineStart(n int) int {
	if n < len(p.lines) {
		return p.lines[n]
	}
	return len(p.text)
}

// lineText is a line, counted from 0, with its line break.
func (p *places) lineText(n int) []byte { return p.text[p.lineStart(n):p.lineStart(n+1)] }

// isKey tells a line that is a logical id or the name of a section, and a colon.
func isKey(line []byte) bool {
	name, rest, found := bytes.Cut(line, []byte(":"))
	if !found || len(name) == 0 || len(bytes.TrimSpace(rest)) > 0 {
		return false
	}
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// part is the text of the lines [from, to), of which the mapping stands in the column and at the depth in the whole.
type part struct {
	from, to, column, depth int

	mapping *yaml.Node
	node    *Node
	nodes   int
}

// readPart reads the part, which must be one document with a block mapping, free of errors.
func (y *yamlReader) readPart(p *part) bool {
	start, end := y.lineStart(p.from), y.lineStart(p.to)
	decoder := yaml.NewDecoder(bytes.NewReader(y.text[start:end]))
	var document, second yaml.Node
	if decode(decoder, &document) != nil || !errors.Is(decode(decoder, &second), io.EOF) {
		return false
	}
	if len(document.Content) == 0 || !isBlock(document.Content[0], p.column) {
		return false
	}
	places := *y.places
	places.above = p.from
	own := &yamlReader{reader: &reader{file: y.file}, places: &places}
	p.mapping = document.Content[0]
	p.node, _ = own.convert(p.mapping, p.depth)
	p.nodes = own.nodes
	// An empty value stands where the next token does, which at the end of a part is not where it is in the whole.
	return len(own.diagnostics)+len(own.repeated) == 0 && (p.to == len(y.lines) || y.file.Offset(p.node.Span.End) < end)
}

// isBlock tells a mapping in block style, without a tag or an anchor or a merge key, of which the keys begin in the
// column.
func isBlock(n *yaml.Node, column int) bool {
	if n.Kind != yaml.MappingNode || n.Style != 0 || n.Anchor != "" || len(n.Content) == 0 || n.Content[0].Column != column {
		return false
	}
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Tag == "!!merge" {
			return false
		}
	}
	return true
}

// endsInside says whether the last entry of the first part is the section.
func (p *part) endsInside(s section) bool {
	key, value := p.mapping.Content[len(p.mapping.Content)-2], p.mapping.Content[len(p.mapping.Content)-1]
	return key.Line == s.start+1 && isBlock(value, s.column)
}

// join puts the entries of the parts into the first and gives the tree.
func (y *yamlReader) join(parts []part) *Node {
	check := &reader{file: y.file}
	root := parts[0].node
	inner := root.Fields[len(root.Fields)-1].Value
	for _, p := range parts[1:] {
		into := inner
		if p.depth == 1 {
			into = root
		}
		into.Fields = append(into.Fields, p.node.Fields...)
		into.Span.End = max(into.Span.End, p.node.Span.End)
		root.Span.End = max(root.Span.End, into.Span.End)
	}
	nodes := 0
	for _, p := range parts {
		nodes += p.nodes
	}
	check.unique(inner)
	check.unique(root)
	if len(check.repeated) > 0 || nodes > maxNodes {
		return nil
	}
	return root
}
