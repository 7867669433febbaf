package eval

import (
	"sync/atomic"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/parallel"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Work is divided into so many runs, whatever the machine, when there are so many items for each.
const (
	runs    = 8
	leastOf = 16
)

// Each calls f with every number below n and an evaluator, which is e or as good as e. The values that f gets are those
// of calls in order with e, but the calls are several at a time, and may be made twice.
func (e *Evaluator) Each(n int, f func(e *Evaluator, i int)) {
	fresh := len(e.settled)+len(e.attributes) == 0
	if n >= runs*leastOf && fresh && e.b.Imports == nil && e.atOnce(n, f) {
		return
	}
	for i := range n {
		f(e, i)
	}
}

// atOnce has each run evaluated by itself. It takes all back and reports false when something came up that may depend on
// what was evaluated before: a symbol that is explained by its first use, a message, a cycle, a limit, a file, a nested stack. Without
// those, what evaluators keep for later is what every other one would find too.
func (e *Evaluator) atOnce(n int, f func(e *Evaluator, i int)) bool {
	tables := e.table.Share(runs)
	evaluators := make([]*Evaluator, runs)
	var failed atomic.Bool
	parallel.Each(runs, func(run int) {
		own := e.share(&tables[run])
		evaluators[run] = own
		for i := run * n / runs; i < (run+1)*n/runs && !failed.Load(); i++ {
			f(own, i)
			if own.ordered || own.table.Contested() {
				failed.Store(true)
			}
		}
	})
	steps, elements, joined := e.steps, e.elements, e.joined
	for _, own := range evaluators {
		steps, elements, joined = steps+own.steps, elements+own.elements, joined+own.joined
	}
	if failed.Load() || steps > maxSteps || elements > maxElements || joined > maxJoined {
		e.table.Retract(tables)
		return false
	}
	e.steps, e.elements, e.joined = steps, elements, joined
	return true
}

// share is an evaluator of the same template that begins anew and reads no file.
func (e *Evaluator) share(table *symbol.Table) *Evaluator {
	own := &Evaluator{
		t: e.t, b: e.b, table: table, parameters: e.parameters, resources: e.resources, conditions: e.conditions,
		values: map[string]Value{}, secrets: map[string]string{}, settled: map[string]settledCondition{}, attributes: map[string]Value{},
		identities: map[*Resource]string{}, active: map[string]bool{}, said: map[source.Diagnostic]bool{},
		Work: &Work{},
	}
	own.include = func(string) (*tree.Node, error) {
		own.ordered = true
		return nil, nil
	}
	if e.b.Outputs != nil {
		own.b.Outputs = func(string, string) (Value, bool) {
			own.ordered = true
			return Value{}, false
		}
	}
	return own
}
