package tree

import (
	"bytes"
	"errors"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
	"gopkg.in/yaml.v3"
)

// worthwhile is the size from which on a text is worth several goroutines.
const worthwhile = 128 << 10

// inParts reads a large template in three pieces at once: up to a resource in the middle, from there to the end of the
// section Resources, and what follows. It gives nil unless the pieces certainly make the same tree as the whole: then
// the whole has to be read, which also finds the errors in it.
//
// Each piece must be one document of its own, so no quoted text or bracket is open where the text is cut. A cut is
// before a key in the column of the resources, and the piece before it must end inside Resources, so there the key
// closes all that is deeper and goes on with that mapping. Anchors of one piece are unknown in another, which is an
// error there.
func (y *yamlReader) inParts(base int) *yaml.Node {
	text := y.text[base:]
	if len(text) < worthwhile || runtime.GOMAXPROCS(0) < 2 || bytes.Contains(text, []byte("\n---")) || bytes.Contains(text, []byte("\n...")) {
		return nil
	}
	cut, tail, column := y.cuts()
	if cut == 0 {
		return nil
	}
	var first, middle, last *yaml.Node
	var group errgroup.Group
	group.Go(func() (err error) {
		middle, err = y.piece(cut, tail)
		return err
	})
	group.Go(func() (err error) {
		if first, err = y.piece(0, cut); err == nil && tail < len(y.lines) {
			last, err = y.piece(tail, len(y.lines))
		}
		return err
	})
	if group.Wait() != nil || !isBlock(first, 1) || !isBlock(middle, column) || last != nil && !isBlock(last, 1) {
		return nil
	}
	end := len(first.Content)
	key, resources := first.Content[end-2], first.Content[end-1]
	if key.Value != "Resources" || !isBlock(resources, column) {
		return nil
	}
	resources.Content = append(resources.Content, middle.Content...)
	if last != nil {
		first.Content = append(first.Content, last.Content...)
	}
	return first
}

// cuts finds the lines, counted from 0, at which the second and the third piece begin, and the column of the resources,
// counted from 1. The third is the number of lines when there is none. Without a good place for the second, cut is 0.
func (y *yamlReader) cuts() (cut, tail, column int) {
	section := 0
	for section < len(y.lines) && string(bytes.TrimRight(y.line(section), " \r\n")) != "Resources:" {
		section++
	}
	half := y.lines[0] + (len(y.text)-y.lines[0])/2
	for tail = section + 1; tail < len(y.lines); tail++ {
		line := y.line(tail)
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		switch c := line[min(indent, max(len(line)-1, 0)):]; {
		case len(c) == 0, bytes.IndexByte([]byte("#\r\n"), c[0]) >= 0:
		case indent == 0:
			return cut, tail, column
		case column == 0:
			column = indent + 1
		case cut == 0 && y.lines[tail] >= half && indent == column-1 && isKey(c):
			cut = tail
		}
	}
	return cut, tail, column
}

// line is the text of a line, counted from 0, with its line break.
func (y *yamlReader) line(n int) []byte {
	if n+1 < len(y.lines) {
		return y.text[y.lines[n]:y.lines[n+1]]
	}
	return y.text[y.lines[n]:]
}

// isKey tells a line that is a logical id and a colon.
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

// piece reads the lines [from, to), which must be one document, and counts its lines as the whole does. It is nil for
// lines of comments alone.
func (y *yamlReader) piece(from, to int) (*yaml.Node, error) {
	end := len(y.text)
	if to < len(y.lines) {
		end = y.lines[to]
	}
	decoder := yaml.NewDecoder(bytes.NewReader(y.text[y.lines[from]:end]))
	var document, second yaml.Node
	if err := decode(decoder, &document); err != nil {
		return nil, err
	}
	if err := decode(decoder, &second); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one document")
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	shift(document.Content[0], from)
	return document.Content[0], nil
}

func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}

// isBlock tells a mapping in block style of which the keys begin in the column.
func isBlock(n *yaml.Node, column int) bool {
	return n != nil && n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 && n.Content[0].Column == column
}
