package iam

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// sharedPolicy is the managed policy of this deployment from which the role has all that it may do to network
// interfaces, if other roles have that from it, too; else nil. What such a policy lacks is one fault, and no matter of
// its roles.
func sharedPolicy(p *rules.Pass, role *graph.Role) *graph.Policy {
	var doc *policy.Document
	for _, action := range core {
		for _, g := range p.Allows(role, action).Allows {
			from := documentOf(p, role, g)
			if from == nil || doc != nil && from != doc {
				return nil
			}
			doc = from
		}
	}
	if doc == nil || attachments(p, doc) < 2 {
		return nil
	}
	for found := range p.Policies.All() {
		if own, ok := found.Document.Get(p.World); ok.IsTrue() && own == doc && found.Managed {
			return found
		}
	}
	return nil
}

// documentOf is the document that the grant is in, nil for a policy of AWS.
func documentOf(p *rules.Pass, role *graph.Role, g policy.Grant) *policy.Document {
	for _, it := range role.Policies.In(p.World).Items {
		if doc := it.Value.Document; doc != nil && holds(doc, g.Statement) {
			return doc
		}
	}
	return nil
}

func holds(doc *policy.Document, s *policy.Statement) bool {
	return slices.ContainsFunc(doc.Statements.Items, func(it fact.Item[policy.Statement]) bool {
		return s != nil && it.Value.Span == s.Span
	})
}

// attachments counts the roles of functions that have the document.
func attachments(p *rules.Pass, doc *policy.Document) int {
	var roles []*graph.Role
	for f := range p.Functions.All() {
		role, _ := graph.Lookup(p.View, &p.Roles, f.Role)
		if role == nil || slices.Contains(roles, role) {
			continue
		}
		for _, it := range role.Policies.In(p.World).Items {
			if it.Value.Document == doc {
				roles = append(roles, role)
				break
			}
		}
	}
	return len(roles)
}
