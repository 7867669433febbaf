package main

import (
	"errors"
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

// read finds and loads the inputs below paths, of which the buffer may be one. Its errors are those of usage; what cannot be
// read is in the result.
func (t *tool) read(files *source.FileSet, s *settings, o *inputOptions, paths []string, buffer *parsers.Buffer, p *progress) (*analysis, error) {
	flags, err := o.values()
	if err != nil {
		return nil, err
	}
	opts := parsers.Options{
		Dir: s.dir, Root: o.root, Sniff: parsers.Sniff(t.frontends), Skips: s.skips(paths), Fronts: t.frontends, SkipUnrecognized: o.skip, Buffer: buffer,
	}
	if buffer != nil && buffer.Name == unnamed && !o.skip && !opts.Sniff(buffer.Name, buffer.Text) {
		return nil, errors.New("standard input is no input of a known kind; a file of a Terraform module needs --stdin-filename")
	}
	p.show("looking for inputs")
	var cdk cdkModules
	opts.Sniff = cdk.aside(opts.Sniff)
	given := &givens{settings: s, files: files, flags: flags, read: map[string]*giving{}}
	a := &analysis{settings: s, found: parsers.Discover(orHere(paths), opts)}
	a.Loaded = parsers.Load(files, a.found.Inputs, t.frontends, given.of, func(what string, done, total int) {
		doing := "evaluating"
		if what == "files" {
			doing = "reading"
		}
		p.show("%s %d of %d %s", doing, done, total, what)
	})
	a.Errors = slices.Concat(a.found.Errors, a.Errors)
	a.Notices = slices.Concat(a.found.Notices, cdk.notices(), a.Notices)
	if undeclared := o.undeclared(a.Declared); o.skip {
		a.Notices = append(a.Notices, undeclared...) // the inputs that declare it may not be among the files of this run
	} else {
		a.Errors = append(a.Errors, undeclared...)
	}
	a.Errors = append(a.Errors, given.problems(a.Roots)...)
	if a.Inputs == 0 && len(a.Errors)+len(cdk.files) == 0 {
		p.stop()
		t.complain("nothing to read: no input of a known kind in %s", quoted(orHere(paths)))
	}
	return a, nil
}

// diagnose prints what is to be said about the inputs.
func (t *tool) diagnose(a *analysis) {
	report.Diagnostics(t.err, a.Files, "notice", a.Notices, colored(t.err))
	report.Diagnostics(t.err, a.Files, "error", a.Errors, colored(t.err))
}

// notice prints what is to be said about the run itself.
func (t *tool) notice(message string) {
	report.Diagnostics(t.err, nil, "notice", []source.Diagnostic{{Message: message}}, colored(t.err))
}
