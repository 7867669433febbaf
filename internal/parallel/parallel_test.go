package parallel_test

import (
	"sync/atomic"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/parallel"
)

func TestEachNumberIsVisitedOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 100} {
		visits := make([]atomic.Int64, n)
		parallel.Each(n, func(i int) { visits[i].Add(1) })
		for i := range visits {
			if got := visits[i].Load(); got != 1 {
				t.Errorf("%d of %d is visited %d times", i, n, got)
			}
		}
	}
}

func TestAPanicIsThatOfTheLowestNumberAndStopsNoOther(t *testing.T) {
	var calls atomic.Int64
	defer func() {
		if got := recover(); got != 3 {
			t.Errorf("recovered %v, want 3", got)
		}
		if got := calls.Load(); got != 20 {
			t.Errorf("%d calls, want 20", got)
		}
	}()
	parallel.Each(20, func(i int) {
		calls.Add(1)
		if i >= 3 {
			panic(i)
		}
	})
}
