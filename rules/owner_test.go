package rules_test

import (
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func TestOfSeveralStopsOneOwnsThePath(t *testing.T) {
	hop := func(address string, cause trace.Cause, role trace.Role) *trace.Hop {
		return &trace.Hop{Address: address, Cause: cause, Role: role, Key: trace.Key{Cause: cause, Role: role}}
	}
	group := hop("the function's group", trace.GroupRules, trace.RoleFunction)
	denies := hop("an ACL that denies", trace.ACLEgress, trace.RoleSubnet)
	forgets := hop("an ACL that forgets answers", trace.ACLReturn, trace.RoleSubnet)
	nat := hop("a NAT gateway", trace.NoRoute, trace.RoleNATSubnet)
	store := hop("the data store's group", trace.GroupRules, trace.RoleTarget)
	endpoint := hop("the endpoint's group", trace.GroupRules, trace.RoleEndpoint)
	public := hop("the internet gateway", trace.NoPublicAddress, trace.RoleGateway)
	isolated := hop("the route table", trace.NoRoute, trace.RoleRouteTable)
	for name, tc := range map[string]struct {
		blocks []*trace.Hop
		want   string
	}{
		"a broken NAT gateway before the firewalls":             {[]*trace.Hop{group, denies, nat}, nat.Address},
		"the function's own group before ACLs":                  {[]*trace.Hop{group, denies, forgets}, group.Address},
		"what keeps the packet before what keeps the answer":    {[]*trace.Hop{denies, forgets}, denies.Address},
		"an ACL before the groups of the far side":              {[]*trace.Hop{forgets, store}, forgets.Address},
		"an ACL at the endpoint before the endpoint's group":    {[]*trace.Hop{hop("far ACL", trace.ACLEgress, trace.RoleEndpoint), endpoint}, "far ACL"},
		"the endpoint's group before the subnet's lack of ways": {[]*trace.Hop{isolated, endpoint}, endpoint.Address},
		"a firewall before the public subnet":                   {[]*trace.Hop{forgets, public}, forgets.Address},
		"of two alike the inner one":                            {[]*trace.Hop{denies, hop("inner ACL", trace.ACLEgress, trace.RoleNATSubnet)}, "inner ACL"},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := rules.Owner(&trace.Result{Blocks: tc.blocks})
			if !ok || got.Address != tc.want {
				t.Errorf("got %q, want %q", got.Address, tc.want)
			}
		})
	}
	t.Run("an open path has none", func(t *testing.T) {
		if _, ok := rules.Owner(&trace.Result{}); ok {
			t.Error("got one")
		}
	})
}

func TestABlockedPathIsToldOnceInEachLayer(t *testing.T) {
	hop := func(address string, cause trace.Cause, role trace.Role) *trace.Hop {
		return &trace.Hop{Address: address, Cause: cause, Role: role, Key: trace.Key{Cause: cause, Role: role}}
	}
	group := hop("group", trace.GroupRules, trace.RoleFunction)
	denies := hop("ACL", trace.ACLEgress, trace.RoleSubnet)
	answers := hop("ACL", trace.ACLReturn, trace.RoleSubnet)
	deniesFar := hop("ACL", trace.ACLEgress, trace.RoleNATSubnet)
	othersACL := hop("public ACL", trace.ACLEgress, trace.RoleNATSubnet)
	nat := hop("NAT gateway", trace.NoRoute, trace.RoleNATSubnet)
	far := hop("endpoint's group", trace.GroupRules, trace.RoleEndpoint)
	isolated := hop("route table", trace.NoRoute, trace.RoleRouteTable)
	for name, tc := range map[string]struct {
		blocks []*trace.Hop
		behind bool
		want   []*trace.Hop
	}{
		"a group, an ACL and a table":          {[]*trace.Hop{group, denies, isolated}, true, []*trace.Hop{group, denies, isolated}},
		"behind a group that may be meant":     {[]*trace.Hop{group, denies, isolated}, false, []*trace.Hop{group}},
		"a broken NAT gateway in any case":     {[]*trace.Hop{group, denies, nat}, false, []*trace.Hop{group, nat}},
		"an ACL hides no route":                {[]*trace.Hop{denies, isolated}, false, []*trace.Hop{denies, isolated}},
		"the endpoint's group and one's own":   {[]*trace.Hop{group, far}, true, []*trace.Hop{group, far}},
		"one ACL of two subnets, for the flow": {[]*trace.Hop{answers, deniesFar}, false, []*trace.Hop{deniesFar}},
		"the ACLs of two subnets": {
			[]*trace.Hop{answers, othersACL}, false, []*trace.Hop{answers, othersACL},
		},
		"one of several stops behind the ACL": {[]*trace.Hop{denies, isolated, far}, false, []*trace.Hop{denies, far}},
	} {
		t.Run(name, func(t *testing.T) {
			result := &trace.Result{Reachable: fact.No(), Blocks: tc.blocks}
			if got := rules.Owners(rules.SubnetPath{Result: result, Behind: tc.behind}); !slices.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}
