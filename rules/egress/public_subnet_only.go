package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PublicSubnetOnly flags functions whose only way out is an internet gateway, which drops their packets: the interface
// of a function never has a public IPv4 address.
var PublicSubnetOnly = &rules.Rule{
	Name:     "public_subnet_only",
	Severity: rules.Error,
	Owns:     internetKeys(trace.NoPublicAddress, trace.RoleGateway),
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, attached, func(p *rules.Pass, f *graph.Function) {
			v4, v6 := look(p, f, trace.Internet(4)), look(p, f, trace.Internet(6))
			atGateways := v4.every(func(path rules.SubnetPath) fact.Verdict {
				return rules.StoppedBy(path.Result, rules.AtGateway)
			})
			if !atGateways.IsFalse() {
				atGateways = fact.And(atGateways, declaredIsolated(p, f, v4).Not())
			}
			severity, but, unless := rules.Error, objection{}, ""
			if atGateways.IsTrue() {
				severity = publicSubnetSeverity(p, f, v4)
				if v4.byDefault(p) {
					severity = min(severity, rules.Warning)
					unless = ", unless the route tables of the default VPC are no longer those that AWS has made"
				}
			}
			if !atGateways.IsFalse() {
				but = objectionOf(p, f)
			}
			p.Ask(fact.And(atGateways, v6.some(reachable).Not(), but.stands), f.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:     f.At("VpcConfig.SubnetIds"),
					Severity: severity,
					Affects:  []string{f.Address},
					Trace:    v4.evidence(f),
					Message: fmt.Sprintf("function %q cannot reach the internet: its subnets lead to an internet "+
						"gateway, which drops packets of an interface without a public IPv4 address%s",
						f.Address, unless+but.clause()),
					Remedy: "attach the function to private subnets whose default route points at a NAT gateway, " +
						"or remove " + p.Word("VpcConfig") + " if it needs nothing in the VPC",
				}
			})
		})
	},
}

// publicSubnetSeverity lowers the severity where something in the VPC suggests that the function is there for that and
// not for the internet.
func publicSubnetSeverity(p *rules.Pass, f *graph.Function, s survey) rules.Severity {
	// One that may be mounted is no error.
	inside := len(p.Needs(f).Nodes) > 0 || !f.FileSystems.In(p.World).Empty().IsTrue()
	switch lost := missed(p, f); {
	case lost == need.Strong:
		return rules.Error
	case inside && lost == need.Weak:
		return rules.Warning
	case inside:
		return rules.Note
	}
	for _, path := range s.paths {
		if vpc, _ := graph.Lookup(p.View, &p.VPCs, path.Subnet.VPC); vpc != nil && servesInside(p, vpc) {
			return rules.Warning
		}
	}
	return rules.Error
}

// servesInside says whether the VPC holds what a function without internet could be there for.
func servesInside(p *rules.Pass, vpc *graph.VPC) bool {
	if len(vpc.Endpoints.Items)+len(vpc.Peerings.Items)+len(vpc.TransitGateways.Items) > 0 {
		return true
	}
	for _, a := range graph.Existing(p.View, vpc.Gateways).Items {
		if !a.Value.VPNGateway.IsUnset() {
			return true
		}
	}
	for store := range p.DataStores.All() {
		if store.Mounted {
			continue // the function would mount it
		}
		for _, s := range graph.Resolve(p.View, &p.Subnets, store.Subnets).Items {
			if id, ok := s.Value.VPC.Get(p.World); ok.IsTrue() && string(id) == vpc.Address {
				return true
			}
		}
	}
	return false
}
