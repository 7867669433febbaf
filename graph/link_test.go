package graph_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

var (
	nowhere source.Span
	macro   = fact.Missing{Kind: fact.Macro, Name: "Company::Macro"}
	shared  = fact.Missing{Kind: fact.Export, Name: "Shared"}
	prodIs  = &fact.Atom{Subject: "Env", Literal: "prod", Domain: []string{"dev", "prod"}}
	inProd  = fact.If(prodIs)
	prod    = (*fact.World)(nil).With(prodIs, true)
	dev     = (*fact.World)(nil).With(prodIs, false)
)

func head(address string) graph.Header { return graph.Header{Address: address} }

func headIf(address string, when fact.Cond) graph.Header {
	return graph.Header{Address: address, When: when}
}

func exported(address string) graph.Header { return graph.Header{Address: address, Exported: &shared} }

func ref[T any](id string) graph.Ref[T] { return fact.Known(graph.ID[T](id), nowhere) }

func unknownRef[T any]() graph.Ref[T] {
	return fact.NotKnown[graph.ID[T]](nowhere, fact.Missing{Kind: fact.Intrinsic, Name: "Fn::Select"})
}

func text(s string) fact.Value[fact.Text] { return fact.Known(fact.Lit(s), nowhere) }

func yes() fact.Value[bool] { return fact.Known(true, nowhere) }

func cidr(s string) fact.Value[netip.Prefix] { return fact.Known(netip.MustParsePrefix(s), nowhere) }

// vpc is a VPC with one range.
func vpc(h graph.Header, ranges ...string) *graph.VPC {
	v := &graph.VPC{Header: h}
	for _, r := range ranges {
		v.CIDRs.Append(cidr(r), nowhere)
	}
	return v
}

// network links what fill adds to a CloudFormation deployment.
func network(fill func(b *graph.Builder, n *graph.Network)) *graph.Network {
	b := graph.NewBuilder("template.yaml", "cloudformation")
	fill(b, b.Network())
	return b.Link()
}

// addresses are those of the children that exist in the world, then the names of what leaves the list open.
func addresses[T any, P interface {
	*T
	graph.Node
}](n *graph.Network, w *fact.World, l fact.List[P]) []string {
	in := graph.Existing[T, P](n.In(w), l)
	out := []string{}
	for _, it := range in.Items {
		out = append(out, it.Value.Head().Address)
	}
	for _, m := range in.Open {
		out = append(out, "? "+m.Name)
	}
	return out
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestAGatewayEndpointPutsARouteIntoItsTables(t *testing.T) {
	endpoint := func(name string, service fact.Text, kind fact.Value[fact.Text]) *graph.VPCEndpoint {
		e := &graph.VPCEndpoint{Header: head(name), VPC: ref[graph.VPC]("Vpc"), Service: fact.Known(service, nowhere),
			Kind: kind}
		e.RouteTables.Append(fact.Choice(inProd, ref[graph.RouteTable]("Private"), ref[graph.RouteTable]("Public"),
			nowhere), nowhere)
		return e
	}
	region := fact.Part{Symbol: "AWS::Region", Missing: fact.Missing{Kind: fact.Pseudo, Name: "AWS::Region"}}
	n := network(func(b *graph.Builder, n *graph.Network) {
		for _, table := range []string{"Private", "Public"} {
			graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: head(table)})
		}
		graph.Add(b, &n.Endpoints,
			endpoint("S3", fact.Text{{Literal: "com.amazonaws."}, region, {Literal: ".s3"}}, fact.Value[fact.Text]{}))
		graph.Add(b, &n.Endpoints,
			endpoint("Any",
				fact.Text{{Symbol: "Service", Missing: fact.Missing{Kind: fact.Parameter, Name: "Service"}}},
				text("Gateway")))
		graph.Add(b, &n.Endpoints, endpoint("Sqs", fact.Lit("com.amazonaws.eu-west-1.sqs"), text("Interface")))
	})
	expect(t, "in prod", addresses(n, prod, n.RouteTables.Get("Private").Routes), "Private.Local[0]", "S3.Route[0]",
		"Any.Route[0]")
	expect(t, "in dev", addresses(n, dev, n.RouteTables.Get("Private").Routes), "Private.Local[0]")
	expect(t, "in dev", addresses(n, dev, n.RouteTables.Get("Public").Routes), "Public.Local[0]", "S3.Route[0]",
		"Any.Route[0]")

	route := n.Routes.Get("S3.Route[0]")
	list, ok := graph.Lookup(n.In(nil), &n.PrefixLists, route.PrefixList)
	if !ok.IsTrue() || list.Service != "s3" || list.Entries.In(nil).Empty().IsTrue() {
		t.Errorf("prefix list: %+v, %v", list, ok)
	}
	if target, _ := route.Targets.Items[0].Value.Get(nil); target != (graph.Target{Kind: graph.ToEndpoint, ID: "S3"}) {
		t.Errorf("target: %v", target)
	}
	if _, ok := n.Routes.Get("Any.Route[0]").PrefixList.Get(nil); !ok.IsUnknown() || ok.Missing[0].Name != "Service" {
		t.Errorf("the prefix list of an unknown service is %v", ok)
	}
}

