package attachment

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// goesWith says whether h is deleted with the deployment of the function.
func goesWith(p *rules.Pass, h, function *graph.Header) bool {
	there, _ := p.Home(h.Address)
	here, _ := p.Home(function.Address)
	return there == here && h.Account == nil && !h.Implicit && !h.Kept
}

// goesBefore says whether there are values of the conditions with which the function exists and h does not.
func goesBefore(h, function *graph.Header) bool {
	alone := function.When.And(h.When.Not())
	answers := fact.Leaves(nil, 64, func(w *fact.World) fact.Verdict { return w.Holds(alone) },
		func(v fact.Verdict) []fact.Missing { return v.Missing })
	return slices.ContainsFunc(answers, fact.Verdict.IsTrue)
}

// leavesVersions says whether published versions of the function outlive its changes.
func leavesVersions(p *rules.Pass, f *graph.Function) fact.Verdict {
	if slices.ContainsFunc(p.Dependents(f.Address), func(h *graph.Header) bool {
		return h.Type == "AWS::Lambda::Version" && h.Kept
	}) {
		return fact.Yes()
	}
	return fact.IsOn(f.Publishes, p.World)
}

// isFirst says whether one is among those of the list, and the first of those that go with it: one is told of for all.
func isFirst[T any, P interface {
	*T
	graph.Node
}](in fact.Elements[P], one P) bool {
	for _, it := range in.Items {
		if it.Value == one {
			return true
		}
		h, mine := it.Value.Head(), one.Head()
		if h.CreatedFirst == mine.CreatedFirst && h.When.Equal(mine.When) {
			return false
		}
	}
	return false
}
