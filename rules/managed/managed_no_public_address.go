package managed

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ManagedNoPublicAddress flags capacity providers with a subnet that leads to an internet gateway and gives instances
// no public address. A capacity provider has no setting for one.
var ManagedNoPublicAddress = &rules.Rule{
	Name:     "managed_no_public_address",
	Severity: rules.Warning,
	Owns:     ofInstances.Stops(trace.NoPublicAddress, trace.RoleGateway),
	Run: func(p *rules.Pass) {
		rules.EachSenderOn(p, trace.EC2, func(p *rules.Pass, s rules.Sender) {
			v, where, evidence := cut(p, s)
			p.Report(v, rules.Finding{
				Resource: s.Address, Span: s.At("VpcConfig.SubnetIds"), Affects: p.Guests(s), Trace: evidence,
				Message: fmt.Sprintf("instances of capacity provider %q cannot reach the internet from %s: the way "+
					"out is an internet gateway, and they get no public IPv4 address", s.Address, where),
				Remedy: "let the subnets assign public IPv4 addresses on launch, or use private subnets with a NAT " +
					"gateway",
			})
		})
	},
}
