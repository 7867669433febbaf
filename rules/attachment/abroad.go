package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reportRegions reports subnets and security groups in another Region than the sender.
func reportRegions(p *rules.Pass, s rules.Sender) {
	reportAbroad(p, s, graph.Resolve(p.View, &p.Subnets, s.Subnets).Items, "SubnetIds", "subnet")
	reportAbroad(p, s, graph.Resolve(p.View, &p.SecurityGroups, s.Groups).Items, "SecurityGroupIds", "security group")
}

func reportAbroad[P graph.Node](p *rules.Pass, s rules.Sender, nodes []fact.Item[P], property, what string) {
	for _, it := range nodes {
		h := it.Value.Head()
		p.Ask(abroad(s.Region, h.Region), s.Address, property+" Region", func() rules.Finding {
			return rules.Finding{
				Span: orElse(it.Span, s.At("VpcConfig."+property)), Affects: s.Affected(),
				Message: fmt.Sprintf("%s cannot be deployed, because it is created in %s, and %s %q in %s",
					s.Name(), s.Region, what, h.Address, h.Region),
				Remedy: "create both by providers of one Region",
			}
		})
	}
}

// abroad says whether two Regions differ. One that is not known is taken for the one that is meant.
func abroad(a, b string) fact.Verdict { return fact.Of(a != b && a != "" && b != "") }
