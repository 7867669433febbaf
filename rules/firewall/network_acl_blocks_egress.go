package firewall

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ACLBlocksEgress flags network ACLs that deny what a function sends on an otherwise open way.
var ACLBlocksEgress = &rules.Rule{
	Name:     "network_acl_blocks_egress",
	Severity: rules.Error,
	Doc:      doc("network_acl_blocks_egress"),
	URL:      "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
	Owns:     keys(trace.ACLEgress, allKinds, subnets...),
	Run: func(p *rules.Pass) {
		eachACLPath(p, func(p *rules.Pass, s rules.Sender, f flow, path rules.SubnetPath) {
			reportACL(p, s, f, path, "add entries that allow the flow in its direction, and the answers, TCP 1024 to 65535, in the other")
		})
	},
}
