package rules

import (
	"iter"
	"runtime"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// many is the number of functions from which on a network is worth several goroutines.
const many = 32

// share is the part of each table that one goroutine looks at: the index-th of count parts, in the order of the table.
type share struct{ index, count int }

// of is the range of nodes in a table of n.
func (s share) of(n int) (from, to int) { return n * s.index / s.count, n * (s.index + 1) / s.count }

// work is what one goroutine has done: the pass of every rule, in their order, and what is known of functions.
type work struct {
	passes    []*Pass
	functions []FunctionFact
	panicked  any
}

// divide has every rule look at the network, and divides the nodes of a large one among the processors. What a rule says
// of a node depends on nothing else, so the shares one after another say what a single goroutine would. Goroutines have
// the network alone in common, which does not change.
func divide(n *graph.Network, packs []Pack, intent *Intent) []work {
	count := 1
	if n.Functions.Len() >= many {
		count = runtime.GOMAXPROCS(0)
	}
	done := make([]work, count)
	var group sync.WaitGroup
	for i := range done {
		group.Go(func() {
			defer func() { done[i].panicked = recover() }()
			done[i].run(n, packs, intent, share{i, count})
		})
	}
	group.Wait()
	for _, w := range done {
		if w.panicked != nil {
			panic(w.panicked)
		}
	}
	return done
}

func (w *work) run(n *graph.Network, packs []Pack, intent *Intent, s share) {
	own := newEngines(n, intent)
	for _, pack := range packs {
		for _, rule := range pack.Rules {
			p := own.pass(rule, pack.Name, nil)
			p.share = s
			rule.Run(p)
			w.passes = append(w.passes, p)
		}
	}
	w.functions = functionFacts(own, s)
}

// mine yields the nodes of the share, in order.
func mine[T any](s share, table *graph.Table[T]) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		from, to := s.of(table.Len())
		at := 0
		for n := range table.All() {
			if at >= from && at < to && !yield(n) {
				return
			}
			at++
		}
	}
}
