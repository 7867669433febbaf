package tree

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// yamlReader converts the nodes of yaml.v3 in one pass.
type yamlReader struct {
	*reader
	*places
	anchors map[*yaml.Node]*anchored
	deepest int // the deepest level seen so far
	stopped bool
}

func (r *reader) readYAML(base int) *Node {
	y := &yamlReader{reader: r, places: newPlaces(r.file.Text, base)}
	if at := y.control; at >= 0 {
		y.fail(at, at+1, "not valid YAML: control character %#02x", y.text[at])
		return nil
	}
	document, second, err := documents(y.text[base:])
	if err != nil && strings.HasSuffix(err.Error(), "unknown escape character") {
		if text, restore := slashes(y.text[base:]); restore != nil {
			if document, second, err = documents(text); err == nil {
				restoreAll(&document, restore)
			}
		}
	}
	switch {
	case err != nil:
		y.syntax(err, base)
		return nil
	case !isNull(second):
		at := y.at(second.Content[0].Line, second.Content[0].Column)
		y.fail(at, y.lineEnd(at), "a second YAML document begins here; there must be only one")
		return nil
	case len(document.Content) == 0:
		y.fail(base, base, "the file is empty")
		return nil
	}
	root, _ := y.convert(document.Content[0], 1)
	if y.stopped {
		return nil
	}
	return root
}

// documents reads the first two documents of the text; one that is not there has no content.
func documents(text []byte) (first, second yaml.Node, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	if err = decode(decoder, &first); err == nil {
		err = decode(decoder, &second)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return first, second, err
}

// decode reads the next document. A panic of the parser on hostile text is an error of the file, not of the run.
func decode(d *yaml.Decoder, n *yaml.Node) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("yaml: this text cannot be parsed")
		}
	}()
	return d.Decode(n)
}

func isNull(document yaml.Node) bool {
	in := document.Content
	return len(in) == 0 || in[0].Kind == yaml.ScalarNode && in[0].Tag == "!!null"
}

// stop ends the conversion with what tell says of it, once.
func (y *yamlReader) stop(start, end int, tell func()) (*Node, int) {
	if !y.stopped {
		y.stopped = true
		tell()
	}
	return y.node(Null, start, end), end
}

// over is stop where a budget ends.
func (y *yamlReader) over(start, end int, b budget.Budget) (*Node, int) {
	return y.stop(start, end, func() { y.limit(start, end, b) })
}

// convert gives the tree of n and the offset of its end.
func (y *yamlReader) convert(n *yaml.Node, depth int) (*Node, int) {
	start := y.at(n.Line, n.Column)
	switch {
	case y.stopped:
		return y.node(Null, start, start), start
	case depth > budget.DocumentLevels.Max:
		return y.over(start, start+1, budget.DocumentLevels)
	case y.nodes > budget.DocumentValues.Max:
		return y.over(start, start+1, budget.DocumentValues)
	case n.Kind == yaml.AliasNode:
		return y.alias(n, start, depth)
	}
	y.deepest = max(y.deepest, depth)
	if n.Anchor == "" {
		return y.tagged(n, start, depth)
	}
	if y.anchors == nil {
		y.anchors = map[*yaml.Node]*anchored{}
	}
	a := &anchored{}
	y.anchors[n] = a
	outer, before := y.deepest, y.nodes
	y.deepest = depth
	node, end := y.tagged(n, start, depth)
	a.node, a.size, a.height = node, y.nodes-before, y.deepest-depth
	y.deepest = max(y.deepest, outer)
	return node, end
}

// tagged converts n with its short-form tag, if any, to the long form.
func (y *yamlReader) tagged(n *yaml.Node, start, depth int) (*Node, int) {
	content, tag := start, source.Span{}
	if n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		content, tag = y.properties(start)
	}
	name := ""
	if n.Style&yaml.TaggedStyle != 0 {
		name = longForms[n.Tag]
	}
	if name == "" {
		return y.plain(n, content, depth)
	}
	y.deepest = max(y.deepest, depth+1)
	call := y.node(Mapping, start, start)
	value, end := y.plain(n, content, depth+1)
	call.Fields = []Field{{Key: name, KeySpan: tag, Value: value}}
	call.Span = y.file.Span(y.file.Offset(tag.Pos), end)
	return call, end
}

// properties skips the tag and the anchor before a value, in either order.
func (y *yamlReader) properties(i int) (content int, tag source.Span) {
	for i < len(y.text) && (y.text[i] == '!' || y.text[i] == '&') {
		end := y.word(i)
		if y.text[i] == '!' {
			tag = y.file.Span(i, end)
		}
		i = y.skip(end, "")
	}
	return i, tag
}

func (y *yamlReader) plain(n *yaml.Node, start, depth int) (*Node, int) {
	switch n.Kind {
	case yaml.MappingNode:
		return y.mapping(n, start, depth)
	case yaml.SequenceNode:
		return y.sequence(n, start, depth)
	}
	return y.scalar(n, start)
}

