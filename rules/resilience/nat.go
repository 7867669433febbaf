package resilience

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// natPath is a way to the internet that leads through a NAT gateway in a subnet of these files.
type natPath struct {
	rules.SubnetPath
	gateway *graph.NATGateway
	// in is the subnet of the gateway.
	in *graph.Subnet
}

// natPaths are the ways of the sender through a zonal NAT gateway. The whole is set where each of its subnets has one.
// A regional NAT gateway is in every zone that it needs to be in.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
func natPaths(p *rules.Pass, s rules.Sender) (ways []natPath, whole bool) {
	paths, open := p.Paths(s, trace.Flow{To: trace.Internet(4)})
	for _, path := range paths {
		if !path.Reachable.IsTrue() {
			continue
		}
		if n := firstNAT(p, path); n != nil && p.IsRegional(n).IsFalse() {
			if in, _ := graph.Lookup(p.View, &p.Subnets, n.Subnet); in != nil {
				ways = append(ways, natPath{path, n, in})
			}
		}
	}
	return ways, len(ways) == len(paths) && len(open) == 0
}

func firstNAT(p *rules.Pass, path rules.SubnetPath) *graph.NATGateway {
	for _, h := range path.Hops {
		if h.Role == trace.RoleNAT {
			return p.NATGateways.At(h.Address)
		}
	}
	return nil
}

// served are the NAT gateways of the VPC, other than not, that a subnet could use which is in the zone of theirs.
func served(p *rules.Pass, subnet *graph.Subnet, not *graph.NATGateway) (n *graph.NATGateway, v fact.Verdict) {
	vpc, known := p.VPC(subnet.VPC)
	if vpc == nil {
		return nil, known
	}
	v = fact.No()
	for _, it := range graph.Existing(p.View, vpc.NATGateways).Items {
		other := it.Value
		in, _ := graph.Lookup(p.View, &p.Subnets, other.Subnet)
		if other == not || in == nil || !p.IsPrivate(other).IsFalse() {
			continue
		}
		same := p.SameZone(in, subnet)
		if n == nil && !same.IsFalse() || same.IsTrue() {
			n = other
		}
		v = fact.Or(v, same)
	}
	return n, v
}
