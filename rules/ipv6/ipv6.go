// Package ipv6 holds the rules about outbound IPv6: a function has it only when it asks for it, all of its subnets are
// dual-stack, and routes and firewalls let it out.
package ipv6

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("ipv6", files,
	IPv6SubnetNotDualStack,
	IPv6RangeWithoutVPCRange,
	IPv6OnlySubnet,
	IPv6FlagWithoutSubnets,
	IPv6NoRoute,
	IPv6Firewall,
	IPv6FlagOff,
	IPv6NotUsed,
	IPv6OnlyWayOut,
)
