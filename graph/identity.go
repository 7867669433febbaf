package graph

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Identity is what decides about the requests of the role: all policies attached to it, and its boundary, whose
// document is that of a policy of this deployment where the ARN is one's.
func (v *View) Identity(r *Role) policy.Identity {
	return policy.Identity{
		Policies: r.Policies,
		Boundary: fact.Map(r.Boundary, func(arn fact.Text, span source.Span) fact.Value[policy.Attached] {
			return v.policyAt(r, arn, span)
		}),
	}
}

// TrustsLambda says whether the role's trust policy lets Lambda assume the role.
func (v *View) TrustsLambda(r *Role) fact.Verdict {
	document, ok := r.Trust.Get(v.World)
	if document == nil {
		return fact.Wants(ok.Missing...)
	}
	return document.Trusts(v.World, aws.LambdaPrincipal)
}

func (v *View) policyAt(r *Role, arn fact.Text, span source.Span) fact.Value[policy.Attached] {
	if len(arn) == 1 && arn[0].Address != "" {
		if p := v.Policies.At(arn[0].Address); p != nil {
			return fact.Map(p.Document, func(d *policy.Document, _ source.Span) fact.Value[policy.Attached] {
				return fact.Known(policy.Attached{By: p.Address, Span: span, Document: d, ARN: arn}, span)
			})
		}
	}
	return fact.Known(policy.Attached{By: r.Address, Span: span, ARN: arn}, span)
}
