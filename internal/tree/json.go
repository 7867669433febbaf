package tree

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// jsonReader walks the tokens of a JSON text. yaml.v3 is no JSON parser: it refuses `\/` and surrogate pairs.
type jsonReader struct {
	*reader
	tokens *jsontext.Decoder
	base   int
}

var errGiveUp = errors.New("already reported")

func (r *reader) readJSON(base int) *Node {
	lenient := []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}
	j := &jsonReader{r, jsontext.NewDecoder(bytes.NewBuffer(r.file.Text[base:]), lenient...), base}
	root, err := j.value(1)
	if err == nil {
		if _, err = j.tokens.ReadToken(); err == io.EOF {
			return root
		}
		if err == nil {
			err = errors.New("there is text after the end")
		}
	}
	if err != errGiveUp {
		j.syntax(err)
	}
	return nil
}

func (j *jsonReader) syntax(err error) {
	at, reason := j.here(), err.Error()
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at = j.base + int(syntactic.ByteOffset)
		if syntactic.Err != nil {
			reason = syntactic.Err.Error()
		}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		reason = "the text ends too early"
	}
	j.fail(at, at+1, "not valid JSON: %s", strings.TrimPrefix(reason, "jsontext: "))
}

// here is the offset just after the last token.
func (j *jsonReader) here() int { return j.base + int(j.tokens.InputOffset()) }

// start is where the next token begins.
func (j *jsonReader) start() int {
	at := j.here()
	for at < len(j.file.Text) && strings.IndexByte(" \t\r\n,:", j.file.Text[at]) >= 0 {
		at++
	}
	return at
}

func (j *jsonReader) value(depth int) (*Node, error) {
	start := j.start()
	token, err := j.tokens.ReadToken()
	if err != nil {
		return nil, err
	}
	if depth > budget.DocumentLevels.Max {
		j.limit(start, start+1, budget.DocumentLevels)
		return nil, errGiveUp
	}
	n := j.node(Scalar, start, j.here())
	if j.values.Max > 0 && j.nodes > j.values.Max {
		j.limit(start, start+1, j.values)
		return nil, errGiveUp
	}
	switch token.Kind() {
	case 'n':
		n.Kind = Null
	case '"':
		n.Text, n.Quoted = token.String(), true
	case '{':
		n.Kind = Mapping
		err = j.fields(n, depth)
	case '[':
		n.Kind = Sequence
		for err == nil && j.tokens.PeekKind() != ']' {
			var item *Node
			if item, err = j.value(depth + 1); err == nil {
				n.Items = append(n.Items, item)
			}
		}
	default:
		n.Text = string(j.file.Text[start:j.here()])
	}
	if err == nil && (n.Kind == Mapping || n.Kind == Sequence) {
		_, err = j.tokens.ReadToken()
		n.Span = j.file.Span(start, j.here())
	}
	return n, err
}

func (j *jsonReader) fields(n *Node, depth int) error {
	for j.tokens.PeekKind() != '}' {
		start := j.start()
		key, err := j.tokens.ReadToken()
		if err != nil {
			return err
		}
		name, span := key.String(), j.file.Span(start, j.here())
		if j.drops != nil && j.drops(name) {
			if err := j.tokens.SkipValue(); err != nil {
				return err
			}
			continue
		}
		value, err := j.value(depth + 1)
		if err != nil {
			return err
		}
		n.addField(name, span, value)
	}
	j.unique(n)
	return nil
}
