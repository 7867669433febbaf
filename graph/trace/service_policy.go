package trace

import (
	"fmt"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// anyCall is some call, whichever.
var anyCall = &policy.Request{Action: "*"}

// permits is the leg past the policy of an endpoint, which lets all calls through unless one is given. A flow without a
// call only stops at a policy that lets nobody through; that one may stop some calls is no doubt about the way.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
func (w *walker) permits(e *graph.VPCEndpoint, about set) leg {
	var l leg
	call := w.flow.To.Call
	if call == nil {
		call = anyCall
	}
	document, given := e.Policy.Get(w.v.World)
	admitted := given.Not()
	if given.IsTrue() {
		admitted = document.Admits(w.v.World, call)
	}
	if w.flow.To.Class != ClassService || admitted.IsUnknown() && w.flow.To.Call == nil {
		return l
	}
	if admitted.IsUnknown() {
		admitted = fact.Wants(orResource(admitted.Missing, "policy of "+e.Address)...)
	}
	h := at(&e.Header, RoleEndpoint, "the policy of VPC endpoint %s does not let %s through", quote(e.Address),
		callName(w.flow.To.Call))
	l.need(about, admitted, w.because(h, EndpointPolicy).place(policyPlace(e, document)))
	return l
}

// policyPlace is where the policy of the endpoint is written, which may be in a resource of its own.
func policyPlace(e *graph.VPCEndpoint, document *policy.Document) source.Span {
	if s, ok := e.Written("PolicyDocument"); ok || document == nil {
		return s
	}
	return document.Span
}

// callName is what a sentence calls the call.
func callName(call *policy.Request) string {
	switch {
	case call == nil:
		return "any call"
	case len(call.Resource) == 0:
		return call.Action
	}
	return fmt.Sprintf("%s on %s", call.Action, quote(call.Resource.String()))
}
