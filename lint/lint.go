// Package lint is the front door: it reads the infrastructure code below some paths and reports what is wrong in it, as
// the command lambda-vpc-lint does. Packages report and sarif write a Report.
//
// What is promised: packages lint, report, sarif and rules/filter follow semantic versioning from the first release on,
// and so does what authors of rules use, rules and graph. All other packages may change at any time.
package lint

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Name is what the program is called in reports.
const Name = "lambda-vpc-lint"

// Options say what is known about a run. Most are flags of the command, and errors name them so. The zero Options are
// those of a command line without flags, apart from Environment, which is empty.
type Options struct {
	// Dir is the working directory, which paths and all names in a Report are relative to. It is relative to that of
	// the process, which it is where it is empty.
	Dir string
	// Root is the directory that nothing is read outside of. Empty: for each path its nearest ancestor that holds .git,
	// else the path itself.
	Root string
	// Config is the name of the configuration, or NoConfig. Empty: the nearest one above the paths.
	Config string
	// Region is the AWS Region that is deployed to.
	Region string
	// Parameters are values of template parameters. One that no input declares is an error of the run.
	Parameters []Parameter
	// ParameterFiles hold values of template parameters. Later ones win, and Parameters win over all of them.
	ParameterFiles []string
	// Variables are values of Terraform variables. Later ones win. One that no input declares is an error of the run.
	Variables []Variable
	// Context are files and directories that say what exists in the account.
	Context []string
	// Environment has the form of os.Environ. What Terraform takes for values of variables counts: TF_VAR_name=value.
	Environment []string
	// Shard is the number, from 1, of the part of the deployments that is looked at, of Shards, for a report that Merge
	// puts together with the others. Zero: all.
	Shard, Shards int
	// SkipUnrecognized passes over files that paths name and that are no input, which otherwise are errors.
	SkipUnrecognized bool
	// Stdin is what the path "-" stands for, or what is read in place of the file StdinName, which need not exist.
	Stdin     io.Reader
	StdinName string
	// Unsaved are texts that are read in place of files, such as what an editor has not saved, by the names of these.
	// The files need not exist.
	Unsaved map[string][]byte

	// Rules and Disable are names of rules and of packs: those that run, empty for all, and those that do not.
	Rules, Disable []string
	// FailOn is the least severity of a finding that fails the run, one of Severities. Empty: what the configuration
	// says, else "warning".
	FailOn string
	// Baseline is a file of findings that are accepted. WriteBaseline is the one to write, with all that stand.
	Baseline, WriteBaseline string

	// NewFrom is a revision of the git repository that the paths are in. Findings that the revision has, too, are
	// accepted, as those of a baseline are.
	NewFrom string

	// Packs are the rules that there are. Nil: all of this module.
	Packs []rules.Pack
	// Version is that of the program, for the report.
	Version string
	// Now is the moment for which exceptions must not have expired. Zero: the present.
	Now time.Time
	// Say is told, in a sentence, what is worth knowing of the run itself. Progress is told what the run is at, often,
	// and from several goroutines. Nil is told nothing.
	Say, Progress func(message string)
	// Keep is given, at the end of Run, the networks that the report is about: those of the deployments, and those of
	// libraries that none of them uses. Nil: each is let go as soon as it is judged.
	Keep func([]*graph.Network)
}

// Parameter is the value of a template parameter. A list is joined with commas.
type Parameter struct{ Name, Value string }

// Variable is the value of a Terraform variable, or a file of them, with its text.
type Variable struct {
	Name, Value string
	// File is the name of the file, slash-separated, and Text its content. Nil: the file is read.
	File string
	Text []byte
}

// Run lints the inputs below paths, "." if there are none. A path that is not there may be a glob. An error is one of
// usage, such as an unknown rule, or of writing the baseline. What is wrong with the inputs is in the report.
func Run(ctx context.Context, paths []string, o Options) (*report.Report, error) {
	if err := o.checkShard(); err != nil {
		return nil, err
	}
	r, err := start(ctx, paths, o)
	if err != nil {
		return nil, err
	}
	packs, err := choose(r.Packs, o.Rules, o.Disable, r.settings.Config)
	if err != nil {
		return nil, err
	}
	failOn, err := r.threshold()
	if err != nil {
		return nil, err
	}
	baseline, err := r.readBaseline()
	if err != nil {
		return nil, err
	}
	earlier, err := r.earlier(ctx)
	if err != nil {
		return nil, err
	}
	if err := r.read(ctx, r.checkWith(packs)); err != nil {
		return nil, err
	}
	found, open, shard := r.merge()
	result, err := r.suppress(packs, baseline, earlier, found, open)
	if err != nil {
		return nil, err
	}
	r.Notices = append(r.Notices, r.unused()...)
	if r.Keep != nil {
		r.Keep(r.kept())
	}
	r.Errors, r.Notices = inOrder(r.files, r.Errors), inOrder(r.files, r.Notices)
	return &report.Report{
		Tool:  report.Tool{Name: Name, Version: o.Version},
		Files: r.files, Inputs: r.Inputs, Packs: packs, Result: result, FailOn: failOn,
		Region: cmp.Or(r.Region, r.settings.Region), Context: len(r.Context)+len(r.settings.Context) > 0,
		Notices: r.Notices, Errors: r.Errors, Rebase: r.Rebase, Shard: shard,
	}, nil
}

// Inputs are what was read.
type Inputs struct {
	// Files holds the text that the spans point into.
	Files *source.FileSet
	// Networks are those of the deployments.
	Networks []*graph.Network
	// Errors are inputs that could not be read. Notices are worth knowing.
	Errors, Notices []source.Diagnostic
}

// Read reads the inputs below paths, as Run does, and asks no rule. An error is one of usage.
func Read(ctx context.Context, paths []string, o Options) (*Inputs, error) {
	r, err := start(ctx, paths, o)
	if err != nil {
		return nil, err
	}
	if err := r.read(ctx, func(n *graph.Network, _ int) *checked { return &checked{network: n} }); err != nil {
		return nil, err
	}
	in := &Inputs{Files: r.files, Errors: r.Errors, Notices: r.Notices}
	for _, c := range r.Networks {
		in.Networks = append(in.Networks, c.network)
	}
	return in, nil
}

// workingDirectory is o.Dir as an absolute path, or that of the process.
func (o *Options) workingDirectory() (string, error) { return filepath.Abs(o.Dir) }
