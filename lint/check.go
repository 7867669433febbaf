package lint

import (
	"context"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// check runs the rules over the networks. What libraries leave open is not the user's question, and stands by itself.
func (r *run) check(ctx context.Context, packs []rules.Pack) (all rules.Result, open []rules.Undecided, err error) {
	results := r.ask(ctx, packs)
	all = rules.Merge(results[:len(r.Networks)])
	if len(r.Libraries) > 0 {
		users := usersOf(results[:len(r.Networks)])
		for _, library := range results[len(r.Networks):] {
			all.Findings = slices.Concat(all.Findings, unsaid(all.Findings, users.without(library)))
			open = append(open, library.Undecided...)
		}
	}
	return all, open, ctx.Err()
}

// ask runs the rules over each network, as many at a time as there are processors. A rule that panics makes an error on
// the input, and the others go on.
func (r *run) ask(ctx context.Context, packs []rules.Pack) []rules.Result {
	networks := r.networks()
	intent := r.settings.Declared()
	results := make([]rules.Result, len(networks))
	failures := make([]*source.Diagnostic, len(networks))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	var done atomic.Int64
	for i, n := range networks {
		group.Go(func() error {
			defer func() { r.progress("checking %d of %d deployments", done.Add(1), len(networks)) }()
			defer func() {
				if p := recover(); p != nil {
					d := frontend.Defect(n.Root, p)
					failures[i] = &d
				}
			}()
			if ctx.Err() == nil {
				results[i] = rules.Run([]*graph.Network{n}, packs, intent)
			}
			return nil
		})
	}
	_ = group.Wait()
	for _, f := range failures {
		if f != nil {
			r.Errors = append(r.Errors, *f)
		}
	}
	return results
}
