package policy

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// meetsAll says whether the request meets the conditions of the statement.
func (r *Request) meetsAll(w *fact.World, s *Statement) fact.Verdict {
	return anyOf(w, s.Conditions, func(c Condition) fact.Verdict { return r.meets(w, c).Not() }).Not()
}

// meets says whether the request meets the condition, where the files tell.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
func (r *Request) meets(w *fact.World, c Condition) fact.Verdict {
	operator := strings.ToLower(c.Operator)
	operator = strings.TrimPrefix(operator, "foranyvalue:")
	key := strings.ToLower(c.Key)
	switch {
	case key == "aws:securetransport" && strings.HasPrefix(operator, "bool"):
		return anyOf(w, c.Values, func(t fact.Text) fact.Verdict { return fact.Same(lower(t), fact.Lit("true")) })
	case r.ofAWS && isOfAccount(key):
		return meetsOutside(w, c, operator)
	case key == "aws:principalarn" && r.Caller != "" && isPositive(operator):
		return anyOf(w, c.Values, func(t fact.Text) fact.Verdict {
			if isStar(t) || slices.Contains(t.Addresses(), r.Caller) {
				return fact.Yes()
			}
			return fact.Wants(c.missing())
		})
	}
	return fact.Wants(c.missing())
}

// isOfAccount tells the keys about whose a caller or a resource is.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
func isOfAccount(key string) bool {
	switch key {
	case "aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn",
		"aws:resourceorgid", "aws:resourceorgpaths", "aws:resourceaccount", "s3:resourceaccount":
		return true
	}
	return strings.HasPrefix(key, "aws:principaltag/") || strings.HasPrefix(key, "aws:resourcetag/")
}

// meetsOutside is meets for a key about an account, where caller and resource are AWS's own: no value that an author
// writes is theirs. Whether a key is there at all is not known, and with a plain operator makes no difference.
func meetsOutside(w *fact.World, c Condition, operator string) fact.Verdict {
	anyone := anyOf(w, c.Values, func(t fact.Text) fact.Verdict { return fact.Of(isStar(t)) })
	switch {
	case !anyone.IsFalse():
		return fact.Wants(c.missing())
	case isPositive(operator):
		return fact.No()
	case isNegative(operator):
		return fact.Yes()
	}
	return fact.Wants(c.missing())
}

func isPositive(operator string) bool {
	switch operator {
	case "stringequals", "stringlike", "stringequalsignorecase", "arnequals", "arnlike":
		return true
	}
	return false
}

func isNegative(operator string) bool {
	switch operator {
	case "stringnotequals", "stringnotlike", "stringnotequalsignorecase", "arnnotequals", "arnnotlike":
		return true
	}
	return false
}
