package graph

import "github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"

// linkFileSystems gives the file systems the subnets and the groups of their mount targets. A target without groups has
// the default one of its VPC, which a list with those of other targets cannot say, so then it is left open.
// https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access-vpc-peering.html
func (b *Builder) linkFileSystems() {
	n := b.net
	subnets := func(d *DataStore) *fact.List[Ref[Subnet]] { return ofMounted(d, &d.Subnets) }
	groups := func(d *DataStore) *fact.List[Ref[SecurityGroup]] { return ofMounted(d, &d.Groups) }
	for t := range n.MountTargets.All() {
		to := refs(t.FileSystem)
		deliver(&n.DataStores, subnets, to, t.When, t.Subnet, t.Span)
		for _, it := range t.Groups.Items {
			deliver(&n.DataStores, groups, to, t.When.And(it.When), it.Value, it.Span)
		}
		gaps := t.Groups.Open
		if !t.Groups.IsSet {
			m := fact.Missing{Kind: fact.Resource, Name: "default security group of " + t.Address, Span: t.Span}
			gaps = []fact.Gap{{Missing: []fact.Missing{m}}}
		}
		for _, g := range gaps {
			deliverGap(&n.DataStores, groups, to, fact.Gap{When: t.When.And(g.When), Missing: g.Missing})
		}
	}
	seal(n, &n.DataStores, subnets)
	seal(n, &n.DataStores, groups)
}

// ofMounted is the list of a file system. That of another data store is written on it and takes nothing.
func ofMounted[T any](d *DataStore, list *fact.List[T]) *fact.List[T] {
	if !d.Mounted {
		return &fact.List[T]{}
	}
	list.IsSet = true
	return list
}
