package iam

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ENIPermissionDenied flags Deny statements and permissions boundaries that take the work on network interfaces away
// from Lambda. A Deny with lambda:SourceFunctionArn, which AWS advises, binds only the function's code.
var ENIPermissionDenied = &rules.Rule{
	Name:     "eni_permission_denied",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		eachRole(p, attached, func(p *rules.Pass, f *graph.Function, role *graph.Role) {
			culprit := policy.Grant{By: role.Address}
			for _, action := range core {
				if by := p.Allows(role, action).Denies; len(by) > 0 {
					culprit = by[0]
				}
			}
			denied := func(action string) fact.Verdict { return p.Allows(role, action).Denied }
			if h := p.Head(culprit.By); culprit.Statement == nil && h != nil {
				culprit.Span = h.At("PermissionsBoundary")
			}
			p.Ask(fact.Some(core, denied), culprit.By, "", func() rules.Finding {
				return rules.Finding{
					Span: culprit.Span, Affects: []string{f.Address},
					Message: fmt.Sprintf("functions with role %q cannot be deployed to a VPC, because %s %s",
						role.Address, deniedBy(p, role, culprit), pick(core, denied)),
					Remedy: "add the condition ArnEquals lambda:SourceFunctionArn to a Deny that is meant for the " +
						"function's code, or allow the actions in the permissions boundary",
				}
			})
		})
	},
}

// deniedBy starts the sentence of what denies: a policy, or a boundary that the role names by its ARN.
func deniedBy(p *rules.Pass, role *graph.Role, culprit policy.Grant) string {
	boundary, ok := role.Boundary.Get(p.World)
	if ok.IsTrue() && culprit.Statement == nil && culprit.By == role.Address &&
		fact.Same(boundary, culprit.ARN).IsTrue() {
		return fmt.Sprintf("its permissions boundary %s does not allow", boundary)
	}
	return fmt.Sprintf("%q denies it", culprit.By)
}
