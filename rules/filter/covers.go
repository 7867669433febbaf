package filter

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func kind(d source.Directive) rules.SuppressionKind {
	if d.Metadata {
		return rules.InMetadata
	}
	return rules.InComment
}

func pointsInto(f *rules.Finding, covers source.Span) bool {
	return f.Span.IsValid() && covers.Pos <= f.Span.Pos && f.Span.Pos < covers.End
}

// isInside reports that the address is that of the resource, module call or nested stack, or of something inside of it.
func isInside(address, of string) bool {
	rest, ok := strings.CutPrefix(address, of)
	return ok && of != "" && (rest == "" || rest[0] == '.')
}

// isFor compares the function with the address as it is and inside of what the file is read for. An address without
// indexes means all instances.
func isFor(d source.Directive, function string) bool {
	plain := rules.WithoutIndex(function)
	return function == d.For || plain == d.For || d.Within != "" && plain == d.Within+"."+d.For
}
