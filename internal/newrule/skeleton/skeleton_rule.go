package skeleton

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SkeletonRule flags subnets of senders, such as functions, that …
var SkeletonRule = &rules.Rule{
	Name:     "skeleton_rule",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachSender(p, func(p *rules.Pass, s rules.Sender) {
			for _, it := range p.SubnetsOf(s).Items {
				subnet := it.Value
				// The question. True makes the finding, False says that all is well, Unknown names the missing facts.
				public := fact.IsOn(subnet.MapPublicIP, p.World)
				p.Report(public, rules.Finding{
					Resource: subnet.Address, Span: subnet.At("MapPublicIpOnLaunch"), Affects: s.Affected(),
					Message: fmt.Sprintf("%s …, because subnet %q gives public addresses", s.Name(), subnet.Address),
					Remedy:  fmt.Sprintf("set %s to false", p.Word("MapPublicIpOnLaunch")),
				})
			}
		})
	},
}
