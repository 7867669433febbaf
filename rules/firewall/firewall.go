// Package firewall holds the rules about security groups and network ACLs on the way of functions.
package firewall

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("firewall", files,
	SecurityGroupNoEgress,
	SecurityGroupBlocksHTTPS,
	NetworkACLBlocksEgress,
	NetworkACLBlocksReturn,
	DatastoreBlocksFunction,
	InlineAndStandaloneRules,
	StrippedDefaultEgress,
	UnusedIngress,
)

// to are the packets over IPv4 of functions and managed instances, and of RDS proxies and load balancers, which go to
// their targets.
func to(classes ...trace.Class) trace.Packets {
	return trace.PacketsTo(classes...).Over(4).Of(trace.Hyperplane, trace.EC2, trace.Proxy, trace.Balancer)
}

var subnets = []trace.Role{
	trace.RoleSubnet, trace.RoleNATSubnet, trace.RoleInstance, trace.RoleEndpoint, trace.RoleTarget,
}
