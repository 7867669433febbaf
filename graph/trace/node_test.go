package trace

import (
	"net/netip"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestNodesAndAddresses(t *testing.T) {
	db := func(subnet string, ingress ...*graph.SecurityGroupRule) func(*lab) {
		return func(x *lab) {
			x.group("DbGroup").InlineIngress = list(ingress...)
			graph.Add(x.b, &x.n.DataStores,
				&graph.DataStore{Header: head("Db"), Kind: "RDS instance", Port: known(5432),
					Subnets: list(ref[graph.Subnet](subnet)), Groups: list(ref[graph.SecurityGroup]("DbGroup"))})
		}
	}
	byGroup := &graph.SecurityGroupRule{Header: head("r"), Protocol: known(6),
		Ports: graph.PortRange{From: known(5432), To: known(5432)}, Peer: ref[graph.SecurityGroup]("Group")}
	toDB := Flow{To: Destination{Class: ClassNode, Family: 4, Node: "Db"}}
	peered := func(back bool, accepted fact.Value[bool]) func(*lab) {
		return func(x *lab) {
			x.vpc("Other", "10.7.0.0/16")
			x.subnet("Far", "Other", "10.7.1.0/24")
			x.table("FarTable", "Other", "Far")
			db("Far", tcp("10.0.0.0/16", 5432))(x)
			graph.Add(x.b, &x.n.Peerings,
				&graph.Peering{Header: head("Peering"), VPC: ref[graph.VPC]("Vpc"), PeerVPC: ref[graph.VPC]("Other"),
					Accepted: accepted})
			x.route("AppTable", "10.7.0.0/16", graph.ToPeering, "Peering")
			if back {
				x.route("FarTable", "10.0.0.0/16", graph.ToPeering, "Peering")
			}
		}
	}
	address := func(p string) Flow {
		return Flow{To: Destination{Class: ClassAddress, Family: 4, Prefix: netip.MustParsePrefix(p)}}
	}
	run(t, []walk{
		{name: "a database that admits the function's group", build: db("Edge", byGroup), flow: toDB, want: fact.True},
		{name: "a database in the function's own subnet",
			build: func(x *lab) { db("App", byGroup)(x); x.acl("Acl", "App") }, flow: toDB, want: fact.True},
		{name: "a database that admits another port", build: db("Edge", tcp("10.0.0.0/16", 3306)), flow: toDB,
			want:   fact.False,
			blocks: []string{"ENI_SG_RULES_MISMATCH destination DbGroup"}},
		{name: "a database that admits a part of the subnet", build: db("Edge", tcp("10.0.1.0/25", 5432)), flow: toDB,
			missing: []string{SomeAddresses}},
		{name: "a database behind a peering connection", build: peered(true, known(true)), flow: toDB, want: fact.True,
			via: "VPC peering connection"},
		{name: "a peering connection without a route back", build: peered(false, known(true)), flow: toDB,
			want:   fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION destination FarTable"}},
		{name: "a peering connection that is not accepted", build: peered(true, known(false)), flow: toDB,
			want:   fact.False,
			blocks: []string{"BAD_STATE_ROUTE route AppTable 10.7.0.0/16"}},
		{name: "a peering connection of which nobody knows whether it is accepted",
			build: peered(true, notKnown[bool]("Accepted")), flow: toDB, missing: []string{"Accepted"}},
		{name: "an address of the VPC", build: func(*lab) {}, flow: address("10.0.9.7/32"), want: fact.True},
		{name: "an address of the VPC in no subnet", build: func(*lab) {}, flow: address("10.0.77.7/32"),
			missing: []string{`which subnet has 10.0.77.7/32`}},
		{name: "an address of a peer", build: peered(true, known(true)), flow: address("10.7.1.9/32"), want: fact.True},
		{name: "a private address nowhere routed", build: func(*lab) {}, flow: address("172.16.0.1/32"),
			want:   fact.False,
			blocks: []string{"NO_ROUTE_TO_DESTINATION route table AppTable"}},
		{name: "a public address behind a NAT gateway", build: func(x *lab) { x.natPath() },
			flow: address("8.8.8.8/32"), want: fact.True},
		{name: "a private address behind an internet gateway", build: func(x *lab) { x.natPath() },
			flow: address("192.168.3.0/24"), want: fact.False,
			blocks: []string{"BAD_STATE_ROUTE route EdgeTable 0.0.0.0/0"}},
		{name: "a node that is not here", build: func(*lab) {},
			flow: Flow{To: Destination{Class: ClassNode, Family: 4, Node: "Nowhere"}}, missing: []string{"Nowhere"}},
	})
}
