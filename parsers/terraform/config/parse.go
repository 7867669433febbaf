package config

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// The limits of one file. The parser of HCL calls itself for each level, so deep text would exhaust the stack.
const (
	maxBytes     = 4 << 20
	maxDepth     = 500
	maxRun       = 5_000  // signs of one kind in a row
	maxQuestions = 20_000 // conditionals, which nest without brackets
)

// parse reads a file in the syntax that its name tells. The body has all that could be understood.
func (r *reader) parse(f *source.File, config bool) (body *hclsyntax.Body) {
	empty := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	defer func() {
		if p := recover(); p != nil {
			r.fail(hcl.Range{Filename: f.Name}, fmt.Sprintf("this file cannot be parsed: %v", p))
			body = empty
		}
	}()
	if why := tooLarge(f.Text); why != "" {
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
	return file.Body.(*hclsyntax.Body)
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

// tooLarge says why a text is not given to the parser, or "".
func tooLarge(text []byte) string {
	if len(text) > maxBytes {
		return fmt.Sprintf("the file is larger than %d bytes", maxBytes)
	}
	depth, run, last := 0, 0, byte(0)
	for _, c := range text {
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(depth-1, 0)
		case ' ', '\t', '\n', '\r':
			continue
		}
		if c == last && (c == '!' || c == '-') {
			run++
		} else {
			run = 0
		}
		last = c
		if depth > maxDepth || run > maxRun {
			return "the file is nested too deeply to be read"
		}
	}
	if bytes.Count(text, []byte("?")) > maxQuestions {
		return "the file has too many conditionals to be read"
	}
	return ""
}

// text is the string of a value that is known and has one, else "".
func text(v cty.Value) string {
	if v.IsKnown() && !v.IsNull() && v.Type() == cty.String {
		return v.AsString()
	}
	return ""
}
