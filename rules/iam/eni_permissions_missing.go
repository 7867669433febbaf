package iam

import (
	"fmt"
	"strings"

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
			lacks := func(action string) fact.Verdict { return p.Allows(role, action).Lacks() }
			lacksCore := fact.Some(core, lacks)
			lacksUpkeep := fact.And(fact.Of(lacksCore.IsFalse()), fact.Some(upkeep, lacks))
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
					if severity == rules.Error { // else a policy that somebody has made narrow would become wide
						finding.Fix = grant(p, f, role)
					}
					who := fmt.Sprintf("role %q", role.Address)
					if shared != nil {
						finding.Fix = nil // who else has the policy, and is to have more, is a decision
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

// vpcAccess is the policy of AWS that allows the work on network interfaces.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html
const vpcAccess = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"

// grant is the fix that attaches the policy to the role and, where that takes a resource, lets the function wait for
// it.
func grant(p *rules.Pass, f *graph.Function, role *graph.Role) rules.Fix {
	typ := p.Language.PolicyAttachment
	if typ == "" {
		return rules.Append.Property(role.Head(), "ManagedPolicyArns", rules.Value{Text: vpcAccess})
	}
	home, _ := rules.SplitAddress(role.Address, true)
	name := p.NameOf(role.Head()) + "_vpc_access"
	attachment := rules.Step{Of: role.Address, At: role.Span, Do: rules.Create, New: &rules.New{
		Type: typ, Name: name, Properties: []rules.Property{
			{Name: p.Word("Role"), Value: rules.Value{Ref: role.Address, Attribute: "Name"}},
			{Name: p.Word("PolicyArn"), Value: rules.Value{Text: vpcAccessOf(role)}},
		},
	}}
	return append(rules.Fix{attachment}, p.DependOn(f.Head(), home+typ+"."+name)...)
}

// vpcAccessOf is the policy in the partition of the role's Region, if that is known to be one of its own.
func vpcAccessOf(role *graph.Role) string {
	for prefix, partition := range map[string]string{"us-gov-": "aws-us-gov", "cn-": "aws-cn"} {
		if role.Region.HasPrefix(prefix).IsTrue() {
			return strings.Replace(vpcAccess, "${AWS::Partition}", partition, 1)
		}
	}
	return vpcAccess
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
