package iam

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ENIPermissionsMissing flags roles of functions in a VPC that do not allow the work on network interfaces. A grant
// that is too narrow or conditional is a grant here: see eni_permission_scope.
var ENIPermissionsMissing = &rules.Rule{
	Name:     "eni_permissions_missing",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		eachRole(p, attached, func(p *rules.Pass, f *graph.Function, role *graph.Role) {
			lacks := func(action string) fact.Verdict {
				d := p.Allows(role, action)
				return fact.And(d.Allowed.Not(), fact.Of(len(d.Conditional) == 0))
			}
			lacksCore := some(core, lacks)
			lacksUpkeep := fact.And(fact.Of(lacksCore.IsFalse()), some(upkeep, lacks))
			at := role.Address
			var shared *graph.Policy
			if lacksCore.IsTrue() || lacksUpkeep.IsTrue() {
				if shared = sharedPolicy(p, role); shared != nil {
					at = shared.Address
				}
			}
			report := func(v fact.Verdict, key string, severity rules.Severity, message string, actions []string) {
				p.Ask(v, at, key, func() rules.Finding {
					finding := rules.Finding{Severity: severity, Affects: []string{f.Address}}
					finding.Trace = misplaced(p, role)
					finding.Span, finding.Remedy = role.At("ManagedPolicyArns"), fmt.Sprintf("attach the AWS managed "+
						"policy AWSLambdaVPCAccessExecutionRole to role %q", role.Address)
					who := fmt.Sprintf("role %q", role.Address)
					if shared != nil {
						finding.Span = shared.At("PolicyDocument")
						finding.Remedy = fmt.Sprintf("allow it in policy %q, as the AWS managed policy "+
							"AWSLambdaVPCAccessExecutionRole does", shared.Address)
						who = fmt.Sprintf("policy %q", shared.Address)
					}
					finding.Message = fmt.Sprintf(message, who, pick(actions, lacks))
					return finding
				})
			}
			report(lacksCore, "", rules.Error,
				"functions with %s cannot be deployed to a VPC, because it does not allow %s", core)
			report(lacksUpkeep, "upkeep", rules.Note,
				"Lambda cannot do all that AWS foresees for network interfaces with %s, "+
					"because it does not allow %s", upkeep)
		})
	},
}

// misplaced tells of the policies of AWS that the role would have if their path were right.
func misplaced(p *rules.Pass, role *graph.Role) (hops []trace.Hop) {
	for _, it := range role.Policies.In(p.World).Items {
		if m, ok := policy.Misplaced(it.Value.ARN); ok {
			hops = append(hops, trace.Hop{
				Address: it.Value.By, Span: it.Value.Span,
				Message: fmt.Sprintf("there is no policy %s: the path of %s is %s", it.Value.ARN, m.Name, m.Path),
			})
		}
	}
	return hops
}
