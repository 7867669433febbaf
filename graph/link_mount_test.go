package graph_test

import (
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestAFileSystemHasTheNetworkOfItsMountTargets(t *testing.T) {
	groups := func(names ...string) fact.List[graph.Ref[graph.SecurityGroup]] {
		l := fact.List[graph.Ref[graph.SecurityGroup]]{IsSet: true}
		for _, name := range names {
			l.Append(ref[graph.SecurityGroup](name), nowhere)
		}
		return l
	}
	target := func(name string, of graph.Ref[graph.DataStore],
		groups fact.List[graph.Ref[graph.SecurityGroup]]) *graph.MountTarget {
		return &graph.MountTarget{Header: head(name), FileSystem: of, Subnet: ref[graph.Subnet]("Subnet" + name),
			Groups: groups}
	}
	files := ref[graph.DataStore]("Files")
	unknown := fact.NotKnown[graph.ID[graph.DataStore]](nowhere,
		fact.Missing{Kind: fact.Parameter, Name: "FileSystemId"})
	for _, test := range []struct {
		name    string
		targets []*graph.MountTarget
		export  bool
		want    []string
	}{
		{name: "nothing without a target"},
		{name: "what its targets have",
			targets: []*graph.MountTarget{target("A", files, groups("One")), target("B", files, groups("Two"))},
			want:    []string{"SubnetA", "SubnetB", "One", "Two"}},
		{name: "not what targets of another have",
			targets: []*graph.MountTarget{target("A", ref[graph.DataStore]("Other"), groups("One"))}},
		{name: "perhaps what a target has of which it is not known whose it is",
			targets: []*graph.MountTarget{target("A", unknown, groups("One"))},
			want:    []string{"? FileSystemId", "? FileSystemId"}},
		{name: "a group that is not written",
			targets: []*graph.MountTarget{target("A", files, fact.List[graph.Ref[graph.SecurityGroup]]{})},
			want:    []string{"SubnetA", "? default security group of A"}},
		{name: "perhaps more when it is exported", export: true,
			targets: []*graph.MountTarget{target("A", files, groups("One"))},
			want:    []string{"SubnetA", "? files", "One", "? files"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := graph.NewBuilder("template.yaml", "cloudformation")
			n := b.Network()
			store := &graph.DataStore{Header: head("Files"), Mounted: true}
			if test.export {
				store.Exported = &fact.Missing{Kind: fact.Export, Name: "files"}
			}
			database := &graph.DataStore{Header: head("Database")}
			graph.Add(b, &n.DataStores, store)
			graph.Add(b, &n.DataStores, database)
			for _, m := range test.targets {
				graph.Add(b, &n.MountTargets, m)
			}
			b.Link()
			got := append(listed(store.Subnets), listed(store.Groups)...)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if other := append(listed(database.Subnets), listed(database.Groups)...); len(other) > 0 {
				t.Errorf("a database has what is written on it, and not %q", other)
			}
		})
	}
}

// listed tells the items of a list by name and, with "?", what leaves it open.
func listed[T any](l fact.List[graph.Ref[T]]) []string {
	var out []string
	for _, it := range l.Items {
		id, _ := it.Value.Get(nil)
		out = append(out, string(id))
	}
	for _, g := range l.Open {
		for _, m := range g.Missing {
			out = append(out, "? "+m.Name)
		}
	}
	return out
}
