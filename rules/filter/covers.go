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
	in := func(s source.Span) bool { return s.IsValid() && covers.Pos <= s.Pos && s.Pos < covers.End }
	return in(f.Span) || in(f.Copied)
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
