package egress

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// PublicAccessBlocked flags VPC Block Public Access where it closes the way to the internet that a function has.
var PublicAccessBlocked = &rules.Rule{
	Name:     "public_access_blocked",
	Severity: rules.Error,
	Owns: outward.Of(trace.Hyperplane, trace.EC2).
		Stops(trace.BlockPublicAccess, trace.RoleGateway, trace.RoleEgressOnly, trace.RoleNAT),
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, from rules.Sender) {
			p.Count(from.Address)
			for options := range p.BlockPublicAccess.All() {
				for _, family := range []trace.Family{4, 6} {
					for _, path := range look(p, from, trace.Internet(family)).paths {
						reportBlocked(p, from, path, options)
					}
				}
			}
		})
	},
}

func reportBlocked(p *rules.Pass, from rules.Sender, path rules.SubnetPath, options *graph.BlockPublicAccess) {
	stop := p.Stop(path)
	if stop != nil && stop.Address != options.Address {
		return
	}
	p.Ask(fact.And(p.Stopped(path), p.Isolated(from).Not()), options.Address, "", func() rules.Finding {
		finding := rules.Finding{
			Span: options.At("InternetGatewayBlockMode"), Affects: from.Affected(),
			Trace: from.Evidence(path.Result),
			Remedy: fmt.Sprintf("exclude the VPC of subnet %q from VPC Block Public Access for egress, or set %s to "+
				"block-ingress, which NAT gateways and egress-only internet gateways work under",
				path.Subnet.Address, p.Word("InternetGatewayBlockMode")),
		}
		if stop != nil {
			finding.Message = fmt.Sprintf("%s cannot reach the internet: %s", from.Name(), stop.Message)
		}
		return finding
	})
}
