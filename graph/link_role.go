package graph

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// linkRoles fills Role.Policies of roles and users.
func (b *Builder) linkRoles() {
	n := b.net
	n.attach(&n.Roles, func(p *Policy) fact.List[fact.Value[fact.Text]] { return p.Roles })
	n.attach(&n.Users, func(p *Policy) fact.List[fact.Value[fact.Text]] { return p.Users })
	for r := range n.Resources.All() {
		if aws.KindOf(r.Type) == aws.GroupMembership {
			name := "users that " + r.Address + " puts into groups"
			missAll(&n.Users, policiesOf, r.When, fact.Missing{Kind: fact.Semantics, Name: name, Span: r.Span})
		}
	}
}

func policiesOf(r *Role) *fact.List[policy.Attached] { return &r.Policies }

// attach gives the roles of the table their policies from both sides: what each lists, and the policies that name it.
func (n *Network) attach(roles *Table[Role], named func(*Policy) fact.List[fact.Value[fact.Text]]) {
	for r := range roles.All() {
		r.Policies.Items = append(r.Policies.Items, r.Inline.Items...)
		r.Policies.Open = append(r.Policies.Open, r.Inline.Open...)
		r.Policies.Open = append(r.Policies.Open, r.Managed.Open...)
		for _, it := range r.Managed.Items {
			appendAll(&r.Policies, it.When, n.managed(it.Value, r.Address, it.Span))
		}
	}
	told := map[string]bool{}
	for p := range n.Policies.All() {
		to := n.holders(roles, named(p), p, told)
		held := n.content(p)
		for _, it := range held.Items {
			deliver(roles, policiesOf, to, p.When.And(it.When), it.Value, p.Span)
		}
		for _, g := range held.Open {
			deliverGap(roles, policiesOf, to, fact.Gap{When: p.When.And(g.When), Missing: g.Missing})
		}
	}
	seal(n, roles, policiesOf)
}

func appendAll[T any](l *fact.List[T], when fact.Cond, more fact.List[T]) {
	for _, it := range more.Items {
		l.AppendIf(when.And(it.When), it.Value, it.Span)
	}
	for _, g := range more.Open {
		l.Miss(when.And(g.When), g.Missing...)
	}
}

// content is what an identity gets with p: a document, or for an attachment what its ARN names.
func (n *Network) content(p *Policy) fact.List[policy.Attached] {
	if !p.ARN.IsUnset() {
		attached := n.managed(p.ARN, p.Address, p.Span)
		for i := range attached.Items {
			attached.Items[i].Value.By = p.Address
		}
		return attached
	}
	if !p.CopyOf.IsUnset() {
		return n.managed(p.CopyOf, p.Address, p.Span)
	}
	var out fact.List[policy.Attached]
	for _, c := range fact.Cases(p.Document) {
		switch doc, ok := c.Value.Get(nil); ok.Truth {
		case fact.True:
			out.AppendIf(c.When, policy.Attached{By: p.Address, Span: p.Span, Document: doc}, p.Span)
		case fact.Unknown:
			out.Miss(c.When, ok.Missing...)
		}
	}
	return out
}

// managed is the policy with the given ARN: that of this deployment with its document, or any other by its ARN only.
func (n *Network) managed(arn fact.Value[fact.Text], by string, span source.Span) fact.List[policy.Attached] {
	var out fact.List[policy.Attached]
	for _, c := range fact.Cases(arn) {
		text, ok := c.Value.Get(nil)
		switch ok.Truth {
		case fact.Unknown:
			out.Miss(c.When, ok.Missing...)
		case fact.True:
			if p := n.policyNamed(text); p != nil {
				held := n.content(p)
				for i := range held.Items {
					held.Items[i].Value.Span = span
					if held.Items[i].Value.Document != nil {
						held.Items[i].Value.ARN = text
					}
				}
				appendAll(&out, c.When.And(p.When), held)
			} else {
				out.AppendIf(c.When, policy.Attached{By: by, Span: span, ARN: text}, span)
			}
		}
	}
	return out
}

// policyNamed is the policy of this deployment whose ARN the text is, or nil. One of the account is called by its ARN.
func (n *Network) policyNamed(arn fact.Text) *Policy {
	addresses := arn.Addresses()
	if literal, ok := arn.Literal(); ok {
		addresses = []string{literal}
	}
	for _, address := range addresses {
		if p := n.Policies.At(address); p != nil && p.ARN.IsUnset() {
			return p
		}
	}
	return nil
}
