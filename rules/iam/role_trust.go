package iam

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// RoleTrust flags execution roles that Lambda may not assume, be the function in a VPC or not.
var RoleTrust = &rules.Rule{
	Name:     "role_trust",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		everywhere := func(*rules.Pass, *graph.Function) fact.Verdict { return fact.Yes() }
		eachRole(p, everywhere, func(p *rules.Pass, f *graph.Function, role *graph.Role) {
			p.Ask(p.TrustsLambda(role).Not(), role.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: role.At("AssumeRolePolicyDocument"), Affects: []string{f.Address},
					Message: fmt.Sprintf("functions with role %q cannot be deployed, because its trust policy does "+
						"not admit %s", role.Address, aws.LambdaPrincipal),
					Remedy: fmt.Sprintf("allow %s to call sts:AssumeRole in the trust policy of role %q",
						aws.LambdaPrincipal, role.Address),
				}
			})
		})
	},
}
