package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// AnswersIPv6 says whether the function at the span reaches the destination at an IPv6 address. It is always Unknown:
// for a public host it depends on the host, and for a service on the name that the code calls it by.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
func AnswersIPv6(to trace.Destination, name string, at source.Span) fact.Verdict {
	unknown := "whether " + name + " has an IPv6 address"
	if to.Class == trace.ClassService {
		unknown = "whether the code calls " + name + " by its dual-stack name"
	}
	return fact.Wants(fact.Missing{Kind: fact.Intent, Name: unknown, Span: at})
}
