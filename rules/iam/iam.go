// Package iam holds the rules about execution roles: what Lambda needs of a role to give a function its network
// interfaces, and when it needs it.
package iam

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("iam", files,
	ENIPermissionsMissing,
	ENIPermissionScope,
	ENIPermissionDenied,
	ENIPermissionRace,
	RoleTrust,
	S3FilesPermissionMissing,
	VPCConditionOperator,
	VPCConditionAction,
	DeployerPermissions,
	ENIPermissionExposed,
)
