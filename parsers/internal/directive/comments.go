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

// commentSigns begin and end comments, and begin the lines inside long ones.
const commentSigns = "#/* \t\r\n"

const lineBreaks = "\r\n"

// Comments finds the directives in the comments of a file. comments are all comments of the file, sorted by their
// beginning. extents may be in any order.
//
// A comment behind code covers the largest extent that begins in its line. A comment that stands alone covers the
// largest one that begins in the next line with code. Where no extent begins in that line, it covers the line. The time
// that this takes grows with the size of the file, whatever is in the comments.
func Comments(f *source.File, comments []Range, extents []Extent) (out []source.Directive) {
	p := newPage(f.Text, extents)
	alone, next := p.standAlone(comments), p.nextCode(comments)
	for i, c := range comments {
		for _, line := range p.lines(c) {
			d, ok := Comment(string(bytes.Trim(p.text[line.Start:line.End], commentSigns)))
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
	starts  []int    // where lines begin
	extents []Extent // sorted by their beginning, the largest first
}

// newPage splits the text into lines and sorts the extents.
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

// line is the line that holds the offset, without its line break.
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

// lines are the parts of a comment, one for each of its lines that is not empty.
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

// standAlone says of each comment whether nothing but comments stands before it in its line.
func (p *page) standAlone(comments []Range) []bool {
	out := make([]bool, len(comments))
	end, hasCode := 0, false // of the comment before, and its line up to there
	for i, c := range comments {
		gap := p.text[min(end, c.Start):c.Start]
		if at := bytes.LastIndexAny(gap, lineBreaks); at >= 0 {
			gap, hasCode = gap[at+1:], false
		}
		hasCode = hasCode || len(bytes.TrimSpace(gap)) > 0
		out[i] = !hasCode
		if bytes.ContainsAny(p.text[c.Start:c.End], lineBreaks) {
			hasCode = false
		}
		end = c.End
	}
	return out
}

// nextCode says of each comment where the next code after it begins.
func (p *page) nextCode(comments []Range) []int {
	out := make([]int, len(comments))
	for i, c := range slices.Backward(comments) {
		at := c.End
		for at < len(p.text) && isBlank(p.text[at]) {
			at++
		}
		if out[i] = at; i+1 < len(comments) && at >= comments[i+1].Start {
			out[i] = out[i+1]
		}
	}
	return out
}

// largest is the largest extent that begins in the line of the offset. It is the line itself where none does.
func (p *page) largest(at int) Extent {
	line := p.line(at)
	i, _ := slices.BinarySearchFunc(p.extents, line.Start, func(e Extent, start int) int { return e.Start - start })
	if i < len(p.extents) && p.extents[i].Start < line.End {
		return p.extents[i]
	}
	return Extent{Range: line}
}
