package routes

import (
	"fmt"
	"net/netip"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// RouteDestinationFamily flags routes that mix the address families: an IPv6 range where an IPv4 one belongs or the
// reverse, IPv4 to an egress-only internet gateway, IPv6 to a NAT gateway.
var RouteDestinationFamily = &rules.Rule{
	Name:     "route_destination_family",
	Severity: rules.Error,
	Owns:     trace.PacketsTo().Stops(trace.NoAddressFamily, trace.RoleEgressOnly),
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Routes, func(p *rules.Pass, r *graph.Route) {
			if r.Implicit {
				return
			}
			to, known := r.Destination.Get(p.World)
			if !known.IsTrue() {
				p.Count(r.Address) // what is no range at all, or not known, is the business of other rules
				return
			}
			for _, reason := range mixed(p, r, to) {
				reportFamily(p, r, reason)
			}
		})
	},
}

// mix is one way in which a route can mix the families.
type mix struct {
	so       fact.Verdict
	severity rules.Severity
	message  string // behind the name of the route
	remedy   string
}

// nat64 is the range of IPv6 addresses that a NAT gateway translates.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

func mixed(p *rules.Pass, r *graph.Route, to netip.Prefix) []mix {
	is4 := to.Addr().Is4()
	translated := !is4 && nat64.Contains(to.Addr()) && to.Bits() >= nat64.Bits()
	property, other := p.Word("DestinationCidrBlock"), p.Word("DestinationIpv6CidrBlock")
	if !is4 {
		property, other = other, property
	}
	return []mix{
		{
			fact.Of(r.Family == 4 && !is4 || r.Family == 6 && is4), rules.Error,
			fmt.Sprintf("is refused: %s does not take the range %s", other, to),
			"give the range as " + property,
		},
		{
			fact.And(fact.Of(is4), p.LeadsTo(r, isEgressOnly(p))), rules.Error,
			fmt.Sprintf("sends %s nowhere: an egress-only internet gateway carries IPv6 only", to),
			"send IPv4 to a NAT gateway, and ::/0 to the egress-only internet gateway",
		},
		{
			fact.And(fact.Of(!is4 && !translated), p.LeadsTo(r, isNAT(p))), rules.Warning,
			fmt.Sprintf("sends %s to a NAT gateway, which translates %s and no other IPv6", to, nat64),
			"send ::/0 to an egress-only internet gateway",
		},
	}
}

func reportFamily(p *rules.Pass, r *graph.Route, m mix) {
	p.Ask(m.so, r.Address, "", func() rules.Finding {
		return rules.Finding{
			Span: r.Span, Severity: m.severity, Affects: behind(p, r.Table),
			Message: fmt.Sprintf("route %q %s", r.Address, m.message),
			Remedy:  m.remedy,
		}
	})
}

// A gateway may be named in the property for another kind of gateway.

func isEgressOnly(p *rules.Pass) func(graph.Target) fact.Verdict {
	return func(t graph.Target) fact.Verdict {
		return fact.Of(p.EgressOnlyGateways.At(t.ID) != nil ||
			t.Kind == graph.ToEgressOnly)
	}
}

func isNAT(p *rules.Pass) func(graph.Target) fact.Verdict {
	return func(t graph.Target) fact.Verdict {
		return fact.Of(p.NATGateways.At(t.ID) != nil || t.Kind == graph.ToNATGateway)
	}
}
