// Package managed holds the rules about Lambda Managed Instances, which are EC2 instances in the subnets of a capacity
// provider and follow the ordinary rules of EC2.
package managed

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("managed", files,
	ManagedNoTelemetryPath,
	ManagedNoPublicAddress,
	ManagedVPCConfig,
	ManagedOperatorRole,
	ManagedInbound,
)
