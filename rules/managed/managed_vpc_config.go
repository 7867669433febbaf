package managed

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ManagedVPCConfig flags functions with a network of their own that run on a capacity provider, which has one too. SAM
// refuses the two together; of Lambda itself no answer is documented. Only a function can have both.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
var ManagedVPCConfig = &rules.Rule{
	Name:     "managed_vpc_config",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			own := p.InVPC(f)
			if f.SAM {
				own = f.VPCConfig.IsSet(p.World)
			}
			p.Ask(fact.And(f.CapacityProvider.IsSet(p.World), own), f.Address, "", func() rules.Finding {
				severity, consequence := rules.Warning, "the network is that of the capacity provider"
				remedy := "remove the VPC configuration of the function"
				if f.SAM {
					severity, consequence = rules.Error, "SAM refuses the template"
					remedy += ", or keep that of Globals away from it with IgnoreGlobals"
				}
				return rules.Finding{
					Span: f.At("VpcConfig"), Severity: severity, Affects: []string{f.Address},
					Message: fmt.Sprintf("function %q has a VPC configuration and runs on a capacity provider: %s",
						f.Address, consequence),
					Remedy: remedy,
				}
			})
		})
	},
}
