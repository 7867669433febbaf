package iam

import (
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// conditional asks whether the action is allowed only under conditions that are never met when Lambda checks the role.
// Other conditions leave it open.
func conditional(p *rules.Pass, f *graph.Function, role *graph.Role, id policy.Identity, action string) {
	d := p.Allows(role, action)
	at, key, unmet := blame(role, d.Conditional), "a condition", false
	for _, g := range d.Conditional {
		if c, ok := neverMet(p.World, *g.Statement); ok {
			at, key, unmet = policy.Grant{By: g.By, Span: c.Span}, c.Key, true
			break
		}
	}
	never := fact.No()
	if unmet {
		rest := policy.Identity{Policies: withoutNeverMet(p.World, id.Policies)}.Allows(p.World, action,
			policy.Anything)
		never = rest.Allowed.Not()
	}
	open := fact.And(fact.Of(len(d.Conditional) > 0), d.Allowed.Not())
	p.Ask(fact.Or(never, open), at.By, "condition", func() rules.Finding {
		return rules.Finding{
			Span: at.Span, Affects: []string{f.Address},
			Message: fmt.Sprintf("functions with role %q cannot be deployed to a VPC, because %s is allowed only "+
				"under %s, which Lambda's check of the role does not carry", role.Address, action, key),
			Remedy: fmt.Sprintf("allow %s without a condition", action),
		}
	})
}

// neverMet finds a condition on a key of EC2 that fails when the key is absent.
func neverMet(w *fact.World, s policy.Statement) (policy.Condition, bool) {
	for _, it := range s.Conditions.In(w).Items {
		if strings.HasPrefix(strings.ToLower(it.Value.Key), "ec2:") && it.Value.HoldsWithout(w).IsFalse() {
			return it.Value, true
		}
	}
	return policy.Condition{}, false
}

// withoutNeverMet is the policies without the statements that never count when Lambda checks the role.
func withoutNeverMet(w *fact.World, policies fact.List[policy.Attached]) fact.List[policy.Attached] {
	out := fact.List[policy.Attached]{Open: policies.Open}
	for _, it := range policies.Items {
		if d := it.Value.Document; d != nil {
			kept := fact.List[policy.Statement]{Open: d.Statements.Open}
			for _, s := range d.Statements.Items {
				if _, never := neverMet(w, s.Value); !never {
					kept.AppendIf(s.When, s.Value, s.Span)
				}
			}
			it.Value.Document = &policy.Document{Span: d.Span, Statements: kept}
		}
		out.AppendIf(it.When, it.Value, it.Span)
	}
	return out
}
