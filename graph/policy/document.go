// Package policy holds IAM policy documents and evaluates them with three values.
package policy

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Document is an identity policy, a trust policy, an endpoint policy or a permissions boundary.
type Document struct {
	Span       source.Span
	Statements fact.List[Statement]
}

// Statement is one statement of a document. Effect is "Allow" or "Deny", or the same in capitals. Elements that are not
// written are unset lists.
type Statement struct {
	Span                      source.Span
	Effect                    fact.Value[fact.Text]
	Actions, NotActions       fact.List[fact.Text]
	Resources, NotResources   fact.List[fact.Text]
	Principals, NotPrincipals fact.List[Principal]
	Conditions                fact.List[Condition]
}

// Principal is one entry of a Principal element. Kind is "Service", "AWS", "Federated", "CanonicalUser", or "*".
type Principal struct {
	Kind  string
	Value fact.Text
}

// Condition is one key of one operator block, such as ArnEquals, lambda:SourceFunctionArn and its values.
type Condition struct {
	Span          source.Span
	Operator, Key string
	Values        fact.List[fact.Text]
}

// Attached is one policy as an identity holds it: an inline or customer managed document, or an AWS managed policy or
// a policy from elsewhere, known by its ARN only.
type Attached struct {
	// By is the address of the resource that attaches it: the role itself, an AWS::IAM::Policy, an attachment.
	By   string
	Span source.Span
	// Document is nil when only ARN is known.
	Document *Document
	// ARN names a managed policy; "arn:${AWS::Partition}:iam::aws:policy/…" is the normal form.
	ARN fact.Text
}
