// Package attachment holds the rules about what Lambda accepts: the VPC, the subnets and the security groups that a
// function may be attached to, and whether the attachment fits the data stores the function uses.
package attachment

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

var doc = rules.Docs(files)

// Pack is the list of these rules.
var Pack = rules.Pack{Name: "attachment", Rules: []*rules.Rule{
	DedicatedTenancy,
	IncompleteVPCConfig,
	VPCMismatch,
	VPCConfigQuota,
	DatastoreUnreachable,
	EFSMountTarget,
}}
