package endpoints

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// byName gives the paths from the path's subnet to the service's endpoints without private DNS names which the function
// finds all the same, by a private zone or by a name of the endpoint, where there is no other way to the service.
func byName(p *rules.Pass, s rules.Sender, n need.Need, path rules.SubnetPath) []rules.SubnetPath {
	if !rules.StoppedBy(path, rules.AtSubnet).IsTrue() {
		return nil
	}
	var out []rules.SubnetPath
	for _, it := range p.EndpointsFor(path.Subnet, "Interface", n.Name).Items {
		found := inZone(p, path.Subnet, n.Name).IsTrue() || mentions(s, it.Value)
		if !found || !p.HasPrivateDNS(it.Value).IsFalse() {
			continue
		}
		direct, _ := p.Paths(s, trace.Flow{To: trace.Node(it.Value.Address)})
		out = append(out, slices.DeleteFunc(direct, func(other rules.SubnetPath) bool {
			return other.Subnet != path.Subnet
		})...)
	}
	return out
}

// mentions says whether a function refers to the endpoint, whose own names need no private DNS.
func mentions(s rules.Sender, e *graph.VPCEndpoint) bool {
	return slices.ContainsFunc(s.Functions, func(f *graph.Function) bool {
		return slices.Contains(f.Depends, e.Address)
	})
}
