package iam

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// DeployerPermissions flags roles and users that are meant to create functions in a VPC and may not look at what a VPC
// is made of, as whoever creates such a function must. That a VPC is meant shows in a condition on it, or in one of the
// permissions without the others.
var DeployerPermissions = &rules.Rule{
	Name:     "deployer_permissions",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		rules.Each(p, &p.Roles, func(p *rules.Pass, role *graph.Role) {
			if p.TrustsLambda(role).IsTrue() { // the role of a function, whose code deploys nothing
				p.Count(role.Address)
				return
			}
			reportDeployer(p, "role", role)
		})
		rules.Each(p, &p.Users, func(p *rules.Pass, user *graph.Role) { reportDeployer(p, "user", user) })
	},
}

func reportDeployer(p *rules.Pass, kind string, role *graph.Role) {
	by, meant := creates(p, role)
	if by == nil {
		p.Count(role.Address)
		return
	}
	lacks := func(action string) fact.Verdict { return p.Allows(role, action).Lacks() }
	has := func(action string) fact.Verdict { return fact.Of(len(p.Allows(role, action).Allows) > 0) }
	v := fact.And(fact.Or(fact.Of(meant), fact.Some(looks, has)), fact.Some(looks, lacks))
	p.Ask(v, role.Address, "", func() rules.Finding {
		return rules.Finding{
			Span: by.Span,
			Message: fmt.Sprintf("%s %q cannot create functions in a VPC, because it does not allow %s",
				kind, role.Address, pick(looks, lacks)),
			Remedy: fmt.Sprintf("allow %s on Resource \"*\"", pick(looks, lacks)),
		}
	})
}

// looks are the permissions that whoever puts a function into a VPC needs besides those of Lambda.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
var looks = []string{"ec2:DescribeSecurityGroups", describeSubnets, "ec2:DescribeVpcs"}

// creates is the grant by which the role certainly may create functions, or nil, and whether a condition of one of them
// speaks of the VPC.
func creates(p *rules.Pass, role *graph.Role) (by *policy.Grant, meant bool) {
	d := p.Allows(role, placing[0])
	grants := slices.Concat(d.Allows, d.Conditional)
	if len(grants) == 0 {
		return nil, false
	}
	return &grants[0], slices.ContainsFunc(grants, func(g policy.Grant) bool {
		return g.Statement != nil && len(onVPC(p.World, g.Statement)) > 0
	})
}
