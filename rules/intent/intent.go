// Package intent holds the rules that check the network against what its author declares about it.
package intent

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("intent", files,
	AssertionFailed,
)
