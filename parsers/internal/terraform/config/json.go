package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// jsonValue is a value of a JSON text with its place.
type jsonValue struct {
	token  json.Token // string, json.Number, bool, nil, or the opening json.Delim
	fields []jsonField
	items  []jsonValue
	at     hcl.Range
	// notes are the members that Terraform takes for comments.
	notes []jsonField
}

type jsonField struct {
	name  string
	at    hcl.Range
	value jsonValue
}

// parseJSON turns a .tf.json or .tfvars.json file into the syntax tree of native syntax, so that one evaluator serves.
// See https://developer.hashicorp.com/terraform/language/syntax/json
func (r *reader) parseJSON(f *source.File, config bool) *hclsyntax.Body {
	d := &jsonDecoder{file: f, dec: json.NewDecoder(bytes.NewReader(f.Text))}
	d.dec.UseNumber()
	root, err := d.value()
	if err == nil {
		err = d.end()
	}
	if err != nil {
		at := d.at(int(d.dec.InputOffset()), int(d.dec.InputOffset()))
		r.fail(at, "invalid JSON: "+err.Error())
	}
	b := &bodyBuilder{reader: r, values: !config}
	if config {
		if directive.Has(f.Text) {
			r.module.Directives = append(r.module.Directives, jsonDirectives(f, root)...)
		}
		return b.root(root)
	}
	return b.arguments(root)
}

// jsonDecoder reads JSON with places.
type jsonDecoder struct {
	file *source.File
	dec  *json.Decoder
}

// end makes sure that nothing follows the value.
func (d *jsonDecoder) end() error {
	if _, err := d.dec.Token(); err == nil {
		return errors.New("there is text after the end")
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// next reads a token. Its range begins at the first byte that is neither space nor separator.
func (d *jsonDecoder) next() (json.Token, hcl.Range, error) {
	start := int(d.dec.InputOffset())
	tok, err := d.dec.Token()
	if errors.Is(err, io.EOF) {
		err = errors.New("the text ends too early")
	}
	for start < len(d.file.Text) && strings.IndexByte(" \t\r\n,:", d.file.Text[start]) >= 0 {
		start++
	}
	return tok, d.at(start, int(d.dec.InputOffset())), err
}

func (d *jsonDecoder) at(start, end int) hcl.Range {
	pos := func(at int) hcl.Pos { return hcl.Pos{Line: 1, Column: 1, Byte: at} }
	return hcl.Range{Filename: d.file.Name, Start: pos(start), End: pos(end)}
}

// value reads one value. On an error it returns what it has.
func (d *jsonDecoder) value() (v jsonValue, err error) {
	tok, at, err := d.next()
	if err != nil {
		return v, err
	}
	v.token, v.at = tok, at
	delim, nested := tok.(json.Delim)
	for nested && err == nil && d.dec.More() {
		if delim == '[' {
			var item jsonValue
			item, err = d.value()
			v.items = append(v.items, item)
			continue
		}
		var f jsonField
		switch f, err = d.field(); {
		case f.at.Filename == "":
		case f.name == "//":
			v.notes = append(v.notes, f)
		default:
			v.fields = append(v.fields, f)
		}
	}
	if nested && err == nil {
		_, at, err = d.next()
		v.at.End = at.End
	}
	return v, err
}

func (d *jsonDecoder) field() (f jsonField, err error) {
	key, at, err := d.next()
	if err != nil {
		return f, err
	}
	f.name, _ = key.(string)
	f.at = at
	f.value, err = d.value()
	return f, err
}

// list is the elements of an array, or the value alone.
func (v jsonValue) list() []jsonValue {
	if v.token == json.Delim('[') {
		return v.items
	}
	return []jsonValue{v}
}

func (v jsonValue) isObject() bool { return v.token == json.Delim('{') }

// isBlocks reports an object, or an array of nothing but objects.
func (v jsonValue) isBlocks() bool {
	for _, it := range v.list() {
		if !it.isObject() {
			return false
		}
	}
	return len(v.list()) > 0
}

// literal is a node for a value that is no text.
func literal(v cty.Value, at hcl.Range) hclsyntax.Expression {
	return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: at}
}
