package sam

import (
	"strconv"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// addPolicies puts the Policies of a function or a state machine on its role. An entry is the name or ARN of a
// managed policy, a document, a policy template with its parameters, an intrinsic that gives an ARN, or an Fn::If of
// two entries of one form. An inline policy has the index of its entry in its name.
func (t *translation) addPolicies(r *role, policies *tree.Node) {
	if !isTruthy(policies) {
		return
	}
	entries := []*tree.Node{policies}
	if policies.Kind == tree.Sequence {
		entries = policies.Items
	}
	for i, entry := range entries {
		if !isGiven(entry) || isNoValue(entry) {
			continue
		}
		name := r.id + "Policy" + strconv.Itoa(i)
		switch t.formOf(entry) {
		case inlinePolicy:
			t.embedEntry(r, name, entry)
		case managedPolicy:
			r.attach(t.managedEntry(entry))
		default:
			const problem = "this is no policy that SAM knows: neither a name, an ARN, a document nor a policy template"
			t.report(entry.Span, problem)
			r.attach(entry) // so that what it allows is unknown, instead of nothing
		}
	}
}

// policyForm says how a policy gets onto a role.
type policyForm int8

const (
	unknownPolicy policyForm = iota
	managedPolicy            // attached by its ARN
	inlinePolicy             // embedded as a document
	noPolicy                 // AWS::NoValue
)

// formOf is the form of an entry. An Fn::If has the form of its branches, and is unknown where these differ.
func (t *translation) formOf(entry *tree.Node) policyForm {
	if _, then, otherwise, ok := branches(entry); ok {
		a, b := t.formOf(then), t.formOf(otherwise)
		switch {
		case a == b || b == noPolicy:
			return a
		case a == noPolicy:
			return b
		}
		return unknownPolicy
	}
	switch {
	case isNoValue(entry):
		return noPolicy
	case entry == nil:
		return unknownPolicy
	case entry.Kind == tree.Scalar, isIntrinsic(entry):
		return managedPolicy
	case entry.Get("Statement") != nil:
		return inlinePolicy
	}
	if _, ok := templateOf(entry); ok {
		return inlinePolicy
	}
	return unknownPolicy
}

// embedEntry adds a document, an expanded template, or an Fn::If of those.
func (t *translation) embedEntry(r *role, name string, entry *tree.Node) {
	if _, _, _, isChoice := branches(entry); isChoice {
		r.inline = append(r.inline, t.inlineEntry(r.builder, name, entry))
		return
	}
	r.embed(name, t.documentOf(entry))
}

// inlineEntry is an entry of the property Policies of a role for an entry of the form inlinePolicy.
func (t *translation) inlineEntry(b builder, name string, entry *tree.Node) *tree.Node {
	if isNoValue(entry) {
		return entry
	}
	if condition, then, otherwise, ok := branches(entry); ok {
		return b.choose(condition, t.inlineEntry(b, name, then), t.inlineEntry(b, name, otherwise))
	}
	return b.policy(name, t.documentOf(entry))
}

// documentOf is the entry itself, or the document of the policy template that it calls. A parameter without a value
// leaves its placeholder in the document.
func (t *translation) documentOf(entry *tree.Node) *tree.Node {
	lines, ok := templateOf(entry)
	if !ok {
		return entry
	}
	b := builder{entry.Fields[0].KeySpan}
	with := values{}
	for _, f := range fields(entry.Fields[0].Value) {
		with[f.Key] = f.Value
	}
	for _, parameter := range strings.Fields(lines[0])[1:] {
		if with[parameter] == nil {
			t.report(b.span, "policy template %s needs the parameter %s", entry.Fields[0].Key, parameter)
		}
	}
	return b.document(with, lines[1:]...)
}

// managedEntry is the ARN of the AWS managed policy that the entry names. Any other entry stays as it is.
func (t *translation) managedEntry(entry *tree.Node) *tree.Node {
	if condition, then, otherwise, ok := branches(entry); ok {
		b := builder{entry.Span}
		return b.choose(condition, t.managedEntry(then), t.managedEntry(otherwise))
	}
	if name, ok := text(entry); ok {
		if managed, ok := policy.ManagedNamed(name); ok {
			return builder{entry.Span}.managedARN(strings.TrimPrefix(managed.Path, "/") + name)
		}
	}
	return entry
}
