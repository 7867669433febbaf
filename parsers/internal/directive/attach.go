package directive

import (
	"bytes"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Range is a stretch of a file in bytes, End exclusive.
type Range struct{ Start, End int }

// Extent is a syntax node that a directive may speak about.
type Extent struct {
	Range
	// Address is that of the resource or call that the node is, or empty.
	Address string
}

// signs begin and end comments, and stand at the beginning of lines inside of long ones.
const signs = "#/* \t\r\n"

const lineBreaks = "\r\n"

// Comments makes directives of the comments of a file: all of them, sorted. A comment behind something speaks about the
// largest extent that begins in its line, one that stands alone about that in the next line that holds something else;
// where none begins, about the line. It takes time in proportion to the file, whatever the comments are.
func Comments(f *source.File, comments []Range, extents []Extent) (out []source.Directive) {
	p := newPage(f.Text, extents)
	alone, next := p.surroundings(comments)
	for i, c := range comments {
		for _, line := range p.lines(c) {
			d, ok := Comment(string(bytes.Trim(p.text[line.Start:line.End], signs)))
			if !ok {
				continue
			}
			at := c.Start
			if alone[i] {
				at = next[i]
			}
			covers := p.largest(at)
			d.Span, d.Covers, d.Address = f.Span(line.Start, line.End), f.Span(covers.Start, covers.End), covers.Address
			out = append(out, d)
		}
	}
	return out
}

// page is a text with its lines and what begins in them.
type page struct {
	text    []byte
	starts  []int    // of lines
	extents []Extent // by their beginning, the largest first
}

func newPage(text []byte, extents []Extent) *page {
	p := &page{text: text, starts: []int{0}, extents: slices.Clone(extents)}
	for i, c := range text {
		if c == '\n' || c == '\r' {
			p.starts = append(p.starts, i+1)
		}
	}
	slices.SortStableFunc(p.extents, func(a, b Extent) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return p
}

// line is the line that holds the offset, without its break.
func (p *page) line(at int) Range {
	i, begins := slices.BinarySearch(p.starts, at)
	if !begins {
		i--
	}
	end := len(p.text)
	if i+1 < len(p.starts) {
		end = p.starts[i+1] - 1
	}
	return Range{p.starts[i], end}
}

// lines are the parts of a comment in each of its lines.
func (p *page) lines(c Range) (out []Range) {
	for at := c.Start; at < c.End; {
		end := min(p.line(at).End, c.End)
		if at < end {
			out = append(out, Range{at, end})
		}
		at = end + 1
	}
	return out
}

// surroundings says of each comment whether nothing but comments stands before it in its line, and where the first
// thing after it that is no comment begins.
func (p *page) surroundings(comments []Range) (alone []bool, next []int) {
	alone, next = make([]bool, len(comments)), make([]int, len(comments))
	from, code := 0, false
	for i, c := range comments {
		gap := p.text[min(from, c.Start):c.Start]
		if at := bytes.LastIndexAny(gap, lineBreaks); at >= 0 {
			gap, code = gap[at+1:], false
		}
		code = code || len(bytes.TrimSpace(gap)) > 0
		alone[i] = !code
		if bytes.ContainsAny(p.text[c.Start:c.End], lineBreaks) {
			code = false
		}
		from = c.End
	}
	for i, c := range slices.Backward(comments) {
		at := c.End
		for at < len(p.text) && isBlank(p.text[at]) {
			at++
		}
		if next[i] = at; i+1 < len(comments) && at >= comments[i+1].Start {
			next[i] = next[i+1]
		}
	}
	return alone, next
}

// largest is the largest extent that begins in the line of the offset, or that line.
func (p *page) largest(at int) Extent {
	line := p.line(at)
	i, _ := slices.BinarySearchFunc(p.extents, line.Start, func(e Extent, start int) int { return e.Start - start })
	if i < len(p.extents) && p.extents[i].Start < line.End {
		return p.extents[i]
	}
	return Extent{Range: line}
}
