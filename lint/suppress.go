package lint

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/disk"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

// suppress gives findings the severities that the configuration chose, and marks what users accept among them. What is
// odd about that becomes a notice. open are questions of libraries, which are not told but may need a suppression. The
// baseline to write, if there is one, counts already.
func (r *run) suppress(
	ran []rules.Pack, baseline, earlier *filter.Baseline, in rules.Result, open []rules.Undecided,
) (rules.Result, error) {
	scope := r.scope(ran)
	var written []filter.Written
	for _, c := range r.all() {
		written = append(written, c.written)
	}
	untold := slices.Clone(open)
	through := func(in rules.Result, steps ...filter.Filter) rules.Result {
		for _, step := range steps {
			for i := range untold {
				step.Apply(&untold[i].Finding)
			}
		}
		out, notices := filter.Run(in, steps...)
		r.Notices = append(r.Notices, notices...)
		return out
	}
	out := through(in,
		filter.Severities(severitiesOf(r.settings.Config, r.Packs)),
		filter.Exceptions(r.settings.Accepted(r.Rebase(r.settings.fromConfig("."))), scope, r.Now),
		filter.Directives(written, scope),
	)
	if name := r.WriteBaseline; name != "" {
		baseline = baseline.Next(name, out.Findings, slices.Concat(out.Undecided, open), scope)
		if err := disk.Replace(boundary.Absolute(r.Dir, name), baseline.Write); err != nil {
			return in, err
		}
		r.say("wrote %s to %s", findings(len(baseline.Entries)), name)
	}
	if baseline != nil {
		out = through(out, baseline.Filter(scope))
	}
	if earlier != nil {
		out = through(out, silent{earlier.Filter(scope)})
	}
	return out, nil
}

// silent is a filter whose entries need not be found.
type silent struct{ filter.Filter }

func (silent) Notices() []source.Diagnostic { return nil }

func (r *run) scope(ran []rules.Pack) *filter.Scope {
	s := &filter.Scope{
		Files: r.files, Base: r.Rebase, Known: r.Packs, Ran: ran,
		Whole: r.Whole() && len(r.Errors) == 0, Suggest: suggest.For,
	}
	if r.Shards > 0 { // what accepts nothing here may accept something in another shard
		s.Whole, s.Ran = false, nil
		return s
	}
	for _, c := range r.all() {
		s.Roots = append(s.Roots, c.root)
	}
	return s
}

func findings(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}

// readBaseline reads the file of Baseline, or gives nil where there is none.
func (r *run) readBaseline() (*filter.Baseline, error) {
	if r.Baseline == "" {
		return nil, nil
	}
	text, err := boundary.ReadNamed(r.Dir, r.Baseline, r.Root, budget.Baseline)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", disk.Failed(r.Baseline, err))
	}
	return filter.ReadBaseline(filepath.ToSlash(r.Baseline), text)
}
