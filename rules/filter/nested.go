package filter

import (
	"maps"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// nesting has the networks of a run by their roots, of which some are the templates of nested stacks in others.
type nesting map[string]*graph.Network

func nestedIn(networks []*graph.Network) nesting {
	byRoot := nesting{}
	for _, n := range networks {
		byRoot[n.Root] = n
	}
	return byRoot
}

// inside lists the roots of all nested stacks at and below the address in n. known is false where the run did not look at
// one of them.
func (byRoot nesting) inside(n *graph.Network, address string) (roots []string, known bool) {
	known = true
	var add func(n *graph.Network, at string)
	add = func(n *graph.Network, at string) {
		for _, stack := range slices.Sorted(maps.Keys(n.Stacks)) {
			root := n.Stacks[stack]
			if at != "" && !isInside(rules.WithoutIndex(stack), at) || slices.Contains(roots, root) {
				continue
			}
			inner := byRoot[root]
			if inner == nil {
				known = false
				continue
			}
			roots = append(roots, root)
			add(inner, "")
		}
	}
	if address != "" {
		add(n, address)
	}
	return roots, known
}
