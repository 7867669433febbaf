package endpoints

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// VPCDNSOff flags VPCs of functions in which nobody answers DNS questions. Where an endpoint there wants private DNS
// names, endpoint_vpc_dns speaks.
var VPCDNSOff = &rules.Rule{
	Name:     "vpc_dns_off",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			vpc, known := p.VPCOf(s.Subnets)
			if vpc == nil {
				p.Report(known, rules.Finding{Resource: s.Address, Span: s.At("VpcConfig.SubnetIds"),
					Affects: s.Affected()})
				return
			}
			off := p.HasDNSSupport(vpc).Not()
			if !off.IsFalse() {
				private := graph.Existing(p.View, vpc.Endpoints).Any(func(e *graph.VPCEndpoint) fact.Verdict {
					return wantsNames(p, e)
				})
				off = fact.And(off, customDNS(p, vpc).Not(), private.Not())
			}
			p.Ask(off, vpc.Address, "", func() rules.Finding {
				return rules.Finding{
					Span:    vpc.At("EnableDnsSupport"),
					Affects: s.Affected(),
					Message: fmt.Sprintf("functions in VPC %q can resolve no name: its Amazon DNS server is off, "+
						"and its DHCP options name no other", vpc.Address),
					Remedy: "set " + p.Word("EnableDnsSupport") + " to true",
				}
			})
		})
	},
}
