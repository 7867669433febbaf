package skeleton

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// SkeletonRule flags subnets of functions that …
var SkeletonRule = &rules.Rule{
	Name:     "skeleton_rule",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			for _, it := range p.SubnetsOf(f).Items {
				subnet := it.Value
				// The question. True makes the finding, False says that all is well, Unknown names the missing facts.
				public := subnet.MapPublicIP.Is(p.World, func(b bool) bool { return b })
				p.Report(public, rules.Finding{
					Resource: subnet.Address, Span: subnet.At("MapPublicIpOnLaunch"), Affects: []string{f.Address},
					Message: fmt.Sprintf("function %q …, because subnet %q gives public addresses", f.Address, subnet.Address),
					Remedy:  fmt.Sprintf("set %s to false", p.Word("MapPublicIpOnLaunch")),
				})
			}
		})
	},
}
