package filter

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Severities gives findings the severity that the map has for their rule or else for their pack.
func Severities(by map[string]rules.Severity) Filter { return severities(by) }

type severities map[string]rules.Severity

func (s severities) Apply(f *rules.Finding) {
	for _, name := range []string{f.Pack, f.Rule.Name} {
		if severity, ok := s[name]; ok {
			f.Severity = severity
		}
	}
}

func (s severities) Notices() []source.Diagnostic { return nil }
