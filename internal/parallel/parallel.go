// Package parallel spreads the work on one input over the processors.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls f with every number below n, in as many goroutines as there are processors, and returns when all calls
// have. If calls panic, Each does after that, with what the lowest number panicked with.
func Each(n int, f func(int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	panicked := make([]any, n)
	for range workers {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				panicked[i] = recovered(f, int(i))
			}
		})
	}
	group.Wait()
	for _, p := range panicked {
		if p != nil {
			panic(p)
		}
	}
}

func recovered(f func(int), i int) (panicked any) {
	defer func() { panicked = recover() }()
	f(i)
	return nil
}
