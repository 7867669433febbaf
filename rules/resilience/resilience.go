// Package resilience holds the rules about what a failure takes down.
package resilience

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

var doc = rules.Docs(files)

// Pack lists the rules.
var Pack = rules.Pack{Name: "resilience", Rules: []*rules.Rule{
	SingleZone,
}}
