package policy

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Scope is the resources on which an action is asked for.
type Scope int8

const (
	// Anything asks whether the action is allowed on some resource of its service.
	Anything Scope = iota
	// Everything asks for Resource "*", which actions without resource types need, such as
	// ec2:DescribeNetworkInterfaces.
	// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
	Everything
	// EveryType asks for all types of resources of the service, in whatever region and account: "*" or
	// "arn:aws:ec2:*:*:*/*". Lambda's check of ec2:DeleteNetworkInterface needs this much.
	// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
	EveryType
)

var (
	star  = subjectOf(fact.Lit("*"))
	colon = token{char: ':'}
)

// arnOf is every ARN of the service whose last part is the given tokens.
func arnOf(service string, last ...token) []token {
	out := append(subjectOf(fact.Lit("arn:")), token{kind: field}, colon)
	out = append(out, subjectOf(fact.Lit(service))...)
	out = append(out, colon, token{kind: field}, colon, token{kind: field}, colon)
	return append(out, last...)
}

// isStar tells the usual pattern, which matches whatever there is.
func isStar(pattern fact.Text) bool {
	text, whole := pattern.Literal()
	return whole && text == "*"
}

// granted says whether an Allow on the pattern reaches the scope.
func (s Scope) granted(pattern fact.Text, service string) fact.Verdict {
	if isStar(pattern) {
		return fact.Yes()
	}
	switch s {
	case Everything:
		return matches(pattern, star, nil)
	case EveryType:
		return matches(pattern, arnOf(service, subjectOf(fact.Lit("*/*"))...), nil)
	}
	return matches(pattern, arnOf(service, token{kind: rest}), nil)
}

// excluded says whether a NotResource pattern keeps an Allow from the scope: all of it, when anything of it would do.
func (s Scope) excluded(pattern fact.Text, service string) fact.Verdict {
	if s == Anything {
		s = EveryType
	}
	return s.granted(pattern, service)
}

// denied says whether a Deny on the pattern bars requests to the service. One that bars only some resources of the
// service is Unknown, for the resource of the request is not known.
func denied(pattern fact.Text, service string) fact.Verdict {
	if isStar(pattern) {
		return fact.Yes()
	}
	all := matches(pattern, star, nil)
	some := matches(pattern, arnOf(service, token{kind: rest}), nil)
	switch {
	case all.IsTrue() || some.IsFalse():
		return some
	case all.IsFalse() && some.IsTrue():
		return fact.Wants(
			fact.Missing{Kind: fact.Semantics, Name: "whether a Deny on " + pattern.String() + " meets the request"},
		)
	}
	return fact.Wants(fact.Unique(append(slices.Clone(all.Missing), some.Missing...))...)
}
