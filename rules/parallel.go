package rules

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// many is the number of functions from which on a network is worth several goroutines.
const many = 32

// runAll has every rule look at the network, and gives their passes in the order of the rules. The goroutines share the
// network alone, which does not change: each has engines of its own.
func runAll(n *graph.Network, packs []Pack) []*Pass {
	type job struct {
		rule *Rule
		pack string
	}
	var jobs []job
	for _, pack := range packs {
		for _, rule := range pack.Rules {
			jobs = append(jobs, job{rule, pack.Name})
		}
	}
	passes := make([]*Pass, len(jobs))
	workers := 1
	if n.Functions.Len() >= many {
		workers = min(runtime.GOMAXPROCS(0), len(passes))
	}
	var next atomic.Int64
	panics := make([]any, workers)
	var group sync.WaitGroup
	for i := range workers {
		group.Go(func() {
			defer func() { panics[i] = recover() }()
			own := newEngines(n)
			for at := next.Add(1) - 1; at < int64(len(jobs)); at = next.Add(1) - 1 {
				passes[at] = own.pass(jobs[at].rule, jobs[at].pack, nil)
				jobs[at].rule.Run(passes[at])
			}
		})
	}
	group.Wait()
	for _, p := range panics {
		if p != nil {
			panic(p)
		}
	}
	return passes
}
