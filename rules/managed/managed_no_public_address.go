package managed

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ManagedNoPublicAddress flags capacity providers with a subnet that leads to an internet gateway and gives instances
// no public address. A capacity provider has no setting for one.
var ManagedNoPublicAddress = &rules.Rule{
	Name:     "managed_no_public_address",
	Severity: rules.Warning,
	Owns:     instanceKeys(trace.NoPublicAddress, trace.RoleGateway),
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.CapacityProviders, func(p *rules.Pass, c *graph.CapacityProvider) {
			v, where, evidence := cut(p, c)
			p.Report(v, rules.Finding{
				Resource: c.Address, Span: c.At("VpcConfig.SubnetIds"), Affects: p.Guests(c), Trace: evidence,
				Message: fmt.Sprintf("instances of capacity provider %q cannot reach the internet from %s: the way "+
					"out is an internet gateway, and they get no public IPv4 address", c.Address, where),
				Remedy: "let the subnets assign public IPv4 addresses on launch, or use private subnets with a NAT " +
					"gateway",
			})
		})
	},
}
