package firewall

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// NetworkACLBlocksEgress flags network ACLs that deny what a function sends on an otherwise open way.
var NetworkACLBlocksEgress = &rules.Rule{
	Name:     "network_acl_blocks_egress",
	Severity: rules.Error,
	Owns:     to().Stops(trace.ACLEgress, subnets...),
	Run: func(p *rules.Pass) {
		eachACLPath(p, func(p *rules.Pass, s rules.Sender, f flow, path rules.SubnetPath) {
			reportACL(p, s, f, path, "add entries that allow the flow in its direction, and the answers, "+
				"TCP 1024 to 65535, in the other")
		})
	},
}
