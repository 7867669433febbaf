package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// inputOptions are the flags of every command that reads inputs.
type inputOptions struct {
	region, root   string
	stdinFilename  string
	skip           bool
	config         string
	parameters     []string
	parameterFiles []string
	variables      variables
	context        []string
}

func (o *inputOptions) declare(fs *pflag.FlagSet) {
	fs.StringVar(&o.region, "region", "", "the AWS `REGION` that is deployed to")
	fs.StringArrayVar(&o.parameters, "parameter", nil, "the value of a template parameter, as `NAME=VALUE`; repeatable")
	fs.StringArrayVar(&o.parameterFiles, "parameters", nil,
		"a `FILE` of parameter values, JSON, YAML or samconfig.toml; repeatable, later ones win")
	fs.Var(variableFlag{&o.variables, variables.value}, "var",
		"the value of a Terraform variable, as `NAME=VALUE`; repeatable")
	fs.Var(variableFlag{&o.variables, variables.file}, "var-file",
		"a `FILE` of Terraform variables; repeatable, the later of --var and --var-file wins")
	fs.StringArrayVar(&o.context, "context", nil,
		"what exists in the account: a snapshot, or what the AWS CLI prints, in a `FILE` or a directory; repeatable")
	fs.StringVar(&o.stdinFilename, "stdin-filename", "",
		"read standard input in place of `FILE`, which need not exist; - is the PATH of standard input")
	fs.BoolVar(&o.skip, "skip-unrecognized", false,
		"pass over files named by a PATH that are no input, as over those in a directory")
	fs.StringVar(&o.config, "config", "",
		"read the configuration `FILE`, or \"none\" for no configuration "+
			"(default: the nearest "+config.FileName+" above the PATH)")
	fs.StringVar(&o.root, "root", "",
		"read nothing outside `DIR` (default: the nearest ancestor of a PATH with .git, else the PATH)")
}

// options are those of a run with the flags.
func (t *tool) options(o *inputOptions, in io.Reader, p *progress) (lint.Options, error) {
	out := lint.Options{
		Root: o.root, Config: o.config, Region: o.region, ParameterFiles: o.parameterFiles, Variables: o.variables,
		Context:     o.context,
		Environment: os.Environ(), SkipUnrecognized: o.skip, Stdin: in, StdinName: o.stdinFilename,
		Packs: t.packs, Version: t.build.version, Now: t.now,
		Say: func(message string) {
			p.stop()
			t.complain("%s", message)
		},
	}
	if p != nil {
		out.Progress = p.show
	}
	for _, v := range o.variables {
		if v.Name == "" && v.File == "" {
			return out, errors.New("--var: want NAME=VALUE") // what it is may be a secret
		}
	}
	for _, p := range o.parameters {
		name, value, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return out, errors.New("--parameter: want NAME=VALUE")
		}
		out.Parameters = append(out.Parameters, lint.Parameter{Name: name, Value: value})
	}
	return out, nil
}

// explained prints what is wrong with a configuration, with the places, if that is what err is about.
func (t *tool) explained(err error) error {
	if bad, ok := errors.AsType[*lint.ConfigError](err); ok {
		report.Diagnostics(t.err, bad.Files, "error", bad.Problems, t.colored(t.err))
	}
	return err
}

// diagnose prints what is to be said about the inputs.
func (t *tool) diagnose(files *source.FileSet, notices, failures []source.Diagnostic) {
	report.Diagnostics(t.err, files, "notice", notices, t.colored(t.err))
	report.Diagnostics(t.err, files, "error", failures, t.colored(t.err))
}

// notice prints what is to be said about the run itself.
func (t *tool) notice(message string) {
	report.Diagnostics(t.err, nil, "notice", []source.Diagnostic{{Message: message}}, t.colored(t.err))
}

// variables are the values of --var and --var-file in the order of the command line, which decides who wins.
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
type variables []lint.Variable

func (vs variables) value(arg string) (variables, error) {
	name, value, ok := strings.Cut(arg, "=")
	if !ok {
		name, value = "", arg
	}
	return append(vs, lint.Variable{Name: strings.TrimSpace(name), Value: value}), nil
}

func (vs variables) file(arg string) (variables, error) {
	return append(vs, lint.Variable{File: filepath.ToSlash(arg)}), nil
}

// variableFlag is one of the two flags as pflag wants it.
type variableFlag struct {
	all *variables
	add func(variables, string) (variables, error)
}

func (f variableFlag) Set(arg string) (err error) {
	*f.all, err = f.add(*f.all, arg)
	return err
}

func (variableFlag) String() string { return "" }

func (variableFlag) Type() string { return "stringArray" }
