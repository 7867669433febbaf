package rules_test

import (
	"testing"

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
