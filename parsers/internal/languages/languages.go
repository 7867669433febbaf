// Package languages is the front ends: it knows the languages that are read, and nothing of directories or rules.
package languages

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

// All are the languages that the program reads, the most specific first.
func All() frontend.Set {
	all := &others{
		exports: exports{by: map[*boundary.Boundary]importable{}},
		roots:   roots{by: map[*boundary.Boundary]*rootSet{}},
	}
	return frontend.Set{snapshotFrontend(), terraformFrontend(all), planFrontend(), terragruntFrontend(all), {
		Kind: "CloudFormation template",
		Flag: "parameter",
		// The content alone decides: discovery has looked at the name, and a named file may be called anything.
		Recognises: func(_ string, text []byte) bool { return cloudformation.IsTemplate(text) },
		Callees:    cloudformation.Callees,
		Takes:      func(_ string, text []byte) bool { return cloudformation.Imports(text) },
		Offers:     func(_ string, text []byte) bool { return cloudformation.Exports(text) },
		Parse: func(s frontend.Sources) (frontend.Parsed, []source.Diagnostic) {
			type parsed struct {
				*cloudformation.Template
				problems []source.Diagnostic
			}
			p := frontend.OfFiles(s, func() parsed {
				t, ds := cloudformation.Parse(s.Files[0])
				return parsed{t, ds}
			})
			if p.Template == nil || len(p.problems) > 0 {
				return nil, p.problems
			}
			return newTemplate(p.Template, s.Within, all), nil
		},
		Join: join,
	}}
}
