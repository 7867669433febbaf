package policy

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// Request is a call of an AWS API as the policy of a VPC endpoint sees it. It stands for all calls that it fits: an
// asterisk in Action or Resource is whatever a caller likes.
type Request struct {
	// Action is what is called, such as "s3:PutObject".
	Action string
	// Resource is the ARN of what it is called on. Empty: whatever the policy speaks about.
	Resource fact.Text
	// Others are the addresses of resources of the deployment that Resource is certainly not.
	Others []string
	// Caller is the address of the role that makes the call, or "".
	Caller string
	// ofAWS is set where both the caller and the resource are AWS's own, and in no account of the author's.
	ofAWS bool
}

// CustomResourceAnswer is the call with which the function of a custom resource answers: CloudFormation signs the URL
// beforehand, and the bucket is AWS's own too.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html
var CustomResourceAnswer = &Request{
	Action:   "s3:PutObject",
	Resource: fact.Lit("arn:*:s3:::cloudformation-custom-resource-response-*"),
	ofAWS:    true,
}

// Admits says what the document, the policy of an endpoint, does to the calls that fit r: True when it lets some of
// them through, False when it stops all of them, and Unknown where a condition, or something that the files do not
// hold, decides.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
func (d *Document) Admits(w *fact.World, r *Request) fact.Verdict {
	allows := func(s Statement) fact.Verdict {
		return fact.And(s.Has(w, Allow), r.some(w, s.Actions, s.NotActions, r.names),
			r.some(w, s.Resources, s.NotResources, r.isOn), s.takesIn(w, r), r.meetsAll(w, &s))
	}
	denies := func(s Statement) fact.Verdict {
		return fact.And(s.Has(w, Deny), r.all(w, s.Actions, s.NotActions, r.names),
			r.all(w, s.Resources, s.NotResources, r.isOn), s.takesIn(w, r), r.meetsAll(w, &s))
	}
	return fact.And(anyOf(w, d.Statements, allows), anyOf(w, seen(d.Statements), denies).Not())
}

// quantifier tells whether a pattern has to match some of the calls or all of them.
type quantifier bool

const (
	someCalls quantifier = false
	allCalls  quantifier = true
)

type matcher func(pattern fact.Text, of quantifier) fact.Verdict

// some says whether an element of a statement and its opposite, such as Action and NotAction, leave some of the calls.
func (r *Request) some(w *fact.World, list, not fact.List[fact.Text], match matcher) fact.Verdict {
	if not.IsSet {
		return anyOf(w, not, func(t fact.Text) fact.Verdict { return match(t, allCalls) }).Not()
	}
	return anyOf(w, list, func(t fact.Text) fact.Verdict { return match(t, someCalls) })
}

// all says whether they cover each of the calls.
func (r *Request) all(w *fact.World, list, not fact.List[fact.Text], match matcher) fact.Verdict {
	if not.IsSet {
		return anyOf(w, not, func(t fact.Text) fact.Verdict { return match(t, someCalls) }).Not()
	}
	return anyOf(w, list, func(t fact.Text) fact.Verdict { return match(t, allCalls) })
}

func (r *Request) names(pattern fact.Text, of quantifier) fact.Verdict {
	return compare(lower(pattern), fact.Lit(strings.ToLower(r.Action)), of)
}

// isOn holds a pattern of resources against the request's. Two resources of one deployment have two ARNs.
func (r *Request) isOn(pattern fact.Text, of quantifier) fact.Verdict {
	named, own := pattern.Addresses(), r.Resource.Addresses()
	isOwn := func(address string) bool { return slices.Contains(own, address) }
	isOther := func(address string) bool { return r.ofAWS || slices.Contains(r.Others, address) }
	switch {
	case of == someCalls && slices.ContainsFunc(named, isOwn):
		return fact.Yes()
	case slices.ContainsFunc(named, isOther) && !slices.ContainsFunc(named, isOwn):
		return fact.No()
	case len(r.Resource) == 0:
		return compare(pattern, fact.Lit("*"), of)
	}
	return compare(pattern, r.Resource, of)
}

// compare holds the pattern against a text whose asterisks stand for whatever a caller likes.
func compare(pattern, text fact.Text, of quantifier) fact.Verdict {
	if isStar(pattern) {
		return fact.Yes()
	}
	subject := subjectOf(text)
	open := slices.Contains(subject, asterisk)
	v := matches(pattern, openUp(subject, of), text.Missing())
	if of == allCalls && open && v.IsUnknown() {
		return fact.No() // as far as is known, some calls are left
	}
	return v
}

// asterisk is one in a subject.
var asterisk = token{char: '*'}

// lastField is the number of colons before the part of an ARN that may have further ones.
const lastField = 5

// openUp makes of the asterisks of a subject what matches some text or, of all calls, what only an asterisk matches.
func openUp(subject []token, of quantifier) []token {
	isARN := len(subject) > lastField && slices.Equal(subject[:4], subjectOf(fact.Lit("arn:")))
	colons := 0
	for i, t := range subject {
		switch {
		case t == colon:
			colons++
		case t != asterisk:
		case of == allCalls:
			subject[i] = token{kind: unknown, symbol: "*"}
		case isARN && colons < lastField:
			subject[i] = token{kind: field}
		default:
			subject[i] = token{kind: rest}
		}
	}
	return subject
}

// takesIn says whether the principals of the statement include the caller.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func (s *Statement) takesIn(w *fact.World, r *Request) fact.Verdict {
	if s.NotPrincipals.IsSet {
		return anyOf(w, s.NotPrincipals, r.isBy).Not()
	}
	return anyOf(w, s.Principals, r.isBy)
}

func (r *Request) isBy(p Principal) fact.Verdict {
	text, whole := p.Value.Literal()
	switch {
	case p.Kind == "*", p.Kind == "AWS" && whole && text == "*":
		return fact.Yes()
	case p.Kind != "AWS", r.ofAWS:
		return fact.No()
	case r.Caller != "" && slices.Contains(p.Value.Addresses(), r.Caller):
		return fact.Yes()
	}
	name := "whether the caller is " + p.Value.String()
	return fact.Wants(append(p.Value.Missing(), fact.Missing{Kind: fact.Semantics, Name: name})...)
}
