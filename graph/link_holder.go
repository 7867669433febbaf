package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// holders are the roles of the table that the policy names. If it is not known whether it names a role, the lists of
// that role are left open here, once for each reason. So nothing is taken to be absent because of a holder that is not
// known.
func (n *Network) holders(
	roles *Table[Role], named fact.List[fact.Value[fact.Text]], p *Policy, told map[string]bool,
) fact.List[Ref[Role]] {
	to := fact.List[Ref[Role]]{Open: named.Open}
	for _, it := range named.Items {
		to.AppendIf(it.When, fact.Map(it.Value, func(name fact.Text, span source.Span) Ref[Role] {
			ref, maybe := n.roleNamed(roles, name, p.Address, span)
			for _, m := range maybe {
				m.leaveOpen(p.When.And(it.When, m.when), told)
			}
			return ref
		}), it.Span)
	}
	return to
}

// namesake is a role that has a name under a condition, or may have it where facts are missing.
type namesake struct {
	when    fact.Cond
	role    *Role
	near    int
	missing []fact.Missing
}

// leaveOpen leaves the policies of a role open that may be the one that is named. Told is what has been said so.
func (a namesake) leaveOpen(when fact.Cond, told map[string]bool) {
	key := a.role.Address + " " + when.String()
	for _, m := range a.missing {
		key += " " + m.Name
	}
	if !told[key] {
		told[key] = true
		a.role.Policies.Miss(when, a.missing...)
	}
}

func (a namesake) rivals(b namesake) bool {
	return a.near == b.near && a.when.IsAlways() && b.when.IsAlways()
}

// roleNamed is the role that the text names where the resource at by has it, by its identity or by its name. A name
// that no role here has is that of a role elsewhere. Of roles in several accounts with one name the nearest is meant.
// Maybe are those that may be meant if none certainly is.
func (n *Network) roleNamed(
	roles *Table[Role], name fact.Text, by string, span source.Span,
) (ref Ref[Role], maybe []namesake) {
	if r := n.roleIn(roles, name); r != nil {
		return fact.Known(ID[Role](r.Address), span), nil
	}
	var found []namesake
	for r := range roles.All() {
		for _, c := range fact.Cases(r.Name) {
			as := namesake{when: r.When.And(c.When), role: r, near: StepsInCommon(r.Address, by)}
			switch is := n.isNamed(r, c.Value, name); is.Truth {
			case fact.True:
				found = append(found, as)
			case fact.Unknown:
				as.missing = is.Missing
				maybe = append(maybe, as)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b namesake) int { return cmp.Compare(a.near, b.near) })
	ref = fact.Known(ID[Role](name.String()), span)
	for i, as := range found {
		role := fact.Known(ID[Role](as.role.Address), span)
		if i > 0 && as.rivals(found[i-1]) {
			role = fact.NotKnown[ID[Role]](span, fact.Missing{Kind: fact.Resource, Name: name.String(), Span: span})
		}
		ref = fact.Choice(as.when, role, ref, span)
	}
	if len(found) > 0 {
		return ref, nil
	}
	return ref, maybe
}

// roleIn is the role that the text certainly refers to: by an attribute of the role, or by a part of its ARN. If only
// the ARN of a role is handed on, its name is cut out of that.
func (n *Network) roleIn(roles *Table[Role], name fact.Text) *Role {
	for _, address := range name.Addresses() {
		if r := roles.At(address); r != nil {
			return r
		}
	}
	if len(name) != 1 || name[0].Address != "" {
		return nil
	}
	origin := n.Origin(name[0])
	if !strings.EqualFold(strings.TrimPrefix(name[0].Missing.Name, origin), ".arn") {
		return nil
	}
	return roles.At(origin)
}

// isGiven tells a name that is handed in as a whole, by a parameter, an import, or an output of a module or a state
// that is not at hand: that of a role that is made elsewhere.
func isGiven(name fact.Text) bool {
	if len(name) != 1 {
		return false
	}
	symbol, missing := name[0].Symbol, name[0].Missing
	switch missing.Kind {
	case fact.Parameter, fact.Variable, fact.Secret, fact.Import:
		return strings.HasSuffix(symbol, missing.Name)
	case fact.Resource:
		return strings.HasPrefix(symbol, missing.Name+".") && !findsRoles(name[0])
	}
	return false
}

// findsRoles tells what is looked up among the roles of the account, which may be one of this deployment.
func findsRoles(p fact.Part) bool {
	isRole := func(word string) bool { return aws.KindOf(strings.TrimSuffix(word, "s")) == aws.Role }
	return p.Missing.Kind == fact.Resource && slices.ContainsFunc(strings.Split(p.Missing.Name, "."), isRole)
}

// isNamed says whether the name that the role is given is the one. A role that is given none gets one from AWS, which
// only what comes after the role can know.
func (n *Network) isNamed(r *Role, given fact.Value[fact.Text], name fact.Text) fact.Verdict {
	text, ok := given.Get(nil)
	switch {
	case ok.IsUnknown():
		return ok
	case ok.IsTrue() && text.String() != name.String() && isGiven(name):
		return fact.No()
	case ok.IsTrue():
		return fact.Same(text, name)
	}
	for _, part := range name {
		origin := n.Origin(part)
		if findsRoles(part) || origin != "" && (origin == r.Address || n.DependsOn(origin, r.Address)) {
			return fact.Wants(part.Missing)
		}
	}
	return fact.No()
}
