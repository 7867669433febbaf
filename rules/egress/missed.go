package egress

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// missed is the strength of the best evidence for a service or public host that the function needs and certainly does
// not reach from one of its subnets. What an endpoint brings into the VPC is no reason to want a way out of it.
func missed(p *rules.Pass, from rules.Sender) need.Strength {
	best := need.None
	for n, to := range rules.Outside(p.NeedsOf(from)) {
		s := look(p, from, to)
		inside := slices.ContainsFunc(s.paths, func(path rules.SubnetPath) bool { return path.ToEndpoint() })
		if n.Strength > best && !inside && s.every(reachable).IsFalse() {
			best = n.Strength
		}
	}
	return best
}
