package config

import (
	"bytes"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Load reads a configuration. names are the rules and packs that there are. Every diagnostic is an error with its
// place; with any, the configuration is not to be used. A file without content is an empty configuration.
func Load(f *source.File, names []string) (*Config, []source.Diagnostic) {
	c := &Config{}
	d := &decoder{file: f, names: names}
	if len(f.Text) > budget.Configuration.Max { // the work that lists of globs can make grows with it
		d.fail(f.Span(0, 0), "a configuration larger than %s is not read", budget.Configuration.Size())
		return c, d.problems
	}
	if isBlank(f.Text) {
		return c, nil
	}
	root, problems := tree.Read(f)
	d.problems = problems
	if root != nil {
		d.into(reflect.ValueOf(c).Elem(), root, "the configuration")
	}
	return c, d.problems
}

// isBlank tells a text of comments alone.
func isBlank(text []byte) bool {
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\ufeff"))) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' && string(line) != "---" {
			return false
		}
	}
	return true
}

type decoder struct {
	file     *source.File
	names    []string
	problems []source.Diagnostic
}

func (d *decoder) fail(at source.Span, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	d.problems = append(d.problems, source.Diagnostic{File: d.file.Name, Span: at, Message: message})
}

// into reads n into v; what is how messages call it.
func (d *decoder) into(v reflect.Value, n *tree.Node, what string) {
	b, isBranch := v.Addr().Interface().(branch)
	l, isLeaf := v.Addr().Interface().(leaf)
	switch {
	case isBranch:
		if err := b.read(n); err != nil {
			d.fail(n.Span, "%v", err)
		}
	case n.Kind == tree.Null:
		d.fail(n.Span, "%s has no value: give it one or leave it out", what)
	case isLeaf:
		if text, ok := d.text(n, what); ok {
			d.parse(l, text, n.Span)
		}
	case isAt(v.Type()):
		v.FieldByName("Span").Set(reflect.ValueOf(n.Span))
		d.into(v.FieldByName("Value"), n, what)
	case isEntries(v.Type()):
		d.entries(v, n, what)
	case v.Kind() == reflect.Struct:
		d.object(v, n, what)
	case v.Kind() == reflect.Slice:
		d.list(v, n, what)
	default:
		if text, ok := d.text(n, what); ok {
			v.SetString(text)
		}
	}
}

func (d *decoder) parse(l leaf, text string, at source.Span) {
	if err := l.parse(text, d.names); err != nil {
		d.fail(at, "%v", err)
	}
}

// notText matches the plain scalars that YAML takes for a number or a boolean.
// https://yaml.org/spec/1.2.2/#103-core-schema
var notText = regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE` +
	`|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+` +
	`|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)

func (d *decoder) text(n *tree.Node, what string) (string, bool) {
	switch {
	case n.Kind != tree.Scalar:
		d.fail(n.Span, "%s must be text, not %s", what, shape(n))
		return "", false
	case !n.Quoted && notText.MatchString(n.Text):
		d.fail(n.Span, "%s must be text: write it in quotes", what)
		return "", false
	case strings.TrimSpace(n.Text) == "":
		d.fail(n.Span, "%s must not be empty", what)
		return "", false
	}
	return n.Text, true
}

func (d *decoder) list(v reflect.Value, n *tree.Node, what string) {
	if n.Kind != tree.Sequence {
		d.fail(n.Span, "%s must be a list, not %s", what, shape(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
	for i, it := range n.Items {
		d.into(v.Index(i), it, "an entry of "+what)
	}
}

func (d *decoder) entries(v reflect.Value, n *tree.Node, what string) {
	if n.Kind != tree.Mapping {
		d.fail(n.Span, "%s must be a map, not %s", what, shape(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Fields), len(n.Fields)))
	for i, f := range n.Fields {
		key := v.Index(i).FieldByName("Key")
		key.FieldByName("Span").Set(reflect.ValueOf(f.KeySpan))
		key.FieldByName("Value").SetString(f.Key)
		if l, ok := key.FieldByName("Value").Addr().Interface().(leaf); ok {
			d.parse(l, f.Key, f.KeySpan)
		}
		d.into(v.Index(i).FieldByName("Value"), f.Value, fmt.Sprintf("%q", f.Key))
	}
}

func (d *decoder) object(v reflect.Value, n *tree.Node, what string) {
	if n.Kind != tree.Mapping {
		d.fail(n.Span, "%s must be a map, not %s", what, shape(n))
		return
	}
	fields := fieldsOf(v.Type())
	for _, f := range n.Fields {
		i := slices.IndexFunc(fields, func(known field) bool { return known.key == f.Key })
		if i < 0 {
			d.fail(f.KeySpan, "unknown key %q%s", f.Key, suggest.For(f.Key, keys(fields)))
			continue
		}
		d.into(v.Field(fields[i].index), f.Value, fmt.Sprintf("%q", f.Key))
	}
	for _, f := range fields {
		if f.required && n.Field(f.key) == nil {
			d.fail(n.Span, "%s needs %q", what, f.key)
		}
	}
	for _, group := range alternativesOf(v.Type()) {
		if !slices.ContainsFunc(group, func(key string) bool { return n.Field(key) != nil }) {
			d.fail(n.Span, "%s needs one of %s", what, strings.Join(group, ", "))
		}
	}
}

func shape(n *tree.Node) string {
	switch n.Kind {
	case tree.Sequence:
		return "a list"
	case tree.Mapping:
		return "a map"
	}
	return fmt.Sprintf("%q", n.Text)
}
