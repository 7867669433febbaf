package graph_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// two has a VPC that exists in prod, one that always does, and in each a subnet.
func two() *graph.Network {
	return network(func(b *graph.Builder, n *graph.Network) {
		graph.Add(b, &n.VPCs, vpc(head("Vpc"), "10.0.0.0/16"))
		graph.Add(b, &n.VPCs, vpc(headIf("Prod", inProd), "10.1.0.0/16"))
		adopted := vpc(head("Default"))
		adopted.IsDefault = true
		graph.Add(b, &n.VPCs, adopted)
		graph.Add(b, &n.Subnets, &graph.Subnet{Header: head("A"), VPC: ref[graph.VPC]("Vpc")})
		graph.Add(b, &n.Subnets, &graph.Subnet{Header: headIf("B", inProd), VPC: ref[graph.VPC]("Prod")})
		graph.Add(b, &n.Subnets, &graph.Subnet{Header: head("NoVpc")})
		graph.Add(b, &n.Subnets, &graph.Subnet{Header: head("Foreign"), VPC: ref[graph.VPC]("${VpcId}")})
		graph.Add(b, &n.InternetGateways, &graph.InternetGateway{Header: head("Igw")})
		graph.Add(b, &n.GatewayAttachments, &graph.GatewayAttachment{Header: headIf("Attach", inProd), VPC: ref[graph.VPC]("Vpc"), InternetGateway: ref[graph.InternetGateway]("Igw")})
	})
}

func check(t *testing.T, what string, got fact.Verdict, want fact.Truth) {
	t.Helper()
	if got.Truth != want {
		t.Errorf("%s: %v, want %v", what, got.Truth, want)
	}
	if got.IsUnknown() != (len(got.Missing) > 0) {
		t.Errorf("%s: %v names %d missing facts", what, got.Truth, len(got.Missing))
	}
}

func TestLookup(t *testing.T) {
	n := two()
	find := func(w *fact.World, r graph.Ref[graph.VPC]) fact.Verdict {
		vpc, ok := graph.Lookup(n.In(w), &n.VPCs, r)
		if (vpc != nil) != ok.IsTrue() {
			t.Errorf("node %v with verdict %v", vpc, ok.Truth)
		}
		return ok
	}
	check(t, "a node that exists", find(prod, ref[graph.VPC]("Prod")), fact.True)
	check(t, "a node that does not exist", find(dev, ref[graph.VPC]("Prod")), fact.False)
	check(t, "a node of which it is not decided", find(nil, ref[graph.VPC]("Prod")), fact.Unknown)
	check(t, "a node from elsewhere", find(prod, ref[graph.VPC]("${VpcId}")), fact.Unknown)
	check(t, "a reference that is not known", find(prod, unknownRef[graph.VPC]()), fact.Unknown)
	check(t, "a reference that is not set", find(prod, graph.Ref[graph.VPC]{}), fact.False)
}

func TestOfASubnetElsewhereNothingIsKnown(t *testing.T) {
	n := two()
	for _, id := range []graph.ID[graph.Subnet]{"NoVpc", "Foreign"} {
		s := n.Subnets.Get(id)
		_, _, table := n.In(prod).RouteTable(s)
		check(t, "route table of "+s.Address, table, fact.Unknown)
		_, acl := n.In(prod).ACL(s)
		check(t, "ACL of "+s.Address, acl, fact.Unknown)
	}
	s := n.Subnets.Get("B")
	_, _, table := n.In(dev).RouteTable(s)
	check(t, "route table in a VPC that does not exist", table, fact.Unknown)
	acl, ok := n.In(prod).ACL(s)
	check(t, "default ACL", ok, fact.True)
	if acl == nil || acl.Address != "Prod.DefaultNetworkAcl" {
		t.Errorf("default ACL: %+v", acl)
	}
}

func TestAttached(t *testing.T) {
	n := two()
	igw, vpc := n.InternetGateways.Get("Igw"), ref[graph.VPC]("Vpc")
	check(t, "in prod", n.In(prod).IsAttached(igw, vpc), fact.True)
	check(t, "in dev", n.In(dev).IsAttached(igw, vpc), fact.False)
	check(t, "not decided", n.In(nil).IsAttached(igw, vpc), fact.Unknown)
	check(t, "to the other VPC", n.In(prod).IsAttached(igw, ref[graph.VPC]("Prod")), fact.False)
}

func TestSameVPC(t *testing.T) {
	n := two()
	unset, vpc, other := graph.Ref[graph.VPC]{}, ref[graph.VPC]("Vpc"), ref[graph.VPC]("Prod")
	for _, test := range []struct {
		name string
		a, b graph.Ref[graph.VPC]
		want fact.Truth
	}{
		{"one and the same", vpc, vpc, fact.True},
		{"two of the deployment", vpc, other, fact.False},
		{"the default VPC twice", unset, unset, fact.True},
		{"the default VPC and one created here", unset, vpc, fact.False},
		{"the default VPC and its adopter", ref[graph.VPC]("Default"), unset, fact.True},
		{"the default VPC and a parameter", unset, ref[graph.VPC]("${VpcId}"), fact.Unknown},
		{"a parameter and itself", ref[graph.VPC]("${VpcId}"), ref[graph.VPC]("${VpcId}"), fact.True},
		{"two literal ids", ref[graph.VPC]("vpc-1"), ref[graph.VPC]("vpc-2"), fact.False},
		{"a choice that is not decided", fact.Choice(inProd, vpc, other, nowhere), vpc, fact.Unknown},
	} {
		check(t, test.name, n.In(nil).SameVPC(test.a, test.b), test.want)
	}
}

func TestVPCOfFunction(t *testing.T) {
	n := two()
	function := func(subnets ...graph.Ref[graph.Subnet]) *graph.Function {
		f := &graph.Function{}
		for _, s := range subnets {
			f.Subnets.Append(s, nowhere)
		}
		return f
	}
	optional := fact.Choice(inProd, ref[graph.Subnet]("A"), graph.Ref[graph.Subnet]{}, nowhere)
	for _, test := range []struct {
		name          string
		world         *fact.World
		function      *graph.Function
		inVPC, hasVPC fact.Truth
	}{
		{"no subnets", nil, function(), fact.False, fact.False},
		{"a subnet here", nil, function(ref[graph.Subnet]("A")), fact.True, fact.True},
		{"one subnet here is enough", nil, function(ref[graph.Subnet]("${SubnetId}"), ref[graph.Subnet]("A")), fact.True, fact.True},
		{"a subnet elsewhere", nil, function(ref[graph.Subnet]("${SubnetId}")), fact.True, fact.Unknown},
		{"an optional subnet that is given", prod, function(optional), fact.True, fact.True},
		{"an optional subnet that is not given", dev, function(optional), fact.False, fact.False},
		{"an optional subnet that is not decided", nil, function(optional), fact.Unknown, fact.Unknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			view := n.In(test.world)
			check(t, "in a VPC", view.InVPC(test.function), test.inVPC)
			vpc, ok := view.VPCOfFunction(test.function)
			check(t, "its VPC is known", ok, test.hasVPC)
			if (vpc != nil) != ok.IsTrue() {
				t.Errorf("VPC %v with verdict %v", vpc, ok.Truth)
			}
		})
	}
}
