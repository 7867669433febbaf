package rules

import (
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// NoEgress says whether the groups of an interface together let no TCP and no UDP out, which are all that a function
// can send. Rules to ranges or ports at which nobody listens count as none. Without any group there is nothing to ask:
// False.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
func (p *Pass) NoEgress(groups fact.List[graph.Ref[graph.SecurityGroup]]) fact.Verdict {
	in := graph.Resolve(p.View, &p.SecurityGroups, groups)
	letsOut := in.Any(func(g *graph.SecurityGroup) fact.Verdict {
		return graph.Existing(p.View, g.Egress).Any(p.letsOut)
	})
	return fact.And(in.Empty().Not(), letsOut.Not())
}

// UnlessNoEgress is blocked for groups that let something out; for others SecurityGroupNoEgress speaks. What is
// certainly blocked does not wait for whether the groups let something else out. The conditions behind that are
// awaited.
func (p *Pass) UnlessNoEgress(blocked fact.Verdict, groups fact.List[graph.Ref[graph.SecurityGroup]]) fact.Verdict {
	closed := p.NoEgress(groups)
	if !blocked.IsTrue() {
		return fact.And(blocked, closed.Not())
	}
	p.Await(closed)
	return fact.Of(!closed.IsTrue())
}

func (p *Pass) letsOut(r *graph.SecurityGroupRule) fact.Verdict {
	every := r.Protocol.Is(p.World, func(n int) bool { return n == -1 })
	some := r.Protocol.Is(p.World, func(n int) bool { return n == 6 || n == 17 })
	carries := fact.Or(every, fact.And(some, r.OnlyPortZero(p.World).Not()))
	sure := fact.Yes()
	if r.Doubtful != nil {
		sure = fact.Wants(*r.Doubtful)
	}
	somewhere := fact.Or(fact.Of(r.OfNetwork), r.CIDR.Is(p.World, Nowhere).Not())
	return fact.And(carries, somewhere, sure)
}

// Nowhere tells the ranges that people write to take away the rule that AWS gives a group without rules: loopback, and
// the broadcast address, which AWS CDK writes.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
func Nowhere(r netip.Prefix) bool {
	return r.Addr().IsLoopback() && r.Bits() >= 8 || r == netip.MustParsePrefix("255.255.255.255/32")
}
