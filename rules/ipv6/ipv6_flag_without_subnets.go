package ipv6

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IPv6FlagWithoutSubnets flags functions outside a VPC that ask for IPv6. Where a VPC configuration with two empty
// lists is not sent at all, nothing fails. Only a function can be in no VPC.
var IPv6FlagWithoutSubnets = &rules.Rule{
	Name:     "ipv6_flag_without_subnets",
	Severity: rules.Error,
	URL:      "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2061",
	Run: func(p *rules.Pass) {
		sent := fact.Of(!p.Language.OmitsEmptyVPCConfig)
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			p.Ask(fact.And(sent, fact.IsOn(f.IPv6, p.World), p.InVPC(f).Not()), f.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: place(&f.Header, flagPath), Affects: []string{f.Address},
					Message: fmt.Sprintf("function %q cannot be deployed, because it asks for IPv6 without subnets "+
						"and security groups", f.Address),
					Remedy: "remove " + p.Word("Ipv6AllowedForDualStack") + ", or name subnets and security groups",
				}
			})
		})
	},
}
