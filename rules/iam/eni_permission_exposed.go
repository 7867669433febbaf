package iam

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ENIPermissionExposed flags roles whose permissions on network interfaces the function's own code has too. AWS advises
// a Deny that binds the code alone, and few write it: so somebody has to ask for this rule.
var ENIPermissionExposed = &rules.Rule{
	Name:     "eni_permission_exposed",
	Severity: rules.Note,
	OptIn:    true,
	Run: func(p *rules.Pass) {
		eachRole(p, attached, func(p *rules.Pass, f *graph.Function, role *graph.Role) {
			open := func(action string) fact.Verdict { return openToCode(p, role, action) }
			v := fact.Some(exposed, open)
			if v.IsTrue() {
				v = fact.And(v, allKnown(p, role))
			}
			p.Ask(v, role.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: role.Span, Affects: []string{f.Address},
					Message: fmt.Sprintf("code of functions with role %q may use the permissions that Lambda needs "+
						"for network interfaces: %s", role.Address, pick(exposed, open)),
					Remedy: "deny these actions under the condition ArnEquals lambda:SourceFunctionArn, " +
						"which binds the code and not Lambda",
				}
			})
		})
	},
}

// exposed are the actions that AWS advises to keep from the code.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
var exposed = []string{
	create, describe, remove, "ec2:DetachNetworkInterface",
	"ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
}

// openToCode says whether the role allows the action, and no statement denies it to the function's code.
func openToCode(p *rules.Pass, role *graph.Role, action string) fact.Verdict {
	d := p.Allows(role, action)
	return fact.And(d.Verdict(), fact.Of(len(d.Spares) == 0))
}

// allKnown says whether the content of every policy of the role is known: another may deny.
func allKnown(p *rules.Pass, role *graph.Role) fact.Verdict {
	in := role.Policies.In(p.World)
	missing := in.Open
	for _, it := range in.Items {
		if it.Value.Document == nil {
			missing = append(missing, it.Value.Missing()...)
		}
	}
	return fact.Doubt(fact.Unique(missing)).Not()
}
