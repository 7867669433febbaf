package all_test

import (
	"fmt"
	"slices"
	"strings"

	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// stop is a kind of stop whatever the destination, family and compute.
type stop struct {
	cause trace.Cause
	role  trace.Role
}

// stops are all that the trace can end at. The names are those of rules that are planned and will own the keys of the
// stop that no rule of today owns. Or of assertion_failed: it owns none, since it speaks of every stop whoever else
// does, and it alone speaks of flows that nothing but an assertion asks for.
var stops = map[stop]string{
	{trace.NoRoute, trace.RoleRouteTable}:           "assertion_failed",
	{trace.NoRoute, trace.RoleNATSubnet}:            "assertion_failed",
	{trace.NoRoute, trace.RoleInstance}:             "assertion_failed",
	{trace.NoRoute, trace.RolePeering}:              "assertion_failed",
	{trace.NoRoute, trace.RoleTarget}:               "assertion_failed",
	{trace.NoPublicAddress, trace.RoleGateway}:      "assertion_failed",
	{trace.NoPublicAddress, trace.RoleInstance}:     "assertion_failed",
	{trace.NATLoop, trace.RoleNAT}:                  "assertion_failed",
	{trace.NATLoop, trace.RoleInstance}:             "assertion_failed",
	{trace.NATToNAT, trace.RoleNAT}:                 "assertion_failed",
	{trace.NATIsPrivate, trace.RoleNAT}:             "assertion_failed",
	{trace.NATNoAddress, trace.RoleNAT}:             "assertion_failed",
	{trace.SourceDestCheck, trace.RoleInstance}:     "assertion_failed",
	{trace.GroupRules, trace.RoleInstance}:          "assertion_failed",
	{trace.PeeringNotTransit, trace.RolePeering}:    "assertion_failed",
	{trace.BadStateRoute, trace.RoleRoute}:          "",
	{trace.Unattached, trace.RoleGateway}:           "",
	{trace.Unattached, trace.RoleNAT}:               "",
	{trace.GroupRules, trace.RoleFunction}:          "assertion_failed",
	{trace.GroupRules, trace.RoleEndpoint}:          "assertion_failed",
	{trace.GroupRules, trace.RoleTarget}:            "assertion_failed",
	{trace.ACLEgress, trace.RoleSubnet}:             "assertion_failed",
	{trace.ACLEgress, trace.RoleNATSubnet}:          "assertion_failed",
	{trace.ACLEgress, trace.RoleInstance}:           "assertion_failed",
	{trace.ACLEgress, trace.RoleEndpoint}:           "assertion_failed",
	{trace.ACLEgress, trace.RoleTarget}:             "assertion_failed",
	{trace.ACLReturn, trace.RoleSubnet}:             "assertion_failed",
	{trace.ACLReturn, trace.RoleNATSubnet}:          "assertion_failed",
	{trace.ACLReturn, trace.RoleInstance}:           "assertion_failed",
	{trace.ACLReturn, trace.RoleEndpoint}:           "assertion_failed",
	{trace.EndpointPolicy, trace.RoleEndpoint}:      "assertion_failed",
	{trace.ACLReturn, trace.RoleTarget}:             "assertion_failed",
	{trace.NoAddressFamily, trace.RoleFunction}:     "assertion_failed",
	{trace.NoAddressFamily, trace.RoleEgressOnly}:   "",
	{trace.BlockPublicAccess, trace.RoleGateway}:    "assertion_failed",
	{trace.BlockPublicAccess, trace.RoleEgressOnly}: "assertion_failed",
	{trace.BlockPublicAccess, trace.RoleNAT}:        "assertion_failed",
}

// TestEveryKeyHasAtMostOneOwner also lists the keys without an owner, with the planned rule that will own them.
func TestEveryKeyHasAtMostOneOwner(t *testing.T) {
	today := map[string]bool{}
	var owners []*rules.Rule
	for _, pack := range all.Packs() {
		for _, r := range pack.Rules {
			today[r.Name] = true
			owners = append(owners, r)
			for _, k := range r.Owns {
				if _, known := stops[stop{k.Cause, k.Role}]; !known {
					t.Errorf("%s owns %v, at which no trace ends", r.Name, k)
				}
			}
		}
	}
	var free []string
	var every trace.Packets
	for s, planned := range stops {
		var without []string
		for _, k := range every.Stops(s.cause, s.role) {
			var names []string
			for _, r := range owners {
				if r.OwnsKey(k) {
					names = append(names, r.Name)
				}
			}
			switch len(names) {
			case 0:
				without = append(without, fmt.Sprintf("%s/%d/%s", k.Class, k.Family, k.Compute))
			case 1:
			default:
				t.Errorf("%v has the owners %v", k, names)
			}
		}
		if len(without) == 0 {
			continue
		}
		if planned == "" || today[planned] && planned != "assertion_failed" {
			t.Errorf("%v has no owner for %v, and %q is not to come", s, without, planned)
		}
		free = append(free, fmt.Sprintf("%s: %s at the %s, %d keys", planned, s.cause, s.role, len(without)))
	}
	slices.Sort(free)
	t.Logf("without an owner today:\n%s", strings.Join(free, "\n"))
}
