package cloudformation

import (
	"github.com/awslabs/goformation/v7/cloudformation/efs"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *lowering) fileSystem(r *resource) {
	add(l, &l.network.DataStores, &graph.DataStore{Header: l.header(r), Kind: read.FileSystem, Mounted: true, Port: fact.Known(read.NFS, r.span)})
}

func (l *lowering) mountTarget(r *resource) {
	d := decoded[efs.MountTarget](l, r)
	add(l, &l.network.MountTargets, &graph.MountTarget{
		Header:     l.header(r),
		FileSystem: ref(l, d.At(&d.P.FileSystemId), fileSystems),
		Subnet:     ref(l, d.At(&d.P.SubnetId), subnets),
		Groups:     refs(l, d.At(&d.P.SecurityGroups), securityGroups),
	})
}
