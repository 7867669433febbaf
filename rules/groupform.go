package rules

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

type groupRules = []fact.Item[*graph.SecurityGroupRule]

// formFor is how a new rule of the group is written: as the group's rules of that direction are, else as its others,
// else as those of all groups of its template or module. It is nil where these differ, or there are none.
func (p *Pass) formFor(g *graph.SecurityGroup, egress bool) *aws.GroupForm {
	own, other := g.Ingress, g.Egress
	if egress {
		own, other = other, own
	}
	if len(own.Open) > 0 {
		return nil
	}
	for _, rs := range []groupRules{own.Items, other.Items, p.rulesBeside(g)} {
		if form, some := p.formOf(rs); some {
			return form
		}
	}
	return nil
}

// rulesBeside are those of the groups in the template or module of g.
func (p *Pass) rulesBeside(g *graph.SecurityGroup) (out groupRules) {
	home, _ := SplitAddress(g.Address, p.Language.TypedAddresses)
	for b := range p.SecurityGroups.All() {
		if h, _ := SplitAddress(b.Address, p.Language.TypedAddresses); h == home {
			out = append(append(out, b.Ingress.Items...), b.Egress.Items...)
		}
		p.Spend(1 + len(b.Ingress.Items) + len(b.Egress.Items))
	}
	return out
}

// formOf is how the rules are written, nil unless all are written alike, and whether there are any.
func (p *Pass) formOf(rs groupRules) (form *aws.GroupForm, some bool) {
	for _, it := range rs {
		f := p.formOfRule(it.Value)
		switch {
		case it.Value.Implicit:
		case some && f != form:
			return nil, true
		default:
			form, some = f, true
		}
	}
	return form, some
}

// formOfRule is how the rule is written, or nil.
func (p *Pass) formOfRule(r *graph.SecurityGroupRule) *aws.GroupForm {
	isResource := p.SecurityGroupRules.At(r.Address) == r
	for i := range p.Language.GroupForms {
		f := &p.Language.GroupForms[i]
		isOfType := !isResource || r.Type == f.Ingress || r.Type == f.Egress
		if isResource == (f.Group != "") && isOfType {
			return f
		}
	}
	return nil
}
