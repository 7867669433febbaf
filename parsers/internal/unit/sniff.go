package unit

import (
	"bytes"
	"regexp"
)

var (
	typeLine = regexp.MustCompile(`(?m)^[\s{,]*["']?Type["']?\s*:\s*["']?AWS::`)
	markers  = regexp.MustCompile(`\{\{|\{%|[:-][ \t]+!(?i:\w*include)[ \t]`)
	dynamic  = regexp.MustCompile(`\{\{resolve:[^}]*\}\}`)
)

// LooksLikeTemplate reports that the text means to be a template, whether or not it can be parsed. Most texts are told
// by a search for words, which is a hundred times as fast as the pattern.
func LooksLikeTemplate(text []byte) bool {
	return bytes.Contains(text, []byte("AWSTemplateFormatVersion")) ||
		bytes.Contains(text, []byte("AWS::")) && typeLine.Match(text)
}

// IsGenerator reports that the text yields the input: a Jinja or Helm template, or YAML whose tags, such as !Include,
// put files together. A dynamic reference of CloudFormation, {{resolve:ssm:…}}, is none.
func IsGenerator(text []byte) bool { return markers.Match(dynamic.ReplaceAll(text, nil)) }
