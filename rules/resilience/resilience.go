// Package resilience holds the rules about what a failure takes down.
package resilience

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("resilience", files,
	SingleZone,
	NATSingleZone,
	NATCrossZone,
	SmallSubnet,
	ENISprawl,
)
