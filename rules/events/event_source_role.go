package events

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// What Lambda does with the function's role to put pollers into the network of an event source.
// https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
// https://docs.aws.amazon.com/lambda/latest/dg/process-messages-with-lambda.html
var (
	makes = []string{"ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"}
	finds = []string{"ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"}
)

// EventSourceRole flags roles of functions whose event source is polled from its own network, and that do not let
// Lambda make the network interfaces there. Of a function that is in a VPC itself, eni_permissions_missing speaks.
var EventSourceRole = &rules.Rule{
	Name:     "event_source_role",
	Severity: rules.Error,
	Run: func(p *rules.Pass) {
		each(p, func(p *rules.Pass, s rules.Sender) {
			f, known := graph.Lookup(p.View, &p.Functions, s.Mapping.Function)
			if f == nil {
				p.Report(known, rules.Finding{Resource: s.Address, Span: s.At("FunctionName"), Affects: s.Affected()})
				return
			}
			role, known := graph.Lookup(p.View, &p.Roles, f.Role)
			if role == nil {
				p.Report(known, rules.Finding{Resource: s.Address, Span: f.At("Role"), Affects: s.Affected()})
				return
			}
			inVPC := p.InVPC(f)
			reportLack(p, s, role, makes, rules.Error, inVPC.Not())
			reportLack(p, s, role, finds, rules.Warning, fact.Or(inVPC, lacks(p, role, makes).Not()))
		})
	},
}

// reportLack asks about actions where when holds. Without one of makes the mapping is refused; the others AWS asks for.
func reportLack(
	p *rules.Pass, s rules.Sender, role *graph.Role, actions []string, severity rules.Severity, when fact.Verdict,
) {
	p.Ask(fact.And(when, lacks(p, role, actions)), role.Address, actions[0], func() rules.Finding {
		return rules.Finding{
			Span: role.At("ManagedPolicyArns"), Severity: severity, Affects: s.Affected(),
			Message: fmt.Sprintf("%s cannot poll %s: role %q, with which Lambda makes the network interfaces of its "+
				"pollers, does not allow %s", s.Name(), source(p, s), role.Address,
				strings.Join(lacking(p, role, severity), ", ")),
			Remedy: allow(p, s, role),
		}
	})
}

func lacks(p *rules.Pass, role *graph.Role, actions []string) fact.Verdict {
	return fact.Some(actions, func(action string) fact.Verdict { return p.Allows(role, action).Lacks() })
}

// lacking are the actions that the role does not allow: all of them in an Error, so that one repair is enough.
func lacking(p *rules.Pass, role *graph.Role, severity rules.Severity) (out []string) {
	actions := finds
	if severity == rules.Error {
		actions = slices.Concat(makes, finds)
	}
	for _, a := range actions {
		if p.Allows(role, a).Lacks().IsTrue() {
			out = append(out, a)
		}
	}
	return out
}

func allow(p *rules.Pass, s rules.Sender, role *graph.Role) string {
	switch kind, _ := s.Mapping.Polls.Get(p.World); kind {
	case aws.MSKCluster, aws.MSKServerlessCluster:
		return fmt.Sprintf("attach the AWS managed policy AWSLambdaMSKExecutionRole to role %q", role.Address)
	}
	return fmt.Sprintf("allow %s and %s on * in a policy of role %q",
		strings.Join(makes, ", "), strings.Join(finds, ", "), role.Address)
}
