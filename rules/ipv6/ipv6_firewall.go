package ipv6

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

var firewalls = slices.Concat(
	ofFunctions.Stops(trace.GroupRules, trace.RoleFunction),
	ofFunctions.Stops(trace.ACLEgress, trace.RoleSubnet),
	ofFunctions.Stops(trace.ACLReturn, trace.RoleSubnet),
)

// IPv6Firewall flags security groups and network ACLs that let IPv4 out and forgot IPv6. Where the route is missing
// too, ipv6_no_route speaks.
var IPv6Firewall = &rules.Rule{
	Name:     "ipv6_firewall",
	Severity: rules.Warning,
	URL:      "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html",
	Owns:     firewalls,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			paths, open := p.Paths(from, trace.Flow{To: trace.Internet(6)})
			asked := flag(p, from)
			reportUnseen(p, from, fact.And(asked, fact.Doubt(open)), flagPath)
			for _, path := range paths {
				resource, at, found := firstStop(path, firewalls)
				var fix rules.Fix
				if p.SecurityGroups.At(resource) != nil {
					fix = p.LetIPv6Out(from.Groups)
				}
				_, _, routeMissing := firstStop(path, noRoute)
				v := fact.And(asked, p.IPv6(path.Subnet), blocked(path.Result, found && !routeMissing))
				if !v.IsFalse() {
					// Else security_group_no_egress speaks.
					v = fact.And(p.UnlessNoEgress(v, from.Groups), p.Isolated(from).Not())
				}
				p.Ask(v, resource, "", func() rules.Finding {
					return rules.Finding{
						Span: at, Severity: severity(p, from, path.Subnet), Affects: from.Affected(),
						Trace: from.Evidence(path.Result),
						Message: fmt.Sprintf("functions cannot reach the IPv6 internet although they have a route, "+
							"because %q does not let TCP 443 out to ::/0", resource),
						Remedy: fmt.Sprintf("allow TCP 443 to ::/0 in %q", resource), Fix: fix,
					}
				})
			}
		})
	},
}
