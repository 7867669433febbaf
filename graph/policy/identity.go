package policy

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Identity is what decides about the requests of a role: the policies attached to it and its permissions boundary.
type Identity struct {
	Policies fact.List[Attached]
	// Boundary is unset when there is none.
	Boundary fact.Value[Attached]
}

// Grant is a statement, or an AWS managed policy as a whole, that has a say in a decision.
type Grant struct {
	// By is the address of the resource that attaches the policy.
	By   string
	Span source.Span
	// Statement is nil for an AWS managed policy, which ARN names.
	Statement *Statement
	ARN       fact.Text
}

// Decision is the answer for one action on one scope.
type Decision struct {
	// Allowed says whether an attached policy allows it without condition. A policy whose content is not known, an open
	// list of policies, and a condition, which only the request decides, leave it Unknown.
	Allowed fact.Verdict
	// Denied says whether a statement, or a boundary that does not allow it, takes it away from the Lambda service. A
	// policy whose content is not known, other than the boundary, is taken to deny nothing.
	Denied fact.Verdict

	// Allows are the grants that certainly allow it, Conditional those that do so under a condition.
	Allows, Conditional []Grant
	// Denies are those that certainly deny it. A boundary that does not allow it has no Statement.
	Denies []Grant
	// Spares are Deny statements that keep the function's code, but not the Lambda service, from the action.
	Spares []Grant
}

// Verdict says whether the request succeeds as far as the identity decides: service control policies are not seen.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
func (d Decision) Verdict() fact.Verdict { return fact.And(d.Allowed, d.Denied.Not()) }

// Lacks says whether nothing allows the action at all, with or without a condition.
func (d Decision) Lacks() fact.Verdict {
	return fact.And(d.Allowed.Not(), fact.Of(len(d.Conditional) == 0))
}

// Allows decides about the action, such as "ec2:CreateNetworkInterface", on the scope, in the world w.
func (id Identity) Allows(w *fact.World, action string, on Scope) Decision {
	q := ask(w, action, on)
	var d Decision
	denied := fact.No()
	d.Allowed = anyHere(w, id.Policies, func(a *Attached, here fact.Verdict) fact.Verdict {
		c := a.content()
		denied = fact.Or(denied, fact.And(here, q.denies(c, here, &d)))
		return q.allows(c, here, &d)
	})
	d.Denied = fact.Or(denied, q.bounded(id.Boundary, &d))
	return d
}

type question struct {
	w      *fact.World
	action string
	// service is what the action has before the colon, in small letters; letter is what the table has for it.
	service, letter string
	on              Scope
}

func ask(w *fact.World, action string, on Scope) question {
	service, _, _ := strings.Cut(action, ":")
	return question{w, action, strings.ToLower(service), eniLetter(action), on}
}

// content is an attached policy with what the table knows of it.
type content struct {
	*Attached
	managed *Managed // nil unless it is a policy of AWS that the table has
	nowhere bool     // there is no policy at its ARN
}

func (a *Attached) content() content {
	c := content{Attached: a}
	if a.Document == nil {
		c.managed, _ = ManagedAt(a.ARN)
		_, c.nowhere = Misplaced(a.ARN)
	}
	return c
}

// bounded says whether the boundary takes the action away.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func (q question) bounded(boundary fact.Value[Attached], d *Decision) fact.Verdict {
	a, ok := boundary.Get(q.w)
	if !ok.IsTrue() {
		return ok
	}
	c := a.content()
	allowed := q.allows(c, fact.Yes(), &Decision{})
	if allowed.IsFalse() {
		d.Denies = append(d.Denies, Grant{By: a.By, Span: a.Span, ARN: a.ARN})
	}
	return fact.Or(allowed.Not(), q.denies(c, fact.Yes(), d))
}

// allows says whether the policy, attached where here holds, allows what is asked, and notes in d what does.
func (q question) allows(a content, here fact.Verdict, d *Decision) fact.Verdict {
	if a.nowhere {
		return fact.No()
	}
	if a.Document == nil {
		if a.managed == nil {
			return fact.Wants(a.Missing()...)
		}
		v := a.managed.allows(q)
		if fact.And(here, v).IsTrue() {
			d.Allows = append(d.Allows, Grant{By: a.By, Span: a.Span, ARN: a.ARN})
		}
		return v
	}
	return anyHere(q.w, a.Document.Statements, func(s *Statement, stated fact.Verdict) fact.Verdict {
		reaches := s.speaks(q, Allow, s.reaches)
		if reaches.IsFalse() {
			return reaches
		}
		free := s.unconditional(q.w)
		grant := Grant{By: a.By, Span: s.Span, Statement: s}
		switch certain := fact.And(here, stated, reaches).IsTrue(); {
		case certain && free.IsTrue():
			d.Allows = append(d.Allows, grant)
		case certain:
			d.Conditional = append(d.Conditional, grant)
		}
		return fact.And(reaches, free)
	})
}

// speaks says whether the statement has the effect, names the action and covers the scope. Most statements are about
// something else, so each is asked only if those before leave it open.
func (s *Statement) speaks(
	q question, effect string, covers func(*fact.World, Scope, string) fact.Verdict,
) fact.Verdict {
	v := s.Has(q.w, effect)
	if !v.IsFalse() {
		v = fact.And(v, s.Names(q.w, q.action))
	}
	if !v.IsFalse() {
		v = fact.And(v, covers(q.w, q.on, q.service))
	}
	return v
}

// denies says whether the policy, attached where here holds, denies what is asked, and notes in d what does.
func (q question) denies(a content, here fact.Verdict, d *Decision) fact.Verdict {
	if a.Document == nil {
		denied := fact.Of(a.managed != nil && a.managed.denies(q))
		if fact.And(here, denied).IsTrue() {
			d.Denies = append(d.Denies, Grant{By: a.By, Span: a.Span, ARN: a.ARN})
		}
		return denied
	}
	return anyHere(q.w, seen(a.Document.Statements), func(s *Statement, stated fact.Verdict) fact.Verdict {
		bars := s.speaks(q, Deny, s.bars)
		if bars.IsFalse() {
			return bars
		}
		met := s.metByLambda(q.w)
		grant := Grant{By: a.By, Span: s.Span, Statement: s}
		switch certain := fact.And(here, stated, bars).IsTrue(); {
		case certain && met.IsTrue():
			d.Denies = append(d.Denies, grant)
		case certain && met.IsFalse():
			d.Spares = append(d.Spares, grant)
		}
		return fact.And(bars, met)
	})
}

// Missing is what would make the content of a policy known that is defined elsewhere. Nothing is missing of the
// policies of AWS.
func (a Attached) Missing() []fact.Missing {
	if like, _ := managedLike(a.ARN); like != nil {
		return nil
	}
	if ms := a.ARN.Missing(); len(ms) > 0 {
		return ms
	}
	name := a.ARN.String()
	if name == "" {
		name = a.By
	}
	return []fact.Missing{{Kind: fact.Resource, Name: name, Span: a.Span}}
}
