package params

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// commands are the tables of an environment that hold parameters of a deployment; a later one wins.
// See https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
var commands = []string{"global", "deploy"}

const overrides = "parameter_overrides"

// isEnvironment reports a top-level entry that is an environment of a SAM configuration.
func isEnvironment(f tree.Field) bool {
	return slices.ContainsFunc(commands, func(command string) bool {
		return f.Value.Get(command).Get("parameters") != nil
	})
}

func (r *reader) samConfig(root *tree.Node) {
	environment := root.Get(r.environment)
	if environment == nil {
		r.fail(r.file.Span(0, 0), "there is no environment %q", r.environment)
		return
	}
	for _, command := range commands {
		if n := environment.Get(command).Get("parameters").Get(overrides); n != nil {
			r.values(n)
		}
	}
}

// overrides reads "A=x B='y z'" and "ParameterKey=A,ParameterValue=x", both as the SAM CLI takes them.
func (r *reader) overrides(text string, span source.Span) {
	for _, word := range words(text) {
		r.override(word, span)
	}
}

func (r *reader) override(word string, span source.Span) {
	name, value, ok := strings.Cut(word, "=")
	if pair, isPair := strings.CutPrefix(word, "ParameterKey="); isPair {
		name, value, ok = strings.Cut(pair, ",ParameterValue=")
	}
	if !ok || name == "" {
		r.fail(span, "a word here is no Name=Value")
		return
	}
	r.add(name, value)
}

// words cuts text at blanks outside of quotes, and removes the quotes.
func words(text string) []string {
	var out []string
	var word strings.Builder
	quote, inWord := byte(0), false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			word.WriteByte(text[i])
			inWord = true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, inWord = c, true
		case quote == 0 && strings.IndexByte(" \t\r\n", c) >= 0:
			if inWord {
				out = append(out, word.String())
				word.Reset()
				inWord = false
			}
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if inWord {
		out = append(out, word.String())
	}
	return out
}

// toml reads the file as a tree, so that both languages of a SAM configuration go one way.
func (r *reader) toml() *tree.Node {
	if len(r.file.Text) > budget.TOML.Max {
		r.fail(r.file.Span(0, 0), "the file is larger than %s", budget.TOML.Size())
		return nil
	}
	var content map[string]any
	if err := toml.Unmarshal(bytes.TrimPrefix(r.file.Text, []byte("\ufeff")), &content); err != nil {
		span, reason := r.file.Span(0, 0), err.Error()
		var decode *toml.DecodeError
		if errors.As(err, &decode) {
			line, column := decode.Position()
			at := r.file.LineStart(line) + max(column-1, 0)
			span = r.file.Span(at, at+1)
		}
		r.fail(span, "not valid TOML: %s", strings.TrimPrefix(reason, "toml: "))
		return nil
	}
	return r.node(content, r.file.Span(0, 0))
}

// node turns a value of TOML into a tree. The library gives no places, so a text is where it is first written, and
// else at what holds it.
func (r *reader) node(v any, span source.Span) *tree.Node {
	switch v := v.(type) {
	case map[string]any:
		n := &tree.Node{Kind: tree.Mapping, Span: span}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			at := r.find(key, span)
			n.Fields = append(n.Fields, tree.Field{Key: key, KeySpan: at, Value: r.node(v[key], at)})
		}
		return n
	case []any:
		n := &tree.Node{Kind: tree.Sequence, Span: span}
		for _, it := range v {
			n.Items = append(n.Items, r.node(it, span))
		}
		return n
	case string:
		return &tree.Node{Kind: tree.Scalar, Span: r.find(v, span), Text: v, Quoted: true}
	}
	return &tree.Node{Kind: tree.Scalar, Span: span, Text: fmt.Sprint(v)}
}

func (r *reader) find(text string, otherwise source.Span) source.Span {
	if at := bytes.Index(r.file.Text, []byte(text)); at >= 0 && text != "" {
		return r.file.Span(at, at+len(text))
	}
	return otherwise
}
