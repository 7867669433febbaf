package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// IncompleteVPCConfig flags functions with subnets and no security groups, or the reverse. With neither, a function is
// not in a VPC. Other senders must name both.
var IncompleteVPCConfig = &rules.Rule{
	Name:     "incomplete_vpc_config",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			noSubnets, noGroups := empty(p.World, f.Subnets), empty(p.World, f.Groups)
			lacks, has := "security group", "subnets"
			if noSubnets.IsTrue() {
				lacks, has = "subnet", "security groups"
			}
			p.Ask(fact.Or(fact.And(noSubnets, noGroups.Not()), fact.And(noGroups, noSubnets.Not())), f.Address, "",
				func() rules.Finding {
					return rules.Finding{
						Span: f.At("VpcConfig"), Affects: []string{f.Address},
						Message: fmt.Sprintf("function %q cannot be deployed, because its %s has %s but no %s",
							f.Address, p.Word("VpcConfig"), has, lacks),
						Remedy: fmt.Sprintf("add at least one %s to %s, or remove both lists to keep the function "+
							"outside a VPC", lacks, p.Word("VpcConfig")),
					}
				})
		})
	},
}

// empty says whether the list names nothing in this world.
func empty[T any](w *fact.World, list fact.List[graph.Ref[T]]) fact.Verdict {
	return list.In(w).Any(func(ref graph.Ref[T]) fact.Verdict { return ref.IsSet(w) }).Not()
}
