package lower

import (
	"strconv"

	"github.com/awslabs/goformation/v7/cloudformation/iam"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/decode"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

func (l *Deployment) role(r *Resource, d *decode.Decoded[iam.Role]) {
	p := d.P
	add(l, &l.network.Roles, &graph.Role{
		Header:   l.header(r),
		Name:     d.Text(&p.RoleName),
		Trust:    read.Document(l.symbols, d.At(&p.AssumeRolePolicyDocument)),
		Inline:   l.inlinePolicies(r, d.At(&p.Policies)),
		Managed:  d.Texts(&p.ManagedPolicyArns),
		Boundary: d.Text(&p.PermissionsBoundary),
	})
}

// inlinePolicies reads the documents written on a role; one that is not known leaves the list open.
func (l *Deployment) inlinePolicies(r *Resource, v value.Value) fact.List[policy.Attached] {
	policies := read.Flatten(l.symbols, v)
	out := fact.List[policy.Attached]{Span: policies.Span, Open: policies.Open, IsSet: policies.IsSet}
	for _, it := range policies.Items {
		read.Attach(l.symbols, &out, it.When, it.Value.Get("PolicyDocument"), r.Address, it.Span)
	}
	return out
}

// policy reads the types of policies that are resources of their own. Those with an ARN are what roles attach.
func (l *Deployment) policy(r *Resource, d *decode.Decoded[policyResource]) {
	document := read.OrElse(d.At(&d.P.PolicyDocument), read.OrElse(d.At(&d.P.Content), d.At(&d.P.InlinePolicy)))
	add(l, &l.network.Policies, &graph.Policy{
		Header:   l.header(r),
		Document: read.Document(l.symbols, document),
		Roles:    read.Texts(l.symbols, read.OrElse(d.At(&d.P.RoleName), d.At(&d.P.Roles))),
		Users:    read.Texts(l.symbols, read.OrElse(d.At(&d.P.UserName), d.At(&d.P.Users))),
		Managed:  r.As == "AWS::IAM::ManagedPolicy",
	})
}

// user reads a user. It has the policies of its groups, too, which are not followed.
func (l *Deployment) user(r *Resource, d *decode.Decoded[iam.User]) {
	p := d.P
	n := &graph.Role{
		Header:   l.header(r),
		Name:     d.Text(&p.UserName),
		Inline:   l.inlinePolicies(r, d.At(&p.Policies)),
		Managed:  d.Texts(&p.ManagedPolicyArns),
		Boundary: d.Text(&p.PermissionsBoundary),
	}
	if groups := d.At(&p.Groups); groups.Kind != value.Absent {
		missing := fact.Missing{Kind: fact.Semantics, Name: "policies of the groups of " + r.Address, Span: groups.Span}
		n.Policies.Miss(fact.Always(), missing)
	}
	add(l, &l.network.Users, n)
	l.documents(r)
}

// userGroup reads a group: a plain resource, and the policies that are written on it.
func (l *Deployment) userGroup(r *Resource) {
	l.other(r)
	l.documents(r)
}

// documents makes policies of their own of those that are written on a user or group.
func (l *Deployment) documents(r *Resource) {
	for i, it := range read.Flatten(l.symbols, r.Get("Policies")).Items {
		h := l.header(r)
		h.Address, h.Implicit = r.Address+".Policies["+strconv.Itoa(i)+"]", true
		h.When = h.When.And(it.When)
		document := read.Document(l.symbols, it.Value.Get("PolicyDocument"))
		add(l, &l.network.Policies, &graph.Policy{Header: h, Document: document})
	}
}

func (l *Deployment) policyAttachment(r *Resource, d *decode.Decoded[policyAttachment]) {
	add(l, &l.network.Policies, &graph.Policy{
		Header: l.header(r),
		ARN:    d.Text(&d.P.PolicyArn),
		Roles:  d.Texts(&d.P.Roles),
		Users:  d.Texts(&d.P.Users),
	})
}
