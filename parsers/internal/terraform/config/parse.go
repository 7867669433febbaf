package config

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// counted are the signs of what nests without brackets: conditionals, splats and directives.
var counted = []struct {
	sign string
	most budget.Budget
}{{"?", budget.HCLChoices}, {"*", budget.HCLSplats}, {"%{", budget.HCLControls}}

// parse reads a file in the syntax that its name tells. The body has all that could be understood.
func (r *reader) parse(f *source.File, config bool) (body *hclsyntax.Body) {
	empty := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	defer func() {
		if p := recover(); p != nil {
			r.fail(hcl.Range{Filename: f.Name}, fmt.Sprintf("this file cannot be parsed: %v", p))
			body = empty
		}
	}()
	if over := TooLarge(f.Text); over != nil {
		r.refuse(hcl.Range{Filename: f.Name}, *over)
		return empty
	}
	if strings.HasSuffix(f.Name, ".json") {
		return r.parseJSON(f, config)
	}
	file, diags := hclsyntax.ParseConfig(f.Text, f.Name, hcl.InitialPos)
	r.report(diags)
	if file == nil {
		return empty
	}
	body = file.Body.(*hclsyntax.Body)
	if config && directive.Has(f.Text) {
		r.module.Directives = append(r.module.Directives, directives(f, body)...)
	}
	return body
}

func (r *reader) report(diags hcl.Diagnostics) {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		message := d.Summary
		if d.Detail != "" {
			message += ": " + d.Detail
		}
		at := hcl.Range{}
		if d.Subject != nil {
			at = *d.Subject
		}
		r.fail(at, message)
	}
}

// refuse says that a text is not read.
func (r *reader) refuse(at hcl.Range, over budget.Budget) {
	r.fail(at, "this is not read: "+over.Exceeded())
	r.diagnostics[len(r.diagnostics)-1].Limit = true
}

// TooLarge is the budget that a text is beyond, so that it is not given to the parser, or nil.
func TooLarge(text []byte) *budget.Budget {
	if len(text) > budget.HCL.Max {
		return &budget.HCL
	}
	depth, run, digits, tokens, inWord := 0, 0, 0, 0, false
	for _, c := range text {
		wasInWord := inWord
		inWord = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
		if !wasInWord && inWord || !inWord && c > ' ' && c != '"' {
			tokens++
		}
		if digits++; c < '0' || c > '9' {
			digits = 0
		}
		switch c {
		case ' ', '\t', '\n', '\r':
			continue
		case '!', '-':
			run++
		case '(', '[', '{':
			depth, run = depth+1, 0
		case ')', ']', '}':
			depth, run = max(depth-1, 0), 0
		default:
			run = 0
		}
		switch {
		case depth > budget.HCLLevels.Max:
			return &budget.HCLLevels
		case run > budget.HCLSigns.Max:
			return &budget.HCLSigns
		case digits > budget.HCLDigits.Max:
			return &budget.HCLDigits
		}
	}
	for _, c := range counted {
		if bytes.Count(text, []byte(c.sign)) > c.most.Max && nests(text, c.sign, c.most.Max) {
			return &c.most
		}
	}
	if tokens > budget.HCLTokens.Max {
		return &budget.HCLTokens
	}
	return nil
}

// nests leaves comments and drawn lines out of the count.
func nests(text []byte, what string, most int) bool {
	n := 0
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); !bytes.HasPrefix(line, []byte("#")) && !bytes.HasPrefix(line, []byte("//")) {
			n += bytes.Count(line, []byte(what))
		}
	}
	return n > most
}

// Constant is the value of an expression that is a constant, and unknown of any other, and of nil.
func Constant(x hcl.Expression) cty.Value {
	if x == nil {
		return cty.DynamicVal
	}
	v, diags := x.Value(nil)
	if diags.HasErrors() {
		return cty.DynamicVal
	}
	return v
}

// ConstantText is the text that an expression is, "" for any other.
func ConstantText(x hcl.Expression) string { return text(Constant(x)) }

// text is the string of a value that is known and has one, else "".
func text(v cty.Value) string {
	if v.IsKnown() && !v.IsNull() && v.Type() == cty.String {
		return v.AsString()
	}
	return ""
}
