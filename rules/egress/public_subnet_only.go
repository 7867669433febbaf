package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PublicSubnetOnly flags functions whose only way out is an internet gateway, which drops their packets: the interface
// of a function never has a public IPv4 address.
var PublicSubnetOnly = &rules.Rule{
	Name:     "public_subnet_only",
	Severity: rules.Error,
	Owns:     ofFunctions.Stops(trace.NoPublicAddress, trace.RoleGateway),
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, from rules.Sender) {
			v4, v6 := look(p, from, trace.Internet(4)), look(p, from, trace.Internet(6))
			atGateways := v4.every(func(path rules.SubnetPath) fact.Verdict {
				return rules.StoppedBy(path, rules.AtGateway)
			})
			if !atGateways.IsFalse() {
				atGateways = fact.And(atGateways, declaredIsolated(p, from, v4).Not())
			}
			severity, but, unless := rules.Error, objection{}, ""
			if atGateways.IsTrue() {
				severity = publicSubnetSeverity(p, from, v4)
				if v4.byDefault(p) {
					severity = min(severity, rules.Warning)
					unless = ", unless the route tables of the default VPC are no longer those that AWS has made"
				}
			}
			if !atGateways.IsFalse() {
				but = objectionOf(p, from)
			}
			p.Ask(fact.And(atGateways, v6.some(reachable).Not(), but.stands), from.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:     from.At("VpcConfig.SubnetIds"),
					Severity: severity,
					Affects:  from.Affected(),
					Trace:    v4.evidence(from),
					Message: fmt.Sprintf("%s cannot reach the internet: its subnets lead to an internet "+
						"gateway, which drops packets of an interface without a public IPv4 address%s",
						from.Name(), unless+but.clause()),
					Remedy: "attach the function to private subnets whose default route points at a NAT gateway, " +
						"or remove " + p.Word("VpcConfig") + " if it needs nothing in the VPC",
				}
			})
		})
		rules.EachTenant(p, leadsAround)
	},
}
