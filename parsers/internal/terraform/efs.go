package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func (l *lowering) fileSystem(r *resource) {
	graph.Add(l.builder, &l.network.DataStores, &graph.DataStore{Header: l.header(r), Kind: read.FileSystem, Mounted: true, Port: fact.Known(read.NFS, r.Span)})
}

func (l *lowering) mountTarget(r *resource) {
	graph.Add(l.builder, &l.network.MountTargets, &graph.MountTarget{
		Header:     l.header(r),
		FileSystem: ref(l, r.get("file_system_id"), fileSystems),
		Subnet:     ref(l, r.get("subnet_id"), subnets),
		Groups:     refs(l, r.get("security_groups"), securityGroups),
	})
}
