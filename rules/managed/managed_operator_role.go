package managed

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ManagedOperatorRole flags operator roles that Lambda may not assume, or that do not let it run instances. Only a
// capacity provider has such a role.
var ManagedOperatorRole = &rules.Rule{
	Name:     "managed_operator_role",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		rules.EachSenderOn(p, trace.EC2, func(p *rules.Pass, s rules.Sender) {
			c := p.CapacityProviders.At(s.Address)
			if c == nil {
				return
			}
			role, known := graph.Lookup(p.View, &p.Roles, c.OperatorRole)
			if role == nil {
				p.Report(known, rules.Finding{Resource: c.Address, Span: c.At("PermissionsConfig"),
					Affects: p.Guests(s)})
				return
			}
			p.Report(p.TrustsLambda(role).Not(), rules.Finding{
				Resource: role.Address, Span: role.At("AssumeRolePolicyDocument"), Key: "trust", Affects: p.Guests(s),
				Message: fmt.Sprintf("capacity providers with operator role %q cannot launch instances, because its "+
					"trust policy does not admit %s", role.Address, aws.LambdaPrincipal),
				Remedy: fmt.Sprintf("allow %s to call sts:AssumeRole in the trust policy of role %q",
					aws.LambdaPrincipal, role.Address),
			})
			v, actions := lacking(p, role)
			p.Report(v, rules.Finding{
				Resource: role.Address, Span: role.At("ManagedPolicyArns"), Key: "permissions", Affects: p.Guests(s),
				Message: fmt.Sprintf("capacity providers with operator role %q cannot launch instances, because it "+
					"does not allow %s", role.Address, actions),
				Remedy: fmt.Sprintf("attach the AWS managed policy %s to role %q", operator, role.Address),
			})
		})
	},
}

const operator = "AWSLambdaManagedEC2ResourceOperator"

// needed is what an operator role must allow at least; some of it AWS allows under conditions only.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-operator-role.html
var needed = []string{
	"ec2:RunInstances", "ec2:CreateTags", "ec2:AttachNetworkInterface", "ec2:CreateNetworkInterface",
	"ec2:DescribeAvailabilityZones", "ec2:DescribeCapacityReservations", "ec2:DescribeInstances",
	"ec2:DescribeInstanceStatus",
	"ec2:DescribeInstanceTypeOfferings", "ec2:DescribeInstanceTypes", "ec2:DescribeSecurityGroups",
	"ec2:DescribeSubnets",
}

// lacking says whether the role misses one of the needed actions, and which.
func lacking(p *rules.Pass, role *graph.Role) (fact.Verdict, string) {
	whole := role.Policies.In(p.World).Any(func(a policy.Attached) fact.Verdict {
		m, ok := policy.ManagedAt(a.ARN)
		return fact.Of(ok && m.Name == operator)
	})
	var missing []string
	vs := make([]fact.Verdict, len(needed))
	for i, action := range needed {
		d := p.Allows(role, action)
		vs[i] = fact.Or(fact.And(whole.Not(), d.Lacks()), d.Denied)
		if vs[i].IsTrue() {
			missing = append(missing, action)
		}
	}
	if n := len(missing); n > 3 {
		return fact.Or(vs...), fmt.Sprintf("%s, %s and %d more actions", missing[0], missing[1], n-2)
	}
	return fact.Or(vs...), strings.Join(missing, ", ")
}
