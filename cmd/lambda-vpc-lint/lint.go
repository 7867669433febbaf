package main

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// outputOptions are the flags of every command that writes a report.
type outputOptions struct {
	formats   []string
	failOn    string
	undecided bool
	// statistics is short for a format, quiet leaves out all but what the run is about.
	statistics, quiet bool
}

func (o *outputOptions) declare(fs *pflag.FlagSet) {
	fs.StringArrayVarP(&o.formats, "format", "f", nil,
		"write `FORMAT[=FILE]`: "+words.Or(formatNames())+"; repeatable, at most one without FILE (default text)")
	fs.StringVar(&o.failOn, "fail-on", "",
		"exit with 1 for findings of this `SEVERITY` or above: "+words.Or(lint.Severities())+" (default warning)")
	fs.BoolVar(&o.undecided, "undecided", false, "tell what would decide the open questions, and how to supply it")
	fs.BoolVar(&o.statistics, "statistics", false,
		"count by rule in place of telling the findings, as -f statistics does")
	fs.BoolVarP(&o.quiet, "quiet", "q", false, "print no notices and no summary")
}

type lintOptions struct {
	outputOptions
	inputs         inputOptions
	fixes          fixOptions
	only, disabled []string
	shard          shardFlag
	failOnEmpty    bool
	// baseline is the file that is read, nextBaseline the one that is written.
	baseline, nextBaseline string
	newFrom                string
}

func (o *lintOptions) declare(fs *pflag.FlagSet) {
	o.outputOptions.declare(fs)
	fs.BoolVar(&o.failOnEmpty, "fail-on-empty", false, "exit with 2 if there is nothing to read")
	fs.StringSliceVar(&o.only, "rules", nil, "run only the rules and packs in `LIST`")
	fs.StringSliceVar(&o.disabled, "disable", nil, "do not run the rules and packs in `LIST`")
	fs.StringVar(&o.baseline, "baseline", "", "accept the findings that `FILE` lists: only new ones count")
	fs.StringVar(&o.nextBaseline, "write-baseline", "", "write all findings to `FILE`, as the baseline from now on")
	fs.StringVar(&o.newFrom, "new-from", "",
		"accept the findings that the git revision `REV` has: only what the files add to it counts")
	fs.Var(&o.shard, "shard", "look at part `I/N` of the deployments only, for \"merge\"; I is 1 to N")
	o.fixes.declare(fs)
	o.inputs.declare(fs)
}

// lint is the command. The code is that of the findings and inputs; an error is bad usage or a failed write.
func (t *tool) lint(o *lintOptions, paths []string, in io.Reader) (code int, err error) {
	outputs, err := o.outputs()
	if err != nil {
		return 0, err
	}
	isStdin := o.inputs.stdinFilename != "" || slices.Contains(paths, "-")
	if o.fixes.fix && !o.fixes.diff && isStdin {
		return 0, errors.New("--fix does not write standard input; --diff shows what it would change")
	}
	p := t.progress()
	defer p.stop()
	opts, err := t.options(&o.inputs, in, p)
	if err != nil {
		return 0, err
	}
	opts.Rules, opts.Disable, opts.FailOn = trimmed(o.only), trimmed(o.disabled), o.failOn
	opts.Shard, opts.Shards = o.shard.index, o.shard.of
	opts.Baseline, opts.WriteBaseline = o.baseline, o.nextBaseline
	opts.NewFrom = o.newFrom
	if err := t.mistyped(paths); err != nil {
		return 0, err
	}
	r, err := lint.Run(t.context(), paths, opts)
	if err == nil && o.fixes.diff {
		p.stop()
		return t.diff(t.plan(&o.fixes, r, paths, isStdin))
	}
	if err == nil && o.fixes.fix {
		p.stop()
		if err := t.fix(t.plan(&o.fixes, r, paths, isStdin)); err != nil {
			return 0, err
		}
		r, err = lint.Run(t.context(), paths, opts)
	}
	p.stop()
	if err != nil {
		return 0, t.explained(err)
	}
	code, err = t.write(&o.outputOptions, r, outputs)
	if o.failOnEmpty && r.Inputs == 0 {
		code = exitFailure
	}
	return code, err
}

// outputs are the formats that are written.
func (o *outputOptions) outputs() ([]output, error) {
	specs := o.formats
	if o.statistics {
		specs = append(slices.Clip(specs), "statistics")
	}
	return parseOutputs(specs)
}

// write writes the report, and what is to be said of the inputs. The code is that of the findings and inputs.
func (t *tool) write(o *outputOptions, r *report.Report, outputs []output) (int, error) {
	opts := report.Options{Undecided: o.undecided, Quiet: o.quiet, Notice: t.notice}
	notices := r.Notices
	if o.quiet {
		opts.Notice, notices = nil, nil
	}
	t.diagnose(r.Files, notices, r.Errors)
	for _, out := range outputs {
		if err := t.render(out, r, opts); err != nil {
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

// shardFlag is --shard as pflag wants it.
type shardFlag struct{ index, of int }

func (f *shardFlag) Set(arg string) (err error) {
	index, of, ok := strings.Cut(arg, "/")
	if f.index, err = strconv.Atoi(index); err == nil && ok {
		f.of, err = strconv.Atoi(of)
	}
	if err != nil || !ok || f.index < 1 || f.index > f.of {
		return errors.New("want I/N, such as 2/8, with I from 1 to N")
	}
	return nil
}

func (f *shardFlag) String() string { return "" }

func (*shardFlag) Type() string { return "string" }