func (y *yamlReader) scalar(n *yaml.Node, start int) (*Node, int) {
	end := y.scalarEnd(n, start)
	node := y.node(Scalar, start, end)
	node.Text = n.Value
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	node.Quoted = n.Style&quoted != 0 || n.Tag == "!!str" && n.Style&yaml.TaggedStyle != 0
	if !node.Quoted && (n.Tag == "!!null" || n.Style&yaml.TaggedStyle != 0 && n.Value == "") {
		node.Kind, node.Text = Null, ""
	}
	return node, end
}

func (y *yamlReader) scalarEnd(n *yaml.Node, start int) int {
	if start >= len(y.text) {
		return len(y.text)
	}
	switch {
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		return y.quotedEnd(start)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return y.blockEnd(start, n.Value)
	}
	return y.plainEnd(start, n.Value)
}

func (y *yamlReader) sequence(n *yaml.Node, start, depth int) (*Node, int) {
	node := y.node(Sequence, start, start)
	end := start + 1
	node.Items = make([]*Node, 0, len(n.Content))
	for _, c := range n.Content {
		item, itemEnd := y.convert(c, depth+1)
		node.Items = append(node.Items, item)
		end = max(end, itemEnd)
	}
	end = y.close(n, start, end, '[', ']')
	node.Span = y.file.Span(start, end)
	return node, end
}

func (y *yamlReader) mapping(n *yaml.Node, start, depth int) (*Node, int) {
	node := y.node(Mapping, start, start)
	end := start + 1
	node.Fields = make([]Field, 0, len(n.Content)/2)
	var merged []*Node
	for i := 0; i+1 < len(n.Content) && !y.stopped; i += 2 {
		if span, keyEnd, ok := y.name(n.Content[i], depth+1); ok {
			value, valueEnd := y.convert(n.Content[i+1], depth+1)
			end = max(end, keyEnd, valueEnd)
			node.addField(n.Content[i].Value, span, value)
			continue
		}
		key, keyEnd := y.convert(n.Content[i], depth+1)
		value, valueEnd := y.convert(n.Content[i+1], depth+1)
		end = max(end, keyEnd, valueEnd)
		switch {
		case n.Content[i].Tag == "!!merge":
			merged = append(merged, value)
		case key.Kind == Scalar || key.Kind == Null:
			name := key.Text
			if key.Kind == Null {
				name = n.Content[i].Value
			}
			node.addField(name, key.Span, value)
		case !y.stopped:
			y.failAt(key.Span, "a key must be text")
		}
	}
	y.unique(node)
	if len(merged) > 0 {
		has := make(map[string]bool, len(node.Fields))
		for _, f := range node.Fields {
			has[f.Key] = true
		}
		for _, m := range merged {
			y.merge(node, m, has)
		}
	}
	end = y.close(n, start, end, '{', '}')
	node.Span = y.file.Span(start, end)
	return node, end
}

// name reads the usual key, which needs no node of its own: a scalar without a tag or an anchor, and no merge key. ok
// is false for any other.
func (y *yamlReader) name(n *yaml.Node, depth int) (span source.Span, end int, ok bool) {
	usual := n.Kind == yaml.ScalarNode && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 && n.Tag != "!!merge"
	if !usual || y.stopped || depth > budget.DocumentLevels.Max || y.nodes > budget.DocumentValues.Max {
		return source.Span{}, 0, false
	}
	y.nodes++
	y.deepest = max(y.deepest, depth)
	start := y.at(n.Line, n.Column)
	end = y.scalarEnd(n, start)
	return y.file.Span(start, end), end, true
}

// close gives the end of a collection: after its closing bracket in flow style, else the end of its last child.
func (y *yamlReader) close(n *yaml.Node, start, end int, opening, closing byte) int {
	if n.Style&yaml.FlowStyle == 0 || start >= len(y.text) || y.text[start] != opening {
		if len(n.Content) == 0 {
			return start
		}
		return end
	}
	if i := y.skip(end, ",:?"); i < len(y.text) && y.text[i] == closing {
		return i + 1
	}
	return end
}

// longForms are the tags of CloudFormation. Any other tag is dropped and its value kept.
var longForms = map[string]string{
	"!Ref": "Ref", "!Condition": "Condition",
	"!And": "Fn::And", "!Base64": "Fn::Base64", "!Cidr": "Fn::Cidr", "!Contains": "Fn::Contains",
	"!EachMemberEquals": "Fn::EachMemberEquals", "!EachMemberIn": "Fn::EachMemberIn", "!Equals": "Fn::Equals",
	"!FindInMap": "Fn::FindInMap", "!ForEach": "Fn::ForEach", "!GetAtt": "Fn::GetAtt", "!GetAZs": "Fn::GetAZs",
	"!If": "Fn::If", "!ImportValue": "Fn::ImportValue", "!Join": "Fn::Join", "!Length": "Fn::Length", "!Not": "Fn::Not",
	"!Or": "Fn::Or", "!RefAll": "Fn::RefAll", "!Select": "Fn::Select", "!Split": "Fn::Split", "!Sub": "Fn::Sub",
	"!ToJsonString": "Fn::ToJsonString", "!Transform": "Fn::Transform", "!ValueOf": "Fn::ValueOf",
	"!ValueOfAll": "Fn::ValueOfAll", "!GetStackOutput": "Fn::GetStackOutput",
}
