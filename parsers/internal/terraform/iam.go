package terraform

import (
	"strconv"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// role gives each policy of an inline_policy block the place of its document.
func (x *expansion) role(r *resource) []*lower.Resource {
	policies := mapItems(x.opened(r.get("inline_policy")), func(v value.Value) value.Value {
		document := v.Get("policy")
		return made(document.Span, "PolicyDocument", document)
	})
	set(&r.stated.Properties, "Policies", policies)
	return []*lower.Resource{r.stated}
}

// copiedPolicy says whose document a policy has.
func (x *expansion) copiedPolicy(r *resource) {
	x.network.Policies.Get(graph.ID[graph.Policy](r.Address)).CopyOf = x.copied(r.get("policy"))
}

// copied is the ARN of the policy that a document is read from by data.aws_iam_policy, unset for any other document.
func (x *expansion) copied(document value.Value) fact.Value[fact.Text] {
	if document.Kind != value.Text {
		return fact.Value[fact.Text]{}
	}
	s, ok := x.symbols.Only(document.Text)
	from := x.resources[s.Address]
	if !ok || from == nil || !from.Data || from.Type != "aws_iam_policy" || s.Attribute != "policy" {
		return fact.Value[fact.Text]{}
	}
	if named := x.text(from.get("name")); !named.IsUnset() {
		return fact.Map(named, func(name fact.Text, span source.Span) fact.Value[fact.Text] {
			literal, known := name.Literal()
			if managed, found := policy.ManagedNamed(literal); known && found {
				return fact.Known(managed.ARN(), span)
			}
			return fact.NotKnown[fact.Text](span, fact.Missing{Kind: fact.Resource, Name: from.Address, Span: span})
		})
	}
	return x.text(from.get("arn"))
}

// policyAttachment expands the attachment of a policy to roles and users, one or several.
func (x *expansion) policyAttachment(r *resource) []*lower.Resource {
	roles := read.OrElse(single(r.get("role")), x.opened(r.get("roles")))
	users := read.OrElse(single(r.get("user")), x.opened(r.get("users")))
	restate(r, made(r.Span, "PolicyArn", single(r.get("policy_arn")), "Roles", roles, "Users", users))
	return []*lower.Resource{r.stated}
}

// exclusiveAttachments attaches what it lists, like single attachments do, and takes every other policy away.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
func (x *expansion) exclusiveAttachments(r *resource) (out []*lower.Resource) {
	role := single(r.get("role_name"))
	attach := func(path string, when fact.Cond, span source.Span, arn value.Value) {
		attachment := made(span, "PolicyArn", arn, "Roles", role)
		out = append(out, part(r, path, when, span, lower.PolicyAttachment, attachment))
	}
	arns := x.list(r.get("policy_arns"))
	for i, it := range arns.Items {
		attach("policy_arns["+strconv.Itoa(i)+"]", it.When, it.Span, it.Value)
	}
	for _, gap := range arns.Open {
		unknown := value.Computed(arns.Span, gap.Missing...)
		attach("policy_arns", gap.When, r.Span, unknown)
	}
	return out
}
