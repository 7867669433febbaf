package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

// accept gives findings the severities that users chose, and marks what they accept among them. What is odd about it
// becomes a notice; open are questions of libraries, which are not told but may need a suppression. The next baseline, if
// users want one written, counts already.
func (t *tool) accept(o *lintOptions, a *analysis, ran []rules.Pack, baseline *filter.Baseline, in rules.Result, open []rules.Undecided) (rules.Result, error) {
	networks := slices.Concat(a.Networks, a.Libraries)
	scope := t.scope(a, networks, ran)
	through := func(in rules.Result, steps ...filter.Filter) rules.Result {
		filter.Run(rules.Result{Undecided: open}, steps...)
		out, notices := filter.Run(in, steps...)
		a.Notices = append(a.Notices, notices...)
		return out
	}
	out := through(in,
		filter.Severities(severitiesOf(a.settings.Config, t.packs)),
		filter.Exceptions(a.settings.Accepted(a.found.Rebase(a.settings.beside("."))), scope, t.now),
		filter.Directives(networks, scope),
	)
	if o.nextBaseline != "" {
		baseline = baseline.Next(o.nextBaseline, out.Findings, slices.Concat(out.Undecided, open), scope)
		if err := writeFile(o.nextBaseline, baseline.Write); err != nil {
			return in, err
		}
		t.complain("wrote %s to %s", findings(len(baseline.Entries)), o.nextBaseline)
	}
	if baseline != nil {
		out = through(out, baseline.Filter(scope))
	}
	return out, nil
}

func (t *tool) scope(a *analysis, networks []*graph.Network, ran []rules.Pack) *filter.Scope {
	s := &filter.Scope{
		Files: a.Files, Base: a.found.Rebase, Known: t.packs, Ran: ran, Whole: a.found.Whole() && len(a.Errors) == 0, Suggest: suggest.For,
	}
	for _, n := range networks {
		s.Roots = append(s.Roots, n.Root)
	}
	return s
}

func findings(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}

// readBaseline reads the file of --baseline, or gives nil where there is none.
func readBaseline(path string) (*filter.Baseline, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	return filter.ReadBaseline(filepath.ToSlash(path), text)
}
