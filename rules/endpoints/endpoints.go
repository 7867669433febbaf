// Package endpoints holds the rules about VPC endpoints and the names by which functions find them.
package endpoints

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("endpoints", files,
	GatewayEndpointRouteTable,
	EndpointBlocksFunction,
	EndpointPrivateDNS,
	EndpointVPCDNS,
	VPCDNSOff,
)

// because is the hop that shows why the service is needed.
func because(s rules.Sender, n need.Need) trace.Hop {
	return trace.Hop{Address: s.Address, Span: n.Span, Role: trace.RoleNeed, Message: n.Evidence}
}
