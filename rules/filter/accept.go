package filter

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// claim is what one entry says about a finding that it names. It accepts the finding for the functions for which speaks
// is true. With speaks nil, it accepts it for all.
type claim struct {
	by     rules.Suppression
	speaks func(function string) bool
	// use is called when the claim accepts something.
	use func()
}

// accept takes the functions that claims speak for from those affected. The finding is suppressed, and keeps them, once
// none is left; what was suppressed before stays as it is.
func accept(f *rules.Finding, claims []claim) {
	left := slices.Clone(f.Affects)
	var last *claim
	for i, c := range claims {
		if c.speaks == nil {
			c.use()
			if last == nil || len(left) > 0 {
				last, left = &claims[i], nil
			}
			continue
		}
		if slices.ContainsFunc(f.Affects, c.speaks) {
			c.use()
			if len(left) > 0 {
				last, left = &claims[i], slices.DeleteFunc(left, c.speaks)
			}
		}
	}
	switch {
	case last == nil || f.Suppressed != nil:
	case len(left) == 0:
		f.Suppressed = &last.by
	default:
		f.Affects = left
	}
}
