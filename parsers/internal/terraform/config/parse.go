package config

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/directive"
)

// The limits of one file. The parser of HCL calls itself for each level, so deep text would exhaust the stack.
const (
	maxBytes = 2 << 20
	maxDepth = 500
	maxRun   = 5_000 // signs in a row, which negate each other
)

// maxCounts bounds what nests without brackets: conditionals, splats and directives.
var maxCounts = map[string]int{"?": 20_000, "*": 20_000, "%{": 5_000}

// parse reads a file in the syntax that its name tells. The body has all that could be understood.
func (r *reader) parse(f *source.File, config bool) (body *hclsyntax.Body) {
	empty := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	defer func() {
		if p := recover(); p != nil {
			r.fail(hcl.Range{Filename: f.Name}, fmt.Sprintf("this file cannot be parsed: %v", p))
			body = empty
		}
	}()
	if why := TooLarge(f.Text); why != "" {
		r.fail(hcl.Range{Filename: f.Name}, why)
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

// TooLarge says why a text is not given to the parser, or "".
func TooLarge(text []byte) string {
	if len(text) > maxBytes {
		return fmt.Sprintf("the text is larger than %d bytes", maxBytes)
	}
	depth, run := 0, 0
	for _, c := range text {
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
		if depth > maxDepth || run > maxRun {
			return "the text is nested too deeply to be read"
		}
	}
	for what, most := range maxCounts {
		if bytes.Count(text, []byte(what)) > most && nests(text, what, most) {
			return "the text is nested too deeply to be read"
		}
	}
	return ""
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

// text is the string of a value that is known and has one, else "".
func text(v cty.Value) string {
	if v.IsKnown() && !v.IsNull() && v.Type() == cty.String {
		return v.AsString()
	}
	return ""
}
