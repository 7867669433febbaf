// Package frontends knows the languages that parsers can read, and nothing of directories or rules.
package frontends

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

// All are the languages that the program reads, the most specific first.
func All() []parsers.Frontend {
	known := &exports{by: map[*parsers.Boundary][]*cloudformation.Exporter{}}
	return []parsers.Frontend{terraformFrontend(), planFrontend(), terragruntFrontend(), {
		Kind: "CloudFormation template",
		Flag: "parameter",
		// The content alone decides: discovery has looked at the name, and a named file may be called anything.
		Recognises: func(_ string, text []byte) bool { return cloudformation.IsTemplate(text, ".template") },
		Callees:    cloudformation.Callees,
		Takes:      func(_ string, text []byte) bool { return cloudformation.Imports(text) },
		Offers:     func(_ string, text []byte) bool { return cloudformation.Exports(text) },
		Parse: func(s parsers.Sources) (parsers.Unit, []source.Diagnostic) {
			t, ds := cloudformation.Parse(s.Files[0])
			if t == nil || len(ds) > 0 {
				return nil, ds
			}
			return newTemplate(t, s.Within, known), nil
		},
	}}
}
