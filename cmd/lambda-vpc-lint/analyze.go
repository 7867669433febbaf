package main

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// analysis is what was read.
type analysis struct {
	settings *settings
	found    *parsers.Found
	*parsers.Loaded
}

// read finds and loads the inputs below paths. Its errors are those of usage; what cannot be read is in the result.
func (t *tool) read(files *source.FileSet, s *settings, o *inputOptions, paths []string) (*analysis, error) {
	flags, err := o.values()
	if err != nil {
		return nil, err
	}
	given := &givens{settings: s, files: files, flags: flags, read: map[string]*giving{}}
	a := &analysis{settings: s, found: parsers.Discover(orHere(paths), parsers.Options{
		Dir: s.dir, Root: o.root, Sniff: parsers.Sniff(t.frontends), Skips: s.skips(paths),
	})}
	a.Loaded = parsers.Load(files, a.found.Inputs, t.frontends, given.of)
	a.Errors = slices.Concat(a.found.Errors, a.Errors)
	a.Notices = slices.Concat(a.found.Notices, a.Notices)
	a.Errors = append(a.Errors, o.undeclared(a.Declared)...)
	a.Errors = append(a.Errors, given.problems(a.Roots)...)
	if a.Inputs == 0 && len(a.Errors) == 0 {
		t.complain("nothing to read: no input of a known kind in %s", quoted(orHere(paths)))
	}
	return a, nil
}

// diagnose prints what is to be said about the inputs.
func (t *tool) diagnose(a *analysis) {
	report.Diagnostics(t.err, a.Files, "notice", a.Notices, colored(t.err))
	report.Diagnostics(t.err, a.Files, "error", a.Errors, colored(t.err))
}
