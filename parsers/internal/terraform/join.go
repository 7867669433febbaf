package terraform

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// joined hands the node that to names, and the condition under which r exists and names it, to put. Where it is not
// known whom to names, miss hears of it for every node.
func joined[T any](t *graph.Table[T], to graph.Ref[T], r *resource, put func(*T, fact.Cond), miss func(*T, ...fact.Missing)) {
	for _, c := range to.Cases() {
		switch id, ok := c.Value.Get(nil); ok.Truth {
		case fact.True:
			if n := t.Get(id); n != nil {
				put(n, r.when.And(c.When))
			}
		case fact.Unknown:
			for n := range t.All() {
				miss(n, ok.Missing...)
			}
		}
	}
}

// into adds v, which r holds, to a list of the node that to names.
func into[T, V any](t *graph.Table[T], to graph.Ref[T], r *resource, list func(*T) *fact.List[V], v V) {
	joined(t, to, r,
		func(n *T, when fact.Cond) { list(n).AppendIf(when, v, r.Span) },
		func(n *T, missing ...fact.Missing) { list(n).Miss(r.when, missing...) })
}
