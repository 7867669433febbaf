// Package iam holds the rules about execution roles: what Lambda needs of a role to give a function its network
// interfaces, and when it needs it.
package iam

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

var doc = rules.Docs(files)

// Pack is the list of these rules.
var Pack = rules.Pack{Name: "iam", Rules: []*rules.Rule{
	ENIPermissionsMissing,
	ENIPermissionScope,
	ENIPermissionDenied,
	ENIPermissionRace,
	RoleTrust,
}}
