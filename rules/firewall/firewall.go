// Package firewall holds the rules about security groups and network ACLs on the way of functions.
package firewall

import (
	"embed"
	"slices"

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

// keys are those of one cause over IPv4, for functions and managed instances, and for RDS proxies and load balancers,
// which go to their targets.
func keys(cause trace.Cause, classes []trace.Class, roles ...trace.Role) []trace.Key {
	var out []trace.Key
	for _, class := range classes {
		for _, role := range roles {
			for _, compute := range senders {
				out = append(out, trace.Key{Cause: cause, Class: class, Family: 4, Compute: compute, Role: role})
			}
		}
	}
	return out
}

var (
	senders  = []trace.Compute{trace.Hyperplane, trace.EC2, trace.Proxy, trace.Balancer}
	outside  = []trace.Class{trace.ClassInternet, trace.ClassService}
	toNodes  = []trace.Class{trace.ClassNode}
	allKinds = slices.Concat(outside, toNodes, []trace.Class{trace.ClassAddress})
	subnets  = []trace.Role{trace.RoleSubnet, trace.RoleNATSubnet, trace.RoleInstance, trace.RoleEndpoint,
		trace.RoleTarget}
)
