package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/params"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// analysis is what was read.
type analysis struct {
	found *parsers.Found
	*parsers.Loaded
}

// read finds and loads the inputs below paths. Its errors are those of usage; what cannot be read is in the result.
func (t *tool) read(o *inputOptions, paths []string) (*analysis, error) {
	values, given, err := o.values()
	if err != nil {
		return nil, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	a := &analysis{found: parsers.Discover(paths, parsers.Options{Dir: dir, Root: o.root, Sniff: parsers.Sniff(t.frontends)})}
	a.Loaded = parsers.Load(a.found.Inputs, t.frontends, values)
	a.Errors = slices.Concat(a.found.Errors, a.Errors)
	a.Notices = slices.Concat(a.found.Notices, a.Notices)
	for _, p := range given {
		if !slices.Contains(a.Declared, p) {
			a.Errors = append(a.Errors, source.Diagnostic{Message: fmt.Sprintf("no input declares the parameter %q%s", p, suggestion(p, a.Declared))})
		}
	}
	if a.Inputs == 0 && len(a.Errors) == 0 {
		t.complain("nothing to read: no input of a known kind in %s", quoted(paths))
	}
	return a, nil
}

// values are the parameters of files and flags; given are the names that flags gave.
func (o *inputOptions) values() (v parsers.Values, given []string, err error) {
	v = parsers.Values{Parameters: map[string]string{}, Region: o.region}
	for _, file := range o.parameterFiles {
		if err := readParameters(file, v.Parameters); err != nil {
			return v, nil, fmt.Errorf("--parameters: %w", err)
		}
	}
	for _, p := range o.parameters {
		name, value, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return v, nil, fmt.Errorf("--parameter %q: want NAME=VALUE", p)
		}
		v.Parameters[name] = value
		given = append(given, name)
	}
	return v, given, nil
}

// readParameters adds the parameters of a file to values.
func readParameters(file string, values map[string]string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	files := source.NewFileSet()
	given, ds := params.Read(files.Add(filepath.ToSlash(file), text), "")
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

// diagnose prints what is to be said about the inputs.
func (t *tool) diagnose(a *analysis) {
	report.Diagnostics(t.err, a.Files, "notice", a.Notices, colored(t.err))
	report.Diagnostics(t.err, a.Files, "error", a.Errors, colored(t.err))
}
