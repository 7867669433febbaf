package policy

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Trusts says whether the document, a role's trust policy, lets the service, such as "lambda.amazonaws.com", assume
// the role. Conditions leave it Unknown, other than those on aws:SourceAccount and aws:SourceArn, which are the advised
// guard against the confused deputy and are taken to be right.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
func (d *Document) Trusts(w *fact.World, service string) fact.Verdict {
	with := func(effect string) func(Statement) fact.Verdict {
		return func(s Statement) fact.Verdict {
			return fact.And(s.Has(w, effect), s.Names(w, "sts:AssumeRole"),
				s.admits(w, service), s.metByService(w, effect))
		}
	}
	return fact.And(anyOf(w, d.Statements, with(Allow)), anyOf(w, seen(d.Statements), with(Deny)).Not())
}

// admits says whether Principal or NotPrincipal includes the service.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func (s *Statement) admits(w *fact.World, service string) fact.Verdict {
	is := func(p Principal) fact.Verdict { return p.is(service) }
	if s.NotPrincipals.IsSet {
		return anyOf(w, s.NotPrincipals, is).Not()
	}
	return anyOf(w, s.Principals, is)
}

// suffixes are those of service names in the partitions. https://docs.aws.amazon.com/general/latest/gr/rande.html
var suffixes = []string{"amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "c2s.ic.gov", "sc2s.sgov.gov"}

func (p Principal) is(service string) fact.Verdict {
	anyone := fact.Same(p.Value, fact.Lit("*"))
	switch p.Kind {
	case "*":
		return fact.Yes()
	case "AWS":
		return anyone
	case "Service":
	default:
		return fact.No()
	}
	name, _, _ := strings.Cut(service, ".")
	if literal, ok := p.Value.Literal(); ok {
		label, suffix, _ := strings.Cut(literal, ".")
		return fact.Of(literal == "*" || label == name && slices.Contains(suffixes, suffix))
	}
	if len(p.Value) == 2 && p.Value[0].Literal == name+"." && p.Value[1].Missing.Kind == fact.Pseudo {
		return fact.Yes() // lambda.${AWS::URLSuffix}
	}
	candidates := make([]fact.Verdict, 0, len(suffixes))
	for _, suffix := range suffixes {
		candidates = append(candidates, fact.Same(p.Value, fact.Lit(name+"."+suffix)))
	}
	return fact.Or(append(candidates, anyone)...)
}

// metByService says whether the conditions hold for a request of the service: a guard in an Allow does, in a Deny not.
func (s *Statement) metByService(w *fact.World, effect string) fact.Verdict {
	return anyOf(w, s.Conditions, func(c Condition) fact.Verdict {
		switch strings.ToLower(c.Key) {
		case "aws:sourceaccount", "aws:sourcearn":
			return fact.Of(effect == Deny)
		}
		return fact.Wants(c.missing())
	}).Not()
}
