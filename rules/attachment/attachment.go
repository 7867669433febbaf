// Package attachment holds the rules about what Lambda accepts: the VPC, the subnets and the security groups that a
// function may be attached to, and whether the attachment fits the data stores the function uses.
package attachment

import (
	"embed"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

//go:embed doc/*.md
var files embed.FS

// Pack lists the rules.
var Pack = rules.NewPack("attachment", files,
	DedicatedTenancy,
	IncompleteVPCConfig,
	VPCMismatch,
	VPCConfigQuota,
	DatastoreUnreachable,
	EFSMountTarget,
	WrongReference,
	FileSystemWithoutVPC,
	SubnetOutsideVPC,
	OverlappingSubnets,
	RegionMismatch,
	PlaceholderID,
	IdleReclaim,
	VersionHoldsENI,
	AddressUnreachable,
)
