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
		f.Severity, f.tried = min(f.Severity, Warning), true
	}
}

// attained are the reports that are true for some caller who gives the values of the trial: in a world that says
// nothing but how switches of the module are set, and in which the module does not refuse the values.
func (p *Pass) attained(answers []answer) (out []report) {
	first := map[question]int{}
	for _, a := range answers {
		if a.applies.IsFalse() || !p.takes(a.world) {
			continue
		}
		for _, r := range a.reports {
			if !r.verdict.IsTrue() {
				continue
			}
			given := slices.Concat(p.Network.Trial.Values, a.world.Assignments())
			r.finding.Scenarios = told(scenario(given))
			if i, again := first[r.question]; again {
				out[i].finding.Scenarios = needed(out[i].finding.Scenarios, r.finding.Scenarios)
				continue
			}
			first[r.question] = len(out)
			out = append(out, r)
		}
	}
	return out
}

// needed is the first of two scenarios that were tried, without the one setting in which they differ: the finding holds
// with either value. Where several differ nobody knows which of them count, and the first stays as it is.
func needed(a, b []Scenario) []Scenario {
	if len(a) != 1 || len(b) != 1 || len(a[0]) != len(b[0]) {
		return a
	}
	common := slices.DeleteFunc(slices.Clone(a[0]), func(s Setting) bool { return !slices.Contains(b[0], s) })
	if len(common) == 0 || len(common) != len(a[0])-1 {
		return a
	}
	return []Scenario{common}
}

// TriedAgain leaves out of the scenario of f, if that was tried, what differs from the other one in which f was found.
func (f *Finding) TriedAgain(other *Finding) {
	if f.tried && other.tried {
		f.Scenarios = needed(f.Scenarios, other.Scenarios)
	}
}

// scenariosOf are the scenarios of a finding that is told twice. What holds without anything tried counts more.
func scenariosOf(a, b *Finding) []Scenario {
	switch {
	case a.tried && b.tried:
		return needed(a.Scenarios, b.Scenarios)
	case a.tried:
		return b.Scenarios
	case b.tried:
		return a.Scenarios
	}
	return eitherScenario(a.Scenarios, b.Scenarios)
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
