package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Scenario is a choice of values under which something is true, in the order of the subjects.
type Scenario []Setting

// Setting is what a scenario says of one subject, such as a parameter or a condition of a template. Value is a literal,
// or tells in words which ones it is not.
type Setting struct{ Subject, Value string }

func (s Scenario) String() string {
	texts := make([]string, len(s))
	for i, set := range s {
		texts[i] = set.Subject + " is " + set.Value
		if !strings.HasPrefix(set.Value, "not ") {
			texts[i] = fmt.Sprintf("%s is %q", set.Subject, set.Value)
		}
	}
	return strings.Join(texts, " and ")
}

// maxScenarios bounds how many are told of one finding.
const maxScenarios = 4

// scenarios are what the worlds in which a rule applies have in common, or else each of them; none if it applies in
// all.
func scenarios(all, applies []answer) (out []Scenario) {
	if len(applies) == len(all) || len(applies) == 0 {
		return nil
	}
	common := applies[0].world.Assignments()
	for _, a := range applies[1:] {
		other := a.world.Assignments()
		common = slices.DeleteFunc(common, func(x fact.Assignment) bool { return !slices.ContainsFunc(other, x.Equal) })
	}
	if len(common) > 0 {
		return told(scenario(common))
	}
	if len(applies) > maxScenarios {
		return nil
	}
	for _, a := range applies {
		out = append(out, scenario(a.world.Assignments()))
	}
	return told(out...)
}

// told are the scenarios, or none if one of them says nothing.
func told(out ...Scenario) []Scenario {
	if slices.ContainsFunc(out, func(s Scenario) bool { return len(s) == 0 }) {
		return nil
	}
	return out
}

// scenario leaves out that something is given and not empty, which goes without saying.
func scenario(assigned []fact.Assignment) (out Scenario) {
	assigned = slices.DeleteFunc(assigned, saysGiven)
	for len(assigned) > 0 {
		n := slices.IndexFunc(assigned, func(a fact.Assignment) bool { return a.Subject != assigned[0].Subject })
		if n < 0 {
			n = len(assigned)
		}
		out = append(out, Setting{assigned[0].Subject, value(assigned[:n])})
		assigned = assigned[n:]
	}
	return out
}

// saysGiven tells an assignment by which a subject has some content.
func saysGiven(a fact.Assignment) bool {
	if strings.HasSuffix(a.Subject, " == null") {
		return a.Is == (a.Literal == "false")
	}
	isEmpty := a.Literal == "0" && strings.HasPrefix(a.Subject, "length(")
	return !a.Is && (a.Literal == "" || a.Literal == "null" || isEmpty)
}

// value is what assignments of one subject say of it.
func value(of []fact.Assignment) string {
	left := slices.Clone(of[0].Domain)
	var not []string
	for _, a := range of {
		if a.Is {
			return a.Literal
		}
		left = slices.DeleteFunc(left, func(v string) bool { return v == a.Literal })
		not = append(not, fmt.Sprintf("%q", a.Literal))
	}
	if len(left) == 1 {
		return left[0]
	}
	return "not " + strings.Join(not, " or ")
}

// eitherScenario are the scenarios of a finding that is told for two; none if one is always true.
func eitherScenario(a, b []Scenario) []Scenario {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	out := slices.Concat(a, b)
	slices.SortStableFunc(out, func(x, y Scenario) int { return cmp.Compare(x.String(), y.String()) })
	out = slices.CompactFunc(out, func(x, y Scenario) bool { return slices.Equal(x, y) })
	return out[:min(len(out), maxScenarios)]
}
