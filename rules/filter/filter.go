// Package filter decides what becomes of findings after the rules have spoken: severities that the user changed, and
// suppressions from comments, the configuration and a baseline. It is one pipeline of small steps; no rule knows of it.
package filter

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Filter is one step.
type Filter interface {
	// Apply changes the finding or marks it as suppressed. It leaves alone what an earlier step has suppressed.
	Apply(f *rules.Finding)
	// Notices says afterwards what was odd about the step's own entries, such as a suppression that nothing needs.
	Notices() []source.Diagnostic
}

// Run sends every finding through the steps, each instance by itself, and returns what came out, suppressed ones too,
// with the notices. A question that a step accepts the answer of is no longer undecided, and uses up no suppression.
func Run(in rules.Result, steps ...Filter) (rules.Result, []source.Diagnostic) {
	out := in
	out.Findings, out.Undecided = rules.Instances(in.Findings), nil
	var notices []source.Diagnostic
	for _, step := range steps {
		for i := range out.Findings {
			step.Apply(&out.Findings[i])
		}
		notices = append(notices, step.Notices()...)
	}
	out.Findings = rules.OneALine(out.Findings)
	for _, u := range in.Undecided {
		for _, step := range steps {
			step.Apply(&u.Finding)
		}
		if u.Suppressed == nil {
			out.Undecided = append(out.Undecided, u)
		}
	}
	return out, notices
}
