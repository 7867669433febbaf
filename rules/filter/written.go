package filter

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Written is what the authors of the files of one network accept. It outlives the network.
type Written struct {
	root string
	list []placed
}

// placed is a directive with the deployment that it speaks of.
type placed struct {
	source.Directive
	// root is that of the deployment that its file is part of.
	root string
	// beyond says that it speaks about a nested stack that is not here, too.
	beyond bool
}

// WrittenIn is what the files of n accept, with the addresses of the deployments that they are part of.
func WrittenIn(n *graph.Network) Written {
	out := Written{root: n.Root}
	for _, one := range n.Directives {
		p := placed{Directive: one}
		p.root, p.Within = n.Home(one.Within)
		_, p.Address = n.Home(one.Address)
		unseen := func(stack string) bool { return isInside(rules.WithoutIndex(stack), p.Address) }
		p.beyond = slices.ContainsFunc(n.Unseen, unseen)
		out.list = append(out.list, p)
	}
	return out
}
