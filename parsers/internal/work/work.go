// Package work does the same for many things at a time, and says how far it is.
package work

import (
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Watch is told how far a step is: with how many of how many it is done, of "files", "deployments" or "modules". Calls
// come one at a time, from several goroutines. A nil Watch is told nothing.
type Watch func(what string, done, total int)

// Step is what a Watch is told of.
type Step[T any] struct {
	What string
	// Size is for how many a thing counts. Nil: each is one.
	Size func(T) int
	// InOrder does one thing after the other.
	InOrder bool
	Watch   Watch
}

// Each calls f for all things, as many at a time as there are processors, and starts them in order. Once ctx is done it
// starts none.
func Each[T any](ctx context.Context, things []T, step Step[T], f func(T)) {
	tell := step.teller(things)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	if step.InOrder {
		group.SetLimit(1)
	}
	for _, thing := range things {
		group.Go(func() error {
			if ctx.Err() == nil {
				f(thing)
				tell(thing)
			}
			return nil
		})
	}
	_ = group.Wait()
}

// teller returns what to call when a thing is done.
func (s Step[T]) teller(things []T) func(T) {
	if s.Watch == nil {
		return func(T) {}
	}
	size := s.Size
	if size == nil {
		size = func(T) int { return 1 }
	}
	done, total := 0, 0
	for _, thing := range things {
		total += size(thing)
	}
	s.Watch(s.What, done, total)
	var mu sync.Mutex
	return func(thing T) {
		mu.Lock()
		defer mu.Unlock()
		done += size(thing)
		s.Watch(s.What, done, total)
	}
}
