package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// How many elements the lists of VpcConfig may have. The API counts what is written, repeats included.
// https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html
const (
	maxSubnets = 16
	maxGroups  = 5
)

// VPCConfigQuota flags functions with more subnets or security groups than the API takes.
var VPCConfigQuota = &rules.Rule{
	Name:     "vpc_config_quota",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.EachWhere(p, &p.Functions, (*rules.Pass).InVPC, func(p *rules.Pass, f *graph.Function) {
			subnets, groups := f.Subnets.In(p.World), f.Groups.In(p.World)
			quota(p, f, longer(subnets, maxSubnets), "SubnetIds", "subnets", maxSubnets)
			quota(p, f, longer(groups, maxGroups), "SecurityGroupIds", "security groups", maxGroups)
		})
	},
}

// longer says whether the list has more than limit elements.
func longer[T any](list fact.Elements[T], limit int) fact.Verdict {
	if n := len(list.Items); n > limit || len(list.Open) == 0 {
		return fact.Of(n > limit)
	}
	return fact.Wants(list.Open...)
}

func quota(p *rules.Pass, f *graph.Function, v fact.Verdict, property, what string, limit int) {
	p.Ask(v, f.Address, property, func() rules.Finding {
		return rules.Finding{
			Span: f.At("VpcConfig." + property), Affects: []string{f.Address},
			Message: fmt.Sprintf("function %q cannot be deployed, because it names more than %d %s", f.Address, limit, what),
			Remedy:  fmt.Sprintf("name at most %d %s", limit, what),
		}
	})
}
