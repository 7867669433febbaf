package attachment

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// DedicatedTenancy flags VPCs whose tenancy Lambda cannot use. All subnets of a function lie in one VPC, so one that is
// known answers for the rest; vpc_mismatch speaks where they do not.
var DedicatedTenancy = &rules.Rule{
	Name: "dedicated_tenancy", Severity: rules.Error, Doc: doc("dedicated_tenancy"),
	URL: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Functions, func(p *rules.Pass, f *graph.Function) {
			in := vpcs(p, f.Subnets)
			if len(in.Items) == 0 {
				p.Report(fact.And(p.InVPC(f), fact.Wants(in.Open...)), rules.Finding{
					Resource: f.Address, Span: f.At("VpcConfig"), Affects: []string{f.Address},
					Message: fmt.Sprintf("function %q cannot connect to its VPC if the VPC's tenancy is dedicated", f.Address),
					Remedy:  "attach the function to a VPC with default tenancy",
				})
			}
			for _, it := range in.Items {
				p.Report(dedicated(p, f, it.Value))
			}
		})
	},
}

func dedicated(p *rules.Pass, f *graph.Function, vpc *graph.VPC) (fact.Verdict, rules.Finding) {
	return isOneOf(p.World, vpc.Tenancy, "dedicated", "host"), rules.Finding{
		Resource: vpc.Address, Span: vpc.At("InstanceTenancy"), Affects: []string{f.Address},
		Message: fmt.Sprintf("Lambda functions cannot connect to VPC %q, because its instances are on dedicated hardware", vpc.Address),
		Remedy:  fmt.Sprintf("set InstanceTenancy of %q to default, or attach the functions to a VPC with default tenancy that is peered with it", vpc.Address),
	}
}
