// Package filter decides what becomes of findings after the rules have spoken: severities that the user changed, and
// suppressions from comments, the configuration and a baseline. It is one pipeline of small steps; no rule knows of it.
package filter

import (
	"slices"

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
// with the notices. Questions go the same way, since their answers may be findings: one that is accepted beforehand
// is no longer undecided, and what accepts it may be needed.
func Run(in rules.Result, steps ...Filter) (rules.Result, []source.Diagnostic) {
	out := in
	out.Findings, out.Undecided = rules.Instances(in.Findings), slices.Clone(in.Undecided)
	var notices []source.Diagnostic
	for _, step := range steps {
		for i := range out.Findings {
			step.Apply(&out.Findings[i])
		}
		for i := range out.Undecided {
			step.Apply(&out.Undecided[i].Finding)
		}
		notices = append(notices, step.Notices()...)
	}
	out.Findings = rules.OneALine(out.Findings)
	out.Undecided = slices.DeleteFunc(out.Undecided, func(u rules.Undecided) bool { return u.Suppressed != nil })
	return out, notices
}