// A parent of each kind and a child that names it: the child is listed, and only there.
func TestChildrenAreListedByTheirParent(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		for _, v := range []string{"Vpc", "Other"} {
			graph.Add(b, &n.VPCs, vpc(head(v)))
		}
		graph.Add(b, &n.Subnets, &graph.Subnet{Header: head("Subnet"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.InternetGateways, &graph.InternetGateway{Header: head("Igw")})
		graph.Add(b, &n.GatewayAttachments,
			&graph.GatewayAttachment{Header: head("Attach"), VPC: ref[graph.VPC]("Vpc"),
				InternetGateway: ref[graph.InternetGateway]("Igw")})
		graph.Add(b, &n.Endpoints,
			&graph.VPCEndpoint{Header: head("Endpoint"), VPC: ref[graph.VPC]("Vpc"), Kind: text("Interface")})
		graph.Add(b, &n.NATGateways, &graph.NATGateway{Header: head("Zonal"), Subnet: ref[graph.Subnet]("Subnet")})
		graph.Add(b, &n.NATGateways, &graph.NATGateway{Header: head("Regional"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.NATGateways,
			&graph.NATGateway{Header: head("Foreign"), Subnet: ref[graph.Subnet]("${SubnetId}")})
		graph.Add(b, &n.EgressOnlyGateways, &graph.EgressOnlyGateway{Header: head("Eigw"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.Peerings,
			&graph.Peering{Header: head("Peering"), VPC: ref[graph.VPC]("Vpc"), PeerVPC: ref[graph.VPC]("Other")})
		graph.Add(b, &n.TransitAttachments,
			&graph.TransitGatewayAttachment{Header: head("Transit"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: head("Table")})
		graph.Add(b, &n.RouteTableAssociations,
			&graph.RouteTableAssociation{Header: head("Association"), Table: ref[graph.RouteTable]("Table"),
				Subnet: ref[graph.Subnet]("Subnet")})
		propagation := &graph.Propagation{Header: head("Propagation")}
		propagation.Tables.Append(ref[graph.RouteTable]("Table"), nowhere)
		graph.Add(b, &n.Propagations, propagation)
		graph.Add(b, &n.Routes, &graph.Route{Header: head("Route"), Table: ref[graph.RouteTable]("Table")})
		graph.Add(b, &n.ACLs, &graph.NetworkACL{Header: head("Acl")})
		graph.Add(b, &n.ACLAssociations,
			&graph.ACLAssociation{Header: head("AclAssociation"), ACL: ref[graph.NetworkACL]("Acl"),
				Subnet: ref[graph.Subnet]("Subnet")})
		graph.Add(b, &n.ACLEntries, &graph.ACLEntry{Header: head("Entry"), ACL: ref[graph.NetworkACL]("Acl")})
		graph.Add(b, &n.CIDRBlocks,
			&graph.CIDRBlock{Header: head("Block"), Subnet: ref[graph.Subnet]("Subnet"), IPv6: yes()})
	})
	v, s, table := n.VPCs.Get("Vpc"), n.Subnets.Get("Subnet"), n.RouteTables.Get("Table")
	expect(t, "gateways", addresses(n, nil, v.Gateways), "Attach")
	expect(t, "endpoints", addresses(n, nil, v.Endpoints), "Endpoint")
	expect(t, "NAT gateways", addresses(n, nil, v.NATGateways), "Zonal", "Regional")
	expect(t, "egress-only gateways", addresses(n, nil, v.EgressOnly), "Eigw")
	expect(t, "peerings of one side", addresses(n, nil, v.Peerings), "Peering")
	expect(t, "peerings of the other side", addresses(n, nil, n.VPCs.Get("Other").Peerings), "Peering")
	expect(t, "gateways of the other VPC", addresses(n, nil, n.VPCs.Get("Other").Gateways))
	expect(t, "transit attachments", addresses(n, nil, v.TransitGateways), "Transit")
	expect(t, "gateway attachments", addresses(n, nil, n.InternetGateways.Get("Igw").Attachments), "Attach")
	expect(t, "tables of the subnet", addresses(n, nil, s.RouteTables), "Association")
	expect(t, "ACLs of the subnet", addresses(n, nil, s.ACLs), "AclAssociation")
	expect(t, "blocks of the subnet", addresses(n, nil, s.IPv6Blocks), "Block")
	expect(t, "associations of the table", addresses(n, nil, table.Associations), "Association")
	expect(t, "propagations of the table", addresses(n, nil, table.Propagations), "Propagation")
	expect(t, "routes of the table", addresses(n, nil, table.Routes), "Route", "Table.Local[0]")
	expect(t, "entries of the ACL", addresses(n, nil, n.ACLs.Get("Acl").Entries), "Entry")
	if !n.In(nil).IPv6(s).IsTrue() {
		t.Error("a subnet with an IPv6 block of its own has no IPv6")
	}
}

func TestAnAssociationMayDependOnACondition(t *testing.T) {
	fill := func(h graph.Header, subnet graph.Ref[graph.Subnet]) *graph.Network {
		return network(func(b *graph.Builder, n *graph.Network) {
			graph.Add(b, &n.VPCs, vpc(head("Vpc")))
			for _, s := range []string{"A", "B"} {
				graph.Add(b, &n.Subnets, &graph.Subnet{Header: head(s), VPC: ref[graph.VPC]("Vpc")})
			}
			graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: head("Table"), VPC: ref[graph.VPC]("Vpc")})
			graph.Add(b, &n.RouteTableAssociations,
				&graph.RouteTableAssociation{Header: h, Table: ref[graph.RouteTable]("Table"), Subnet: subnet})
		})
	}
	choice := fact.Choice(inProd, ref[graph.Subnet]("A"), ref[graph.Subnet]("B"), nowhere)
	tests := []struct {
		name    string
		network *graph.Network
		world   *fact.World
		a, b    string
	}{
		{"the association exists", fill(headIf("Association", inProd), ref[graph.Subnet]("A")), prod, "Table",
			"Vpc.MainRouteTable"},
		{"the association does not exist", fill(headIf("Association", inProd), ref[graph.Subnet]("A")), dev,
			"Vpc.MainRouteTable", "Vpc.MainRouteTable"},
		{"it is not decided whether it exists", fill(headIf("Association", inProd), ref[graph.Subnet]("A")), nil, "?",
			"Vpc.MainRouteTable"},
		{"its subnet is chosen one way", fill(head("Association"), choice), prod, "Table", "Vpc.MainRouteTable"},
		{"its subnet is chosen the other way", fill(head("Association"), choice), dev, "Vpc.MainRouteTable", "Table"},
		{"its subnet is not decided", fill(head("Association"), choice), nil, "?", "?"},
		{"its subnet is not known", fill(head("Association"), unknownRef[graph.Subnet]()), nil, "?", "?"},
		{"its subnet is elsewhere", fill(head("Association"), ref[graph.Subnet]("${SubnetId}")), nil,
			"Vpc.MainRouteTable", "Vpc.MainRouteTable"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			view := test.network.In(test.world)
			for s, want := range map[graph.ID[graph.Subnet]]string{"A": test.a, "B": test.b} {
				table, _, ok := view.RouteTable(test.network.Subnets.Get(s))
				got := "?"
				if ok.IsTrue() {
					got = table.Address
				} else if !ok.IsUnknown() || len(ok.Missing) == 0 {
					t.Errorf("subnet %s: %v, want unknown with missing facts", s, ok)
				}
				if got != want {
					t.Errorf("subnet %s uses %s, want %s", s, got, want)
				}
			}
		})
	}
}

func TestListsOfWhatLeavesTheDeploymentStayOpen(t *testing.T) {
	fill := func(b *graph.Builder, n *graph.Network, h func(string) graph.Header) {
		graph.Add(b, &n.VPCs, vpc(h("Vpc"), "10.0.0.0/16"))
		graph.Add(b, &n.Subnets, &graph.Subnet{Header: h("Subnet"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.RouteTables, &graph.RouteTable{Header: h("Table"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.InternetGateways, &graph.InternetGateway{Header: h("Igw")})
		graph.Add(b, &n.ACLs, &graph.NetworkACL{Header: h("Acl")})
		graph.Add(b, &n.SecurityGroups, &graph.SecurityGroup{Header: h("Group")})
		graph.Add(b, &n.Instances, &graph.Instance{Header: h("Instance")})
		graph.Add(b, &n.NetworkInterfaces, &graph.NetworkInterface{Header: h("Interface")})
		graph.Add(b, &n.Roles, &graph.Role{Header: h("Role")})
	}
	openings := func(n *graph.Network) map[string][]fact.Gap {
		v, s, table, group := n.VPCs.Get("Vpc"), n.Subnets.Get("Subnet"), n.RouteTables.Get("Table"),
			n.SecurityGroups.Get("Group")
		ni := n.NetworkInterfaces.Get("Interface")
		return map[string][]fact.Gap{
			"ranges": v.CIDRs.Open, "IPv6 ranges": v.HasIPv6.Open, "gateways": v.Gateways.Open,
			"endpoints": v.Endpoints.Open, "NAT gateways": v.NATGateways.Open,
			"egress-only gateways": v.EgressOnly.Open, "peerings": v.Peerings.Open, "transit": v.TransitGateways.Open,
			"tables": s.RouteTables.Open, "ACLs": s.ACLs.Open, "blocks": s.IPv6Blocks.Open,
			"routes": table.Routes.Open, "associations": table.Associations.Open,
			"propagations": table.Propagations.Open,
			"attachments":  n.InternetGateways.Get("Igw").Attachments.Open, "entries": n.ACLs.Get("Acl").Entries.Open,
			"egress": group.Egress.Open, "ingress": group.Ingress.Open, "other VPCs": group.OtherVPCs.Open,
			"instance addresses":  n.Instances.Get("Instance").ElasticIPs.Open,
			"interface addresses": ni.ElasticIPs.Open, "interface attachments": ni.Attachments.Open,
			"policies": n.Roles.Get("Role").Policies.Open,
		}
	}
	tests := []struct {
		name string
		fill func(b *graph.Builder, n *graph.Network)
		want []fact.Missing
	}{
		{"nothing leaves: every list is complete", func(b *graph.Builder, n *graph.Network) { fill(b, n, head) }, nil},
		{"an export opens the lists of what is exported",
			func(b *graph.Builder, n *graph.Network) { fill(b, n, exported) }, []fact.Missing{shared}},
		{"a macro opens all lists", func(b *graph.Builder, n *graph.Network) {
			n.Open = []fact.Missing{macro}
			fill(b, n, head)
		}, []fact.Missing{macro}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for list, gaps := range openings(network(test.fill)) {
				var got []fact.Missing
				for _, g := range gaps {
					got = append(got, g.Missing...)
				}
				if fmt.Sprint(got) != fmt.Sprint(test.want) {
					t.Errorf("%s: open for %v, want %v", list, got, test.want)
				}
			}
		})
	}
}

func TestElasticIPsAndAttachments(t *testing.T) {
	n := network(func(b *graph.Builder, n *graph.Network) {
		instance := &graph.Instance{Header: head("Nat")}
		instance.Interfaces.Append(ref[graph.NetworkInterface]("Inline"), nowhere)
		graph.Add(b, &n.Instances, instance)
		for _, i := range []string{"Inline", "Separate"} {
			graph.Add(b, &n.NetworkInterfaces, &graph.NetworkInterface{Header: head(i)})
		}
		graph.Add(b, &n.ElasticIPs, &graph.ElasticIP{Header: head("Direct"), Instance: ref[graph.Instance]("Nat")})
		graph.Add(b, &n.ElasticIPs, &graph.ElasticIP{Header: head("Loose")})
		graph.Add(b, &n.InterfaceAttachments, &graph.InterfaceAttachment{Header: head("Association"),
			NetworkInterface: ref[graph.NetworkInterface]("Inline"), ElasticIP: ref[graph.ElasticIP]("Loose")})
		graph.Add(b, &n.InterfaceAttachments, &graph.InterfaceAttachment{Header: head("FromElsewhere"),
			NetworkInterface: ref[graph.NetworkInterface]("Separate"),
			ElasticIP:        ref[graph.ElasticIP]("${AllocationId}")})
		graph.Add(b, &n.InterfaceAttachments, &graph.InterfaceAttachment{Header: headIf("Attachment", inProd),
			NetworkInterface: ref[graph.NetworkInterface]("Separate"), Instance: ref[graph.Instance]("Nat")})
	})
	inline, separate := n.NetworkInterfaces.Get("Inline"), n.NetworkInterfaces.Get("Separate")
	expect(t, "of the instance", addresses(n, nil, n.Instances.Get("Nat").ElasticIPs), "Direct")
	expect(t, "of the interface", addresses(n, nil, inline.ElasticIPs), "Loose")
	expect(t, "from elsewhere", addresses(n, nil, separate.ElasticIPs), "FromElsewhere.ElasticIP")
	for _, test := range []struct {
		name  string
		world *fact.World
		list  fact.List[graph.Ref[graph.Instance]]
		want  fact.Truth
	}{
		{"an interface that the instance lists", nil, inline.Attachments, fact.False},
		{"an interface with an attachment", prod, separate.Attachments, fact.False},
		{"an interface without its attachment", dev, separate.Attachments, fact.True},
	} {
		if got := test.list.In(test.world).Empty(); got.Truth != test.want {
			t.Errorf("%s is attached to nothing: %v, want %v", test.name, got.Truth, test.want)
		}
	}
}
