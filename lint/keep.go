package lint

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// kept are the networks that Keep is given.
func (r *run) kept() (networks []*graph.Network) {
	shown := map[source.Span]bool{}
	for _, c := range r.Networks {
		isNew(c.network, shown)
		networks = append(networks, c.network)
	}
	for _, c := range r.Libraries {
		if isNew(c.network, shown) {
			networks = append(networks, c.network)
		}
	}
	return networks
}

// isNew says whether the network has a VPC or function that is written nowhere in shown, and adds them there.
func isNew(n *graph.Network, shown map[source.Span]bool) (added bool) {
	add := func(at source.Span) {
		added = added || !shown[at]
		shown[at] = true
	}
	for vpc := range n.VPCs.All() {
		add(vpc.Span)
	}
	for f := range n.Functions.All() {
		add(f.Span)
	}
	return added
}
