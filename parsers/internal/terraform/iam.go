package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *lowering) role(r *resource) {
	graph.Add(l.builder, &l.network.Roles, &graph.Role{
		Header:   l.header(r),
		Name:     l.text(r.get("name")),
		Trust:    read.Document(l.symbols, r.get("assume_role_policy")),
		Inline:   l.inlinePolicies(r),
		Managed:  l.texts(r.get("managed_policy_arns")),
		Boundary: l.text(r.get("permissions_boundary")),
	})
}

// inlinePolicies reads the inline_policy blocks; an empty one stands for no policy.
func (l *lowering) inlinePolicies(r *resource) fact.List[policy.Attached] {
	blocks := l.list(r.get("inline_policy"))
	out := fact.List[policy.Attached]{Span: blocks.Span, Open: blocks.Open, IsSet: blocks.IsSet}
	for _, it := range blocks.Items {
		document := it.Value.Get("policy")
		read.Attach(l.symbols, &out, it.When, document, r.Address, document.Span)
	}
	return out
}

func (l *lowering) rolePolicy(r *resource) {
	graph.Add(l.builder, &l.network.Policies, &graph.Policy{
		Header:   l.header(r),
		Document: read.Document(l.symbols, r.get("policy")),
		CopyOf:   l.copied(r.get("policy")),
		Roles:    l.texts(single(r.get("role"))),
		Name:     l.text(r.get("name")),
	})
}

// copied is the ARN of the policy that a document is read from by data.aws_iam_policy, unset for any other document.
func (l *lowering) copied(document value.Value) fact.Value[fact.Text] {
	if document.Kind != value.Text {
		return fact.Value[fact.Text]{}
	}
	s, ok := l.symbols.Only(document.Text)
	from := l.resources[s.Address]
	if !ok || from == nil || !from.Data || from.Type != "aws_iam_policy" || s.Attribute != "policy" {
		return fact.Value[fact.Text]{}
	}
	if named := l.text(from.get("name")); !named.IsUnset() {
		return fact.Map(named, func(name fact.Text, span source.Span) fact.Value[fact.Text] {
			literal, known := name.Literal()
			if managed, found := policy.ManagedNamed(literal); known && found {
				return fact.Known(managed.ARN(), span)
			}
			return fact.NotKnown[fact.Text](span, fact.Missing{Kind: fact.Resource, Name: from.Address, Span: span})
		})
	}
	return l.text(from.get("arn"))
}

func (l *lowering) managedPolicy(r *resource) {
	graph.Add(l.builder, &l.network.Policies, &graph.Policy{
		Header:   l.header(r),
		Document: read.Document(l.symbols, r.get("policy")),
		CopyOf:   l.copied(r.get("policy")),
		Managed:  true,
		Name:     l.text(r.get("name")),
	})
}

func (l *lowering) policyAttachment(r *resource) {
	l.attachPolicy(l.header(r), r.get("policy_arn"), read.OrElse(single(r.get("role")), r.get("roles")))
}

// exclusiveAttachments attaches what it lists, like single attachments do, and takes every other policy away.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
func (l *lowering) exclusiveAttachments(r *resource) {
	arns := l.list(r.get("policy_arns"))
	for i, it := range arns.Items {
		l.attachPolicy(l.part(r, "policy_arns["+strconv.Itoa(i)+"]", it.When, it.Span), it.Value, single(r.get("role_name")))
	}
	for _, gap := range arns.Open {
		unknown := value.Value{Kind: value.Unknown, Span: arns.Span, Missing: gap.Missing, Set: true}
		l.attachPolicy(l.part(r, "policy_arns", gap.When, r.Span), unknown, single(r.get("role_name")))
	}
}

func (l *lowering) attachPolicy(h graph.Header, arn, roles value.Value) {
	graph.Add(l.builder, &l.network.Policies, &graph.Policy{
		Header: h,
		ARN:    l.text(arn),
		Roles:  l.texts(roles),
	})
}
