package unit

import (
	"bytes"
	"regexp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

var (
	markers = regexp.MustCompile(`\{\{|\{%|[:-][ \t]+!(?i:\w*include)[ \t]`)
	// dynamic is a reference of CloudFormation, which is no marker.
	dynamic = regexp.MustCompile(`\{\{resolve:[^}]*\}\}`)
	comment = regexp.MustCompile(`(?m)(?:^|[ \t])(?:#|//).*$`)

	expression = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	statement  = regexp.MustCompile(`(?s)\{%.*?%\}|\{#.*?#\}`)
	directive  = regexp.MustCompile(`(?m)^[ \t]*%\{.*\}[ \t]*$`)
	percent    = regexp.MustCompile(`%\w+%`)
	inclusion  = regexp.MustCompile(`([:-][ \t]+)!(?i:\w*include)[ \t].*`)
)

// HasMarkers reports that a text, comments left aside, holds what a generator of inputs replaces: Jinja or Helm, or the
// tags of YAML, such as !Include, that put files together.
func HasMarkers(text []byte) bool {
	// The search for the signs is a hundred times as fast as the patterns.
	has := func(sign string) bool { return bytes.Contains(text, []byte(sign)) }
	if !has("{{") && !has("{%") && !has(" !") {
		return false
	}
	return markers.Match(comment.ReplaceAll(dynamic.ReplaceAll(text, nil), nil))
}

// IsGenerated reports that a file yields the input, and is none as it stands: that is what its errors are about. They
// are in lines with markers, or the text parses as soon as the markers are replaced. Lines of a templatefile of
// Terraform and names in percent signs are markers only where that helps: both may stand in a text that is an input.
func IsGenerated(f *source.File, errors []source.Diagnostic, parses func(text []byte) bool) bool {
	if !HasMarkers(f.Text) && !directive.Match(f.Text) && !percent.Match(f.Text) {
		return false
	}
	for _, e := range errors {
		if f.Holds(e.Span) && HasMarkers([]byte(f.Line(f.LineOf(e.Span)))) {
			return true
		}
	}
	return parses(generated(f.Text))
}

// generated is the text with something plain in place of each marker.
func generated(text []byte) []byte {
	text = expression.ReplaceAll(dynamic.ReplaceAll(text, []byte("x")), []byte("x"))
	text = percent.ReplaceAll(directive.ReplaceAll(text, nil), []byte("x"))
	return inclusion.ReplaceAll(statement.ReplaceAll(text, nil), []byte("${1}{}"))
}
