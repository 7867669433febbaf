package rules

import (
	"iter"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/need"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
)

// Outside yields what is needed of AWS's services and of public hosts, with the destination of each.
func Outside(needs need.Needs) iter.Seq2[need.Need, trace.Destination] {
	return func(yield func(need.Need, trace.Destination) bool) {
		for _, n := range needs.Services {
			if !yield(n, trace.Service(n.Name)) {
				return
			}
		}
		for _, n := range needs.Internet {
			if !yield(n, trace.Internet(4)) {
				return
			}
		}
	}
}
