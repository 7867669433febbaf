package fix

import (
	"errors"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var errCircle = errors.New("with the other fixes, resources would refer to each other in a circle")

// links are the resources that each one refers to since fixes were written. A rule sees to it that its fix alone makes
// no circle.
type links map[string][]string

// add adds those of the fix, or none where there would be a circle.
func (l links) add(f rules.Fix) error {
	for _, s := range f {
		for _, to := range refersTo(s) {
			if l.leads(to, s.Of, map[string]bool{}) {
				return errCircle
			}
		}
	}
	for _, s := range f {
		l[s.Of] = append(l[s.Of], refersTo(s)...)
	}
	return nil
}

func (l links) leads(from, to string, seen map[string]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	return slices.ContainsFunc(l[from], func(next string) bool { return next == to || l.leads(next, to, seen) })
}

// refersTo are the resources that the step makes its own refer to. What it creates may refer to any: none knows it.
func refersTo(s rules.Step) (out []string) {
	if s.Do == rules.Create {
		return nil
	}
	for _, p := range append(s.Value.Properties, rules.Property{Value: s.Value}) {
		if p.Value.Ref != "" && p.Value.Ref != s.Of {
			out = append(out, p.Value.Ref)
		}
	}
	return out
}
