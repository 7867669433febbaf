// Package ipv6 holds the rules about outbound IPv6: a function has it only when it asks for it, all of its subnets are
// dual-stack, and routes and firewalls let it out.
package ipv6

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

var doc = rules.Docs(files)

// Pack is the list of these rules.
var Pack = rules.Pack{Name: "ipv6", Rules: []*rules.Rule{
	SubnetNotDualStack,
	OnlySubnet,
	FlagWithoutSubnets,
	NoRoute,
	Firewall,
	FlagOff,
}}
