package deploy

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// needed are the units that a run is about, in the order in which they were met. These are the units that were asked
// for, what calls those, the exporters that isTaken says so of, and all that these call.
func needed(units []*unit.Unit, isTaken func(*unit.Unit) bool) []*unit.Unit {
	calls := unit.NewGraph(units)
	var asked []string
	for _, u := range units {
		if u.Reason.ForItself() {
			asked = append(asked, u.Name)
		}
	}
	using := unit.Reach(asked, calls.Callers)
	var top []string
	for _, u := range units {
		if using[u.Name] || u.Reason.Exports() && u.Parsed != nil && isTaken(u) {
			top = append(top, u.Name)
		}
	}
	keep := unit.Reach(top, calls.Callees)
	return slices.DeleteFunc(slices.Clone(units), func(u *unit.Unit) bool { return !keep[u.Name] })
}

// roots are the units that are deployed by themselves, by name: those that are part of no other's deployment and, of
// units that only call each other, the first.
func roots(units []*unit.Unit) (out []*unit.Unit) {
	isRoot := map[string]bool{}
	for _, name := range unit.NewGraph(units).Roots() {
		isRoot[name] = true
	}
	for _, u := range units {
		if isRoot[u.Name] && u.Parsed != nil {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, b *unit.Unit) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// nested are the names of the units that are part of another's deployment, as the deployments themselves have shown.
// Units that only open each other, in a circle, are none: not one of them may be lost.
func nested(units []*unit.Unit, opened map[string][]string) map[string]bool {
	opens := &unit.Graph{}
	for _, u := range units {
		opens.Add(u.Name, opened[u.Name]...)
	}
	var inner []string
	for _, u := range units {
		if !opens.IsCalled(u.Name) {
			inner = append(inner, opens.Callees(u.Name)...)
		}
	}
	return unit.Reach(inner, opens.Callees)
}
