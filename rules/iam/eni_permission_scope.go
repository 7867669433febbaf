package iam

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ENIPermissionScope flags statements that allow the work on network interfaces for too little: EC2's Describe actions
// know only Resource "*", Lambda asks to delete without naming an interface, and its check of the role carries no
// condition keys.
var ENIPermissionScope = &rules.Rule{
	Name:     "eni_permission_scope",
	Severity: rules.Warning,
	Run: func(p *rules.Pass) {
		eachRole(p, attached, func(p *rules.Pass, f *graph.Function, role *graph.Role) {
			id := p.Identity(role)
			for _, w := range widths {
				tooNarrow(p, f, role, id, w)
			}
			for _, action := range core {
				conditional(p, f, role, id, action)
			}
		})
	},
}

// width is how wide an action must be allowed.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
type width struct {
	action   string
	scope    policy.Scope
	severity rules.Severity
	why      string
}

var widths = []width{
	{describe, policy.Everything, rules.Error, "EC2 knows that action for all resources only"},
	{describeSubnets, policy.Everything, rules.Note, "EC2 knows that action for all resources only"},
	{remove, policy.EveryType, rules.Warning, "Lambda asks for that action without naming an interface"},
}

func tooNarrow(p *rules.Pass, f *graph.Function, role *graph.Role, id policy.Identity, w width) {
	narrow := p.Allows(role, w.action)
	at := blame(role, narrow.Allows)
	// Else see conditional.
	v := fact.And(narrow.Allowed, fact.Of(len(narrow.Allows) > 0 || len(narrow.Conditional) == 0))
	if slices.ContainsFunc(narrow.Allows, onEverything) {
		v = fact.No()
	}
	if !v.IsFalse() {
		v = fact.And(v, id.Allows(p.World, w.action, w.scope).Allowed.Not())
	}
	p.Ask(v, at.By, w.action, func() rules.Finding {
		return rules.Finding{
			Span: at.Span, Severity: w.severity, Affects: []string{f.Address},
			Message: fmt.Sprintf("role %q does not let Lambda use %s, because it is allowed on some resources and %s",
				role.Address, w.action, w.why),
			Remedy: fmt.Sprintf("allow %s on Resource \"*\", in a statement of its own if the rest shall stay narrow",
				w.action),
		}
	})
}

// onEverything reports a grant of an AWS managed policy. The table of those has only what they allow on all resources.
func onEverything(g policy.Grant) bool { return g.Statement == nil }

// blame is the first of the grants, or the role.
func blame(role *graph.Role, grants []policy.Grant) policy.Grant {
	if len(grants) > 0 {
		return grants[0]
	}
	return policy.Grant{By: role.Address, Span: role.Span}
}
