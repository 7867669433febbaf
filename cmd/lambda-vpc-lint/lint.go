package main

import (
	"cmp"
	"io"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

type lintOptions struct {
	inputs         inputOptions
	formats        []string
	only, disabled []string
	failOn         string
	undecided      bool
	// baseline is the file that is read, nextBaseline the one that is written.
	baseline, nextBaseline string
}

func (o *lintOptions) declare(fs *pflag.FlagSet) {
	fs.StringArrayVarP(&o.formats, "format", "f", nil, "write `FORMAT[=FILE]`: "+either(formatNames())+"; repeatable, at most one without FILE (default text)")
	fs.StringSliceVar(&o.only, "rules", nil, "run only the rules and packs in `LIST`")
	fs.StringSliceVar(&o.disabled, "disable", nil, "do not run the rules and packs in `LIST`")
	fs.StringVar(&o.failOn, "fail-on", "", "exit with 1 for findings of this `SEVERITY` or above: "+either(severities)+" (default warning)")
	fs.BoolVar(&o.undecided, "undecided", false, "list what the files do not decide, and the facts that would")
	fs.StringVar(&o.baseline, "baseline", "", "accept the findings that `FILE` lists: only new ones count")
	fs.StringVar(&o.nextBaseline, "write-baseline", "", "write all findings to `FILE`, as the baseline from now on")
	o.inputs.declare(fs)
}

// lint is the command. The code is that of the findings and inputs; an error is bad usage or a failed write.
func (t *tool) lint(o *lintOptions, paths []string, in io.Reader) (code int, err error) {
	files := source.NewFileSet()
	paths, buffer, err := o.inputs.standardInput(paths, in)
	if err != nil {
		return 0, err
	}
	s, err := t.configure(files, &o.inputs, paths, buffer)
	if err != nil {
		return 0, err
	}
	packs, err := choose(t.packs, trimmed(o.only), trimmed(o.disabled), s.Config)
	if err != nil {
		return 0, err
	}
	failOn, err := threshold(cmp.Or(o.failOn, string(s.FailOn), "warning"))
	if err != nil {
		return 0, err
	}
	outputs, err := parseOutputs(o.formats)
	if err != nil {
		return 0, err
	}
	old, err := readBaseline(o.baseline)
	if err != nil {
		return 0, err
	}
	p := t.progress()
	defer p.stop()
	a, err := t.read(files, s, &o.inputs, paths, buffer, p)
	if err != nil {
		return 0, err
	}
	found, open := t.check(a, packs, p)
	p.stop()
	result, err := t.accept(o, a, packs, old, found, open)
	if err != nil {
		return 0, err
	}
	a.Notices = append(a.Notices, s.idle(a, paths)...)
	t.diagnose(a)
	r := &report.Report{
		Tool: report.Tool{Name: name, Version: t.build.version}, Files: a.Files, Inputs: a.Inputs, Packs: packs, Result: result,
		Notices: a.Notices, Errors: a.Errors, Rebase: a.found.Rebase,
	}
	opts := report.Options{Undecided: o.undecided, FailOn: failOn, Notice: t.notice}
	for _, out := range outputs {
		if err := out.write(t.out, r, opts); err != nil {
			return 0, err
		}
	}
	failing := func(f rules.Finding) bool { return f.Suppressed == nil && report.Severity(f) >= failOn }
	switch {
	case len(a.Errors) > 0:
		return exitFailure, nil
	case slices.ContainsFunc(r.Result.Findings, failing):
		return exitFindings, nil
	}
	return exitClean, nil
}

// check runs the rules over the networks, as many at a time as there are processors. A rule that panics makes an error
// on the input, and the others go on. What libraries leave open is not the user's question, and stands by itself.
func (t *tool) check(a *analysis, packs []rules.Pack, p *progress) (all rules.Result, open []rules.Undecided) {
	networks := slices.Concat(a.Networks, a.Libraries)
	declared := a.settings.Declared()
	results := make([]rules.Result, len(networks))
	failures := make([]*source.Diagnostic, len(networks))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	var done atomic.Int64
	for i, n := range networks {
		group.Go(func() error {
			defer func() { p.show("checking %d of %d deployments", done.Add(1), len(networks)) }()
			defer func() {
				if p := recover(); p != nil {
					d := parsers.Defect(n.Root, p)
					failures[i] = &d
				}
			}()
			results[i] = rules.Run([]*graph.Network{n}, packs, declared)
			return nil
		})
	}
	_ = group.Wait()
	all = rules.Merge(results[:len(a.Networks)])
	if len(a.Libraries) > 0 {
		users := usersOf(results[:len(a.Networks)])
		for _, r := range results[len(a.Networks):] {
			all.Findings = slices.Concat(all.Findings, unsaid(all.Findings, users.without(r)))
			open = append(open, r.Undecided...)
		}
	}
	for _, f := range failures {
		if f != nil {
			a.Errors = append(a.Errors, *f)
		}
	}
	return all, open
}
