package config

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// bodyBuilder turns JSON into bodies of native syntax.
type bodyBuilder struct {
	reader *reader
	values bool // texts are no templates
}

// root makes the blocks of a module.
func (b *bodyBuilder) root(v jsonValue) *hclsyntax.Body {
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: v.at}
	for _, top := range v.list() {
		for _, f := range top.fields {
			if n, matters := labels[f.name]; matters {
				b.labelled(body, f.name, f.at, nil, n, f.value)
			}
		}
	}
	return body
}

// labelled descends one object for each label and adds the blocks below.
func (b *bodyBuilder) labelled(body *hclsyntax.Body, kind string, at hcl.Range, names []string, n int, v jsonValue) {
	for _, it := range v.list() {
		if n == 0 {
			body.Blocks = append(body.Blocks, blockAt(at, kind, names, b.body(kind, it)))
			continue
		}
		for _, f := range it.fields {
			b.labelled(body, kind, f.at, append(slices.Clone(names), f.name), n-1, f.value)
		}
	}
}

func (b *bodyBuilder) body(kind string, v jsonValue) *hclsyntax.Body {
	switch kind {
	case "resource", "data", "ephemeral", "provider", "removed", "terraform":
		return b.nested(v)
	}
	return b.arguments(v)
}

// arguments makes every field an argument.
func (b *bodyBuilder) arguments(v jsonValue) *hclsyntax.Body {
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: v.at}
	for _, f := range v.fields {
		b.argument(body, f)
	}
	return body
}

func (b *bodyBuilder) argument(body *hclsyntax.Body, f jsonField) {
	body.Attributes[f.name] = &hclsyntax.Attribute{
		Name: f.name, NameRange: f.at, SrcRange: hcl.RangeBetween(f.at, f.value.at), Expr: b.argumentValue(f),
	}
}

// mapArguments are those whose value is an object. Without the provider's schema, JSON does not tell them from blocks.
var mapArguments = []string{
	"tags", "tags_all", "variables", "triggers", "triggers_replace", "keepers", "vars", "query", "parameters", "input",
	"volume_tags", "request_parameters", "response_parameters", "request_models", "response_models",
	"request_templates", "response_templates", "stage_variables", "labels", "default_arguments", "values",
	"route_settings_map", "metadata_map", "config", "defaults",
}

// nested makes the body of a resource: objects and arrays of objects are blocks, but for the known maps.
func (b *bodyBuilder) nested(v jsonValue) *hclsyntax.Body {
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: v.at}
	for _, f := range v.fields {
		switch {
		case !f.value.isBlocks(), slices.Contains(mapArguments, f.name), f.name == "for_each":
			b.argument(body, f)
		case f.name == "dynamic":
			b.dynamic(body, f.value)
		default:
			for _, it := range f.value.list() {
				body.Blocks = append(body.Blocks, blockAt(f.at, f.name, nil, b.nested(it)))
			}
		}
	}
	return body
}

func (b *bodyBuilder) dynamic(body *hclsyntax.Body, v jsonValue) {
	for _, group := range v.list() {
		for _, f := range group.fields {
			for _, it := range f.value.list() {
				body.Blocks = append(body.Blocks, blockAt(f.at, "dynamic", []string{f.name}, b.nested(it)))
			}
		}
	}
}

func blockAt(at hcl.Range, kind string, labels []string, body *hclsyntax.Body) *hclsyntax.Block {
	return &hclsyntax.Block{
		Type: kind, Labels: labels, Body: body, TypeRange: at, OpenBraceRange: at, CloseBraceRange: at,
	}
}

// references are arguments whose texts are references and not templates.
var references = []string{"depends_on", "provider", "providers", "ignore_changes", "replace_triggered_by", "type"}

func (b *bodyBuilder) argumentValue(f jsonField) hclsyntax.Expression {
	if !b.values && slices.Contains(references, f.name) {
		return b.expression(f.value, func(s string, at hcl.Range) hclsyntax.Expression {
			x, diags := hclsyntax.ParseExpression([]byte(s), at.Filename, inner(at))
			if diags.HasErrors() {
				return literal(cty.StringVal(s), at)
			}
			return x
		})
	}
	return b.expression(f.value, b.template)
}

// template parses a text as JSON holds it. Places inside it are exact when it has no escapes.
func (b *bodyBuilder) template(s string, at hcl.Range) hclsyntax.Expression {
	if b.values || !strings.Contains(s, "${") && !strings.Contains(s, "%{") {
		return literal(cty.StringVal(s), at)
	}
	if over := TooLarge([]byte(s)); over != nil {
		b.reader.refuse(at, *over)
		return literal(cty.DynamicVal, at)
	}
	x, diags := hclsyntax.ParseTemplate([]byte(s), at.Filename, inner(at))
	b.reader.report(diags)
	if x == nil {
		return literal(cty.DynamicVal, at)
	}
	return x
}

// inner is where the content of a quoted text begins.
func inner(at hcl.Range) hcl.Pos {
	return hcl.Pos{Line: at.Start.Line, Column: at.Start.Column, Byte: at.Start.Byte + 1}
}

func (b *bodyBuilder) expression(v jsonValue, text func(string, hcl.Range) hclsyntax.Expression) hclsyntax.Expression {
	switch tok := v.token.(type) {
	case string:
		return text(tok, v.at)
	case bool:
		return literal(cty.BoolVal(tok), v.at)
	case json.Number:
		if n, err := cty.ParseNumberVal(tok.String()); err == nil {
			return literal(n, v.at)
		}
		return literal(cty.StringVal(tok.String()), v.at)
	case json.Delim:
		if tok == '[' {
			out := &hclsyntax.TupleConsExpr{SrcRange: v.at, OpenRange: v.at}
			for _, it := range v.items {
				out.Exprs = append(out.Exprs, b.expression(it, text))
			}
			return out
		}
		out := &hclsyntax.ObjectConsExpr{SrcRange: v.at, OpenRange: v.at}
		for _, f := range v.fields {
			item := hclsyntax.ObjectConsItem{KeyExpr: b.template(f.name, f.at), ValueExpr: b.expression(f.value, text)}
			out.Items = append(out.Items, item)
		}
		return out
	}
	return literal(cty.NullVal(cty.DynamicPseudoType), v.at)
}
