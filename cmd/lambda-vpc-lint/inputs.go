package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/params"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
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
}

func (o *inputOptions) declare(fs *pflag.FlagSet) {
	fs.StringVar(&o.region, "region", "", "the AWS `REGION` that is deployed to")
	fs.StringArrayVar(&o.parameters, "parameter", nil, "the value of a template parameter, as `NAME=VALUE`; repeatable")
	fs.StringArrayVar(&o.parameterFiles, "parameters", nil, "a `FILE` of parameter values, JSON, YAML or samconfig.toml; repeatable, later ones win")
	fs.Var(variableFlag{&o.variables, variables.value}, "var", "the value of a Terraform variable, as `NAME=VALUE`; repeatable")
	fs.Var(variableFlag{&o.variables, variables.file}, "var-file", "a `FILE` of Terraform variables; repeatable, the later of --var and --var-file wins")
	fs.StringVar(&o.stdinFilename, "stdin-filename", "", "read standard input in place of `FILE`, which need not exist; - is the PATH of standard input")
	fs.BoolVar(&o.skip, "skip-unrecognized", false, "pass over files named by a PATH that are no input, as over those in a directory")
	fs.StringVar(&o.config, "config", "", "read the configuration `FILE`, or \"none\" for no configuration (default: the nearest "+config.FileName+" above the PATH)")
	fs.StringVar(&o.root, "root", "", "read nothing outside `DIR` (default: the nearest ancestor of a PATH with .git, else the PATH)")
}

// values are what flags, the files they name and the environment say.
func (o *inputOptions) values() (v parsers.Values, err error) {
	v = parsers.Values{Parameters: map[string]string{}, Variables: o.variables, Environment: terraformEnvironment(os.Environ()), Region: o.region}
	for _, file := range o.parameterFiles {
		if err := readParameters(file, v.Parameters); err != nil {
			return v, fmt.Errorf("--parameters: %w", err)
		}
	}
	for _, p := range o.parameters {
		name, value, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return v, fmt.Errorf("--parameter %q: want NAME=VALUE", p)
		}
		v.Parameters[name] = value
	}
	return v, nil
}

// readParameters adds the parameters of a file to values.
func readParameters(file string, values map[string]string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return failed(file, err)
	}
	file = filepath.ToSlash(file)
	files := source.NewFileSet()
	given, ds := params.Read(files.Add(file, text), "")
	if len(ds) > 0 {
		at := file
		if loc, ok := files.Location(ds[0].Span); ok {
			at = fmt.Sprintf("%s:%d:%d", file, loc.StartLine, loc.StartColumn)
		}
		return fmt.Errorf("%s: %s", at, report.Line(ds[0].Message))
	}
	for _, p := range given {
		values[p.Name] = p.Value
	}
	return nil
}

// failed is the error of reading or writing a file: its cause, behind the name with slashes on every system.
func failed(file string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	} else if at, ok := errors.AsType[*os.LinkError](err); ok {
		err = at.Err
	}
	return fmt.Errorf("%s: %w", filepath.ToSlash(file), err)
}

// undeclared complains about the names given on the command line that no input declares. Files may say more than one
// input needs.
func (o *inputOptions) undeclared(declared map[string][]string) (out []source.Diagnostic) {
	check := func(flag, what, name string) {
		if !slices.Contains(declared[flag], name) {
			out = append(out, source.Diagnostic{Message: fmt.Sprintf("no input declares the %s %q%s", what, name, suggest.For(name, declared[flag]))})
		}
	}
	for _, p := range o.parameters {
		name, _, _ := strings.Cut(p, "=")
		check("parameter", "parameter", name)
	}
	for _, v := range o.variables {
		if v.File == "" {
			check("var", "variable", v.Name)
		}
	}
	return out
}

// variables are the values of --var and --var-file in the order of the command line, which decides who wins.
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
type variables []parsers.Variable

func (vs variables) value(arg string) (variables, error) {
	name, value, ok := strings.Cut(arg, "=")
	if name = strings.TrimSpace(name); !ok || name == "" {
		return vs, fmt.Errorf("want NAME=VALUE")
	}
	return append(vs, parsers.Variable{Name: name, Value: value}), nil
}

func (vs variables) file(arg string) (variables, error) {
	text, err := os.ReadFile(arg)
	if err != nil {
		return vs, failed(arg, err)
	}
	return append(vs, parsers.Variable{File: filepath.ToSlash(arg), Text: text}), nil
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

// terraformEnvironment picks what Terraform takes for values of variables.
func terraformEnvironment(environ []string) map[string]string {
	out := map[string]string{}
	for _, e := range environ {
		if name, value, ok := strings.Cut(e, "="); ok && strings.HasPrefix(name, "TF_VAR_") {
			out[name] = value
		}
	}
	return out
}
