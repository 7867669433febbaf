package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// VPCConfigQuota flags functions with more subnets or security groups than the API takes for a function. It
// counts what is written, repeats included.
var VPCConfigQuota = &rules.Rule{
	Name:     "vpc_config_quota",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			subnets, groups := f.Subnets.In(p.World), f.Groups.In(p.World)
			quota(p, f, longer(subnets, aws.MaxSubnets), "SubnetIds", "subnets", aws.MaxSubnets)
			quota(p, f, longer(groups, aws.MaxSecurityGroups), "SecurityGroupIds", "security groups",
				aws.MaxSecurityGroups)
		})
	},
}

// longer says whether the list has more than limit elements.
func longer[T any](list fact.Elements[T], limit int) fact.Verdict {
	return fact.Or(fact.Of(len(list.Items) > limit), fact.Doubt(list.Open))
}

func quota(p *rules.Pass, f *graph.Function, v fact.Verdict, property, what string, limit int) {
	p.Ask(v, f.Address, property, func() rules.Finding {
		return rules.Finding{
			Span: f.At("VpcConfig." + property), Affects: []string{f.Address},
			Message: fmt.Sprintf("function %q cannot be deployed, because it names more than %d %s",
				f.Address, limit, what),
			Remedy: fmt.Sprintf("name at most %d %s", limit, what),
		}
	})
}
