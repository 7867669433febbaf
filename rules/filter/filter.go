// Package filter decides what becomes of findings after the rules have spoken: severities that the user changed, and
// suppressions from comments, the configuration and a baseline. It is one pipeline of small steps; no rule knows of it.
package filter

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Filter is one step. It sees every finding once, in their order.
type Filter interface {
	// Apply changes the finding or marks it as suppressed. It leaves alone what an earlier step has suppressed.
	Apply(f *rules.Finding)
	// Notices says afterwards what was odd about the step's own rules, such as a suppression that nothing needs.
	Notices() []source.Diagnostic
}

// Run sends the findings through the steps and returns the findings as they came out, none left out, and the notices.
func Run(findings []rules.Finding, steps ...Filter) ([]rules.Finding, []source.Diagnostic) {
	var notices []source.Diagnostic
	out := make([]rules.Finding, len(findings))
	copy(out, findings)
	for _, step := range steps {
		for i := range out {
			step.Apply(&out[i])
		}
		notices = append(notices, step.Notices()...)
	}
	return out, notices
}
