package parsers

import "regexp"

var (
	typeLine = regexp.MustCompile(`(?m)AWSTemplateFormatVersion|^[\s{,]*["']?Type["']?\s*:\s*["']?AWS::`)
	markers  = regexp.MustCompile(`\{\{|\{%`)
	dynamic  = regexp.MustCompile(`\{\{resolve:[^}]*\}\}`)
)

// LooksLikeTemplate reports that the text means to be a template, whether or not it can be parsed.
func LooksLikeTemplate(text []byte) bool { return typeLine.Match(text) }

// isGenerator reports that the text is a Jinja or Helm template that yields the input. A dynamic reference of
// CloudFormation, {{resolve:ssm:…}}, is none.
func isGenerator(text []byte) bool { return markers.Match(dynamic.ReplaceAll(text, nil)) }
