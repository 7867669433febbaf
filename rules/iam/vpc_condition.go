package iam

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// The keys by which a policy speaks of the VPC of a function, in small letters, and what has them: requests to create a
// function, or to change its configuration. The first has one value, the others have many.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#vpc-conditions
const (
	vpcIDs    = "lambda:vpcids"
	subnetIDs = "lambda:subnetids"
	groupIDs  = "lambda:securitygroupids"
)

var placing = []string{"lambda:CreateFunction", "lambda:UpdateFunctionConfiguration"}

// vpcCondition is a condition on one of the keys, with its operator taken apart.
type vpcCondition struct {
	policy.Condition
	key string // in small letters
	// set is "forallvalues" or "foranyvalue", "" without either; operator is the rest. Both are in small letters.
	set, operator string
}

// onVPC are the conditions of the statement on the keys.
func onVPC(w *fact.World, s *policy.Statement) (out []vpcCondition) {
	for _, it := range s.Conditions.In(w).Items {
		key := strings.ToLower(it.Value.Key)
		if key != vpcIDs && key != subnetIDs && key != groupIDs {
			continue
		}
		c := vpcCondition{Condition: it.Value, key: key, operator: strings.ToLower(it.Value.Operator)}
		if set, rest, ok := strings.Cut(c.operator, ":"); ok {
			c.set, c.operator = set, rest
		}
		out = append(out, c)
	}
	return out
}

// written is a document with what holds it.
type written struct {
	*graph.Header
	*policy.Document
}

// statements are those of the document that exist in the pass's world.
func (d written) statements(p *rules.Pass) []fact.Item[policy.Statement] {
	return d.Statements.In(p.World).Items
}

// eachDocument asks about every policy document: those written on roles, and those of policies, whoever has them. One
// that is not known is passed over, as nearly none speaks of these keys.
func eachDocument(p *rules.Pass, ask func(*rules.Pass, written)) {
	rules.Each(p, &p.Roles, func(p *rules.Pass, r *graph.Role) {
		for _, it := range r.Inline.In(p.World).Items {
			if it.Value.Document != nil {
				ask(p, written{&r.Header, it.Value.Document})
			}
		}
	})
	rules.Each(p, &p.Policies, func(p *rules.Pass, own *graph.Policy) {
		if document, _ := own.Document.Get(p.World); document != nil {
			ask(p, written{&own.Header, document})
		}
	})
}

// guarded says whether the statement, or a Deny of the same document, keeps out requests without a VPC.
func (d written) guarded(p *rules.Pass, s *policy.Statement) bool {
	return slices.ContainsFunc(onVPC(p.World, s), func(c vpcCondition) bool {
		return c.HoldsWithout(p.World).IsFalse()
	}) || slices.ContainsFunc(d.statements(p), func(it fact.Item[policy.Statement]) bool {
		return demandsVPC(p.World, &it.Value).IsTrue()
	})
}

// demandsVPC says whether the statement denies requests that name no VPC.
func demandsVPC(w *fact.World, s *policy.Statement) fact.Verdict {
	without := fact.No()
	for _, c := range onVPC(w, s) {
		if c.operator == "null" {
			without = fact.Or(without, c.HoldsWithout(w))
		}
	}
	return fact.And(without, s.Has(w, policy.Deny))
}
