package iam

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ENIPermissionRace flags functions that may be created before, or deleted after, the policy that allows the work on
// their network interfaces. Where the creation is retried it is a
// note.
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
			early := before(p, f, role)
			ready := func(action string) fact.Verdict {
				if len(early.Items) == len(role.Policies.Items) && len(early.Open) == len(role.Policies.Open) {
					return p.Allows(role, action).Allowed // it has them all
				}
				return policy.Identity{Policies: early}.Allows(p.World, action, policy.Anything()).Allowed
			}
			late := func(action string) fact.Verdict {
				return fact.And(p.Allows(role, action).Allowed, ready(action).Not())
			}
			var by trace.Hop
			for _, action := range core {
				if grants := p.Allows(role, action).Allows; by.Address == "" && len(grants) > 0 &&
					!late(action).IsFalse() {
					by = trace.Hop{Address: grants[0].By, Span: grants[0].Span,
						Message: fmt.Sprintf("%q allows %s to role %q", grants[0].By, action, role.Address)}
				}
			}
			p.Ask(some(core, late), f.Address, "", func() rules.Finding {
				return rules.Finding{
					Span: f.Span, Severity: severity, Affects: []string{f.Address}, Trace: []trace.Hop{by},
					Message: fmt.Sprintf("function %q may be created before policy %q, which alone lets its role "+
						"make network interfaces", f.Address, by.Address),
					Remedy: fmt.Sprintf("make function %q depend on %q", f.Address, by.Address),
				}
			})
		})
	},
}

// before is the policies that the role certainly has when f is created: those written on it, and those that f waits
// for. What others attach to an exported role comes later.
func before(p *rules.Pass, f *graph.Function, role *graph.Role) fact.List[policy.Attached] {
	out := fact.List[policy.Attached]{}
	for _, it := range role.Policies.Items {
		if it.Value.By == role.Address || p.DependsOn(f.Address, it.Value.By) {
			out.AppendIf(it.When, it.Value, it.Span)
		}
	}
	for _, gap := range role.Policies.Open {
		if !slices.ContainsFunc(gap.Missing, func(m fact.Missing) bool { return m.Kind == fact.Export }) {
			out.Miss(gap.When, gap.Missing...)
		}
	}
	return out
}
