package main

import (
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
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
	fs.StringArrayVarP(&o.formats, "format", "f", nil,
		"write `FORMAT[=FILE]`: "+suggest.Either(formatNames())+"; repeatable, at most one without FILE (default text)")
	fs.StringSliceVar(&o.only, "rules", nil, "run only the rules and packs in `LIST`")
	fs.StringSliceVar(&o.disabled, "disable", nil, "do not run the rules and packs in `LIST`")
	fs.StringVar(&o.failOn, "fail-on", "",
		"exit with 1 for findings of this `SEVERITY` or above: "+suggest.Either(lint.Severities())+" (default warning)")
	fs.BoolVar(&o.undecided, "undecided", false, "list what the files do not decide, and the facts that would")
	fs.StringVar(&o.baseline, "baseline", "", "accept the findings that `FILE` lists: only new ones count")
	fs.StringVar(&o.nextBaseline, "write-baseline", "", "write all findings to `FILE`, as the baseline from now on")
	o.inputs.declare(fs)
}

// lint is the command. The code is that of the findings and inputs; an error is bad usage or a failed write.
func (t *tool) lint(o *lintOptions, paths []string, in io.Reader) (code int, err error) {
	outputs, err := parseOutputs(o.formats)
	if err != nil {
		return 0, err
	}
	p := t.progress()
	defer p.stop()
	opts, err := t.options(&o.inputs, in, p)
	if err != nil {
		return 0, err
	}
	opts.Rules, opts.Disable, opts.FailOn = trimmed(o.only), trimmed(o.disabled), o.failOn
	opts.Baseline, opts.WriteBaseline = o.baseline, o.nextBaseline
	r, err := lint.Run(t.context(), paths, opts)
	p.stop()
	if err != nil {
		return 0, t.explained(err)
	}
	t.diagnose(r.Files, r.Notices, r.Errors)
	for _, out := range outputs {
		if err := out.write(t.out, r, report.Options{Undecided: o.undecided, Notice: t.notice}); err != nil {
			return 0, err
		}
	}
	switch {
	case len(r.Errors) > 0:
		return exitFailure, nil
	case r.Failed():
		return exitFindings, nil
	}
	return exitClean, nil
}

// trimmed removes the spaces that people leave in comma-separated lists.
func trimmed(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
