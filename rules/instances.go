package rules

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// InstanceSource is an instance that Lambda launches for the capacity provider c in the subnet s: an ordinary EC2
// instance, which has an IPv6 address if the subnet has a range.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-networking.html
func InstanceSource(v *graph.View, c *graph.CapacityProvider, s *graph.Subnet) trace.Source {
	return trace.Source{Compute: trace.EC2, Address: c.Address, Subnet: s, Groups: c.Groups, IPv6: v.IPv6(s)}
}

// InstanceEvidence is the trace of r with the capacity provider in front, as a Finding shows it.
func InstanceEvidence(c *graph.CapacityProvider, r *trace.Result) []trace.Hop {
	first := trace.Hop{Address: c.Address, Span: c.At("VpcConfig"), Role: trace.RoleFunction,
		Message: fmt.Sprintf("instances of capacity provider %q send from its subnets", c.Address)}
	return r.Evidence(first)
}

// Guests lists the functions that run on the capacity provider, or the provider alone where there is none in these files.
func (p *Pass) Guests(c *graph.CapacityProvider) []string {
	own := fact.Known(graph.ID[graph.CapacityProvider](c.Address), c.Span)
	var out []string
	for f := range p.Functions.All() {
		if graph.Same(p.View, &p.CapacityProviders, f.CapacityProvider, own).IsTrue() {
			out = append(out, f.Address)
		}
	}
	if len(out) == 0 {
		return []string{c.Address}
	}
	return out
}
