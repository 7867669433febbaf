package rules

import (
	"regexp"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// A network with a Trial is what some caller of a module may make of it. What a rule finds there is true only of that
// caller, so it is told with the values, and is a warning at most: the module's documentation may rule them out.

// onTrial makes a finding in a network that is tried a warning at most.
func (p *Pass) onTrial(f *Finding) {
	if p.Network.Trial != nil {
		f.Severity = min(f.Severity, Warning)
	}
}

// attained are the reports that are true for some caller who gives the values of the trial: in a world that says
// nothing but how switches of the module are set, and in which the module does not refuse the values.
func (p *Pass) attained(answers []answer) (out []report) {
	seen := map[question]bool{}
	for _, a := range answers {
		if a.applies.IsFalse() || !p.takes(a.world) {
			continue
		}
		for _, r := range a.reports {
			if !r.verdict.IsTrue() || seen[r.question] {
				continue
			}
			seen[r.question] = true
			given := slices.Concat(p.Network.Trial.Values, a.world.Assignments())
			r.finding.Scenarios = told(scenario(given))
			out = append(out, r)
		}
	}
	return out
}

// takes says that callers can set switches so, and that the module then takes the values of the trial.
func (p *Pass) takes(w *fact.World) bool {
	for _, a := range w.Assignments() {
		if !variable.MatchString(a.Subject) {
			return false
		}
	}
	return w.Holds(p.Network.Trial.Refused).IsFalse()
}

// variable matches the subjects that are an input of a root module as it is.
var variable = regexp.MustCompile(`^var\.[\w-]+$`)
