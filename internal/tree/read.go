package tree

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// maxErrors is how many errors of one file are kept: a few more than are told, so that there is something to count.
const maxErrors = 50

const byteOrderMark = "\ufeff"

// Read turns a text, YAML or JSON, into a tree. Every diagnostic is an error of the file. The tree is nil when nothing
// can be made of the text; after a repeated key it is there, with the later value.
func Read(f *source.File) (*Node, []source.Diagnostic) {
	r := &reader{file: f, most: budget.Document}
	root := r.read(isYAML(f.Name))
	return root, append(r.diagnostics, r.repeated...)
}

// ReadTemplate reads a text as CloudFormation reads a template: as YAML, whatever its file is called, so that a comma
// too many in JSON does no harm, and with the later value of a repeated key. The notices are about such keys; the
// other diagnostics are errors of the file, and the tree is nil when nothing can be made of it.
// https://github.com/Sceptre/sceptre/issues/1087 https://github.com/aws-cloudformation/cfn-lint/issues/2655
// https://github.com/go-to-k/cdk-real-drift/issues/1074
func ReadTemplate(f *source.File) (root *Node, notices, problems []source.Diagnostic) {
	r := &reader{file: f, most: budget.Document}
	root = r.read(true)
	for i := range r.repeated {
		r.repeated[i].Message += "; the later value counts"
	}
	return root, r.repeated, r.diagnostics
}

// ReadJSON reads a text of JSON that may be larger than a template. Entries of mappings that drops says yes to are not
// kept. Every diagnostic is an error of the file, and with one there is no tree.
func ReadJSON(f *source.File, text, values budget.Budget, drops func(key string) bool) (*Node, []source.Diagnostic) {
	r := &reader{file: f, most: text, values: values, drops: drops}
	start := 0
	if bytes.HasPrefix(f.Text, []byte(byteOrderMark)) {
		start = len(byteOrderMark)
	}
	if !r.checkText(start) {
		return nil, r.diagnostics
	}
	root := r.readJSON(start)
	if len(r.repeated) > 0 { // nothing that a program prints repeats a key
		return nil, append(r.diagnostics, r.repeated...)
	}
	return root, r.diagnostics
}

// read reads JSON as such first, which is faster and gives better errors. A text that is no JSON is read as YAML if it
// may be, since YAML has mappings in braces too.
func (r *reader) read(mayBeYAML bool) *Node {
	text, start := r.file.Text, 0
	if bytes.HasPrefix(text, []byte(byteOrderMark)) {
		start = len(byteOrderMark)
	}
	if !r.checkText(start) {
		return nil
	}
	first := bytes.TrimLeft(text[start:], " \t\r\n")
	switch {
	case len(first) == 0:
		r.fail(start, start, "the file is empty")
		return nil
	case first[0] != '{' && !isJSON(r.file.Name):
		return r.readYAML(start)
	}
	root := r.readJSON(start)
	if root != nil || !mayBeYAML {
		return root
	}
	again := &reader{file: r.file, most: r.most}
	if root = again.readYAML(start); root != nil || isYAML(r.file.Name) {
		*r = *again
	}
	return root
}

func isJSON(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".json") }

func isYAML(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
}

// reader holds what both languages need.
type reader struct {
	file        *source.File
	diagnostics []source.Diagnostic
	repeated    []source.Diagnostic // keys that were given before
	nodes       int
	slab        []Node
	// most bounds the text, values what it holds; of values zero means no bound.
	most, values budget.Budget
	// drops says which entries of JSON are left out; nil keeps all.
	drops func(key string) bool
}

// node gives a new node from a slab: one allocation for many, and not much more than a small file needs.
func (r *reader) node(kind Kind, start, end int) *Node {
	if len(r.slab) == 0 {
		r.slab = make([]Node, min(max(8, r.nodes), 128))
	}
	n := &r.slab[0]
	r.slab = r.slab[1:]
	r.nodes++
	n.Kind, n.Span = kind, r.file.Span(start, end)
	return n
}

func (r *reader) fail(start, end int, format string, args ...any) {
	r.failAt(r.file.Span(start, end), format, args...)
}

func (r *reader) failAt(span source.Span, format string, args ...any) {
	r.say(&r.diagnostics, span, format, args...)
}

func (r *reader) say(to *[]source.Diagnostic, span source.Span, format string, args ...any) {
	if len(*to) < maxErrors {
		*to = append(*to, source.Diagnostic{File: r.file.Name, Span: span, Message: fmt.Sprintf(format, args...)})
	}
}

// limit says that what a budget does not allow for is not read.
func (r *reader) limit(start, end int, b budget.Budget) {
	d := source.Diagnostic{File: r.file.Name, Span: r.file.Span(start, end), Limit: true}
	d.Message = "the file is not read: " + b.Exceeded()
	r.diagnostics = append(r.diagnostics, d)
}

// checkText refuses what no parser should see.
func (r *reader) checkText(start int) bool {
	text := r.file.Text
	if len(text) > r.most.Max {
		r.limit(0, 0, r.most)
		return false
	}
	if !utf8.Valid(text) {
		at := start
		for at < len(text) {
			c, size := utf8.DecodeRune(text[at:])
			if c == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		r.fail(at, at+1, "the file is not UTF-8: byte %#02x", text[min(at, len(text)-1)])
		return false
	}
	if at := bytes.IndexByte(text, 0); at >= 0 {
		r.fail(at, at+1, "the file holds a NUL byte")
		return false
	}
	if at := tooDeep(text); at >= 0 {
		r.limit(at, at+1, budget.DocumentOpen)
		return false
	}
	return true
}

// addField appends an entry to the fields of a mapping.
func (n *Node) addField(key string, span source.Span, value *Node) {
	n.Fields = append(n.Fields, Field{Key: key, KeySpan: span, Value: value})
}

// fewFields is how many entries are compared one by one, which for usual mappings is cheaper than a map.
const fewFields = 16

// unique notes repeated keys and keeps the later entry of each.
func (r *reader) unique(n *Node) {
	var index map[string]int
	if len(n.Fields) > fewFields {
		index = make(map[string]int, len(n.Fields))
	}
	kept := n.Fields[:0]
	for _, f := range n.Fields {
		j := find(kept, index, f.Key)
		if j < 0 {
			if index != nil {
				index[f.Key] = len(kept)
			}
			kept = append(kept, f)
			continue
		}
		const message = "key %q is repeated; it is already given in line %d"
		r.say(&r.repeated, f.KeySpan, message, f.Key, r.file.LineOf(kept[j].KeySpan))
		kept[j] = f
	}
	n.Fields = kept
}

func find(fields []Field, index map[string]int, key string) int {
	if index != nil {
		if i, ok := index[key]; ok {
			return i
		}
		return -1
	}
	for i := range fields {
		if fields[i].Key == key {
			return i
		}
	}
	return -1
}
