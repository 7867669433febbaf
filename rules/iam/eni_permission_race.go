package iam

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ENIPermissionRace flags functions that may be created before, or deleted after, the policy that allows the work on
// their network interfaces. Where the creation is retried it is a note. No retry helps where the policy itself waits
// for the function.
var ENIPermissionRace = &rules.Rule{
	Name:     "eni_permission_race",
	Severity: rules.Warning,
	URL:      "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
	Run: func(p *rules.Pass) {
		severity := rules.Warning
		if p.Language.RetriesPermissions {
			severity = rules.Note
		}
		eachRole(p, attached, func(p *rules.Pass, f *graph.Function, role *graph.Role) {
			early := before(role, func(by string) bool { return p.DependsOn(f.Address, by) })
			ready := func(action string) fact.Verdict {
				if len(early.Items) == len(role.Policies.Items) && len(early.Open) == len(role.Policies.Open) {
					return p.Allows(role, action).Allowed // it has them all
				}
				return policy.Identity{Policies: early}.Allows(p.World, action, policy.Anything).Allowed
			}
			late := func(action string) fact.Verdict {
				return fact.And(p.Allows(role, action).Allowed, ready(action).Not())
			}
			var by trace.Hop
			for _, action := range core {
				grants := p.Allows(role, action).Allows
				if by.Address == "" && len(grants) > 0 && !late(action).IsFalse() {
					first := grants[0]
					by = trace.Hop{Address: first.By, Span: first.Span,
						Message: fmt.Sprintf("%q allows %s to role %q", first.By, action, role.Address)}
				}
			}
			p.Ask(fact.Some(core, late), f.Address, "", func() rules.Finding {
				if by, ok := alwaysLate(p, f, role, late); ok {
					return waiting(p, f, role, by)
				}
				return rules.Finding{
					Span: f.Span, Severity: severity, Affects: []string{f.Address}, Trace: []trace.Hop{by},
					Message: fmt.Sprintf("function %q may be created before policy %q, "+
						"which alone lets its role make network interfaces", f.Address, by.Address),
					Remedy: fmt.Sprintf("make function %q depend on %q", f.Address, by.Address),
					Fix:    p.DependOn(f.Head(), by.Address),
				}
			})
		})
	},
}
