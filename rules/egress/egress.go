// Package egress holds the rules about the way out: can a function's packets reach the internet and the services it
// needs.
package egress

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("egress", files,
	PublicSubnetOnly,
	MixedSubnetEgress,
	NATRouteMissing,
	NoInternetRoute,
	ServiceUnreachable,
	NATInPrivateSubnet,
	NATRouteLoop,
	PrivateNATToInternet,
	NATWithoutAddress,
	NATUnused,
	NATInstance,
	PeeringDefaultRoute,
	PublicSubnetByName,
	PublicAccessBlocked,
	DeployTimeFunction,
)
