package lint

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// run is one run: its options, its configuration, and then what was read.
type run struct {
	Options
	languages frontend.Set      // those that are read
	session   *frontend.Session // or nil
	paths     []string          // as they were given, with a name in place of "-"
	buffer    *boundary.Buffer  // or nil
	files     *source.FileSet
	settings  *settings
	*parsers.Loaded[*checked]
}

// start prepares a run: it reads standard input and the configuration.
func start(ctx context.Context, paths []string, o Options) (r *run, err error) {
	if o.Packs == nil {
		o.Packs = all.Packs()
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if o.Dir, err = o.workingDirectory(); err != nil {
		return nil, err
	}
	r = &run{Options: o, languages: frontend.FromContext(ctx), session: frontend.SessionOf(ctx)}
	r.files = newFiles(r.session)
	if r.languages == nil {
		r.languages = parsers.Languages()
	}
	if paths, err = expand(o.Dir, paths); err != nil {
		return nil, err
	}
	if r.paths, r.buffer, err = o.standardInput(paths); err != nil {
		return nil, err
	}
	r.settings, err = r.configure()
	return r, err
}

// say tells Say.
func (r *run) say(format string, args ...any) {
	if r.Say != nil {
		r.Say(fmt.Sprintf(format, args...))
	}
}

// progress tells Progress.
func (r *run) progress(format string, args ...any) {
	if r.Progress != nil {
		r.Progress(fmt.Sprintf(format, args...))
	}
}

// read finds and loads the inputs, and uses each network. Its errors are those of usage; what cannot be read is among
// r.Errors.
func (r *run) read(ctx context.Context, use func(*graph.Network, int) *checked) error {
	values, err := r.values()
	if err != nil {
		return err
	}
	account, err := r.account()
	if err != nil {
		return err
	}
	b := r.buffer
	isNameless := b != nil && b.Name == unnamed
	if isNameless && !r.SkipUnrecognized && r.languages.Knowing(b.Name, b.Text) == nil {
		return errors.New("standard input is no input of a known kind; " +
			"a file of a Terraform module needs --stdin-filename")
	}
	defer r.alone()()
	r.progress("looking for inputs")
	r.Loaded = parsers.Load(ctx, r.files, orHere(r.paths), parsers.Options{
		Dir: r.Dir, Root: r.Root, Frontends: r.languages,
		Skips: r.settings.skips(r.paths), Together: r.settings.together,
		SkipUnrecognized: r.SkipUnrecognized, Share: r.Shard, Shares: r.Shards,
		Buffers: r.buffers(r.buffer), Session: r.session, Kind: r.settings.kind(),
		Values: values.of, Account: account, Watch: r.watch,
	}, use)
	if undeclared := r.undeclared(); r.SkipUnrecognized {
		// The inputs that declare it may not be among the files of this run.
		r.Notices = append(r.Notices, undeclared...)
	} else {
		r.Errors = append(r.Errors, undeclared...)
	}
	r.Errors = append(r.Errors, values.problems(r.Roots)...)
	r.Notices = append(r.Notices, r.contextNotices()...)
	r.Errors, r.Notices = r.bounded(r.Errors, "errors"), r.bounded(r.Notices, "notices")
	if r.Inputs == 0 && r.Shards == 0 && len(r.Errors)+r.Foreign == 0 {
		r.nothing()
	}
	return ctx.Err()
}

// bounded keeps the first diagnostics of each file, and counts the others: one bad file shall not hide all else.
func (r *run) bounded(ds []source.Diagnostic, what string) (out []source.Diagnostic) {
	file := func(d source.Diagnostic) string {
		if f := r.files.File(d.Span); f != nil {
			return f.Name
		}
		return d.File
	}
	said, all, told := map[source.Diagnostic]bool{}, map[string]int{}, map[string]int{}
	ds = slices.DeleteFunc(ds, func(d source.Diagnostic) bool { // two steps may stumble over one file
		again := said[d]
		said[d] = true
		return again
	})
	for _, d := range ds {
		all[file(d)]++
	}
	for _, d := range ds {
		name := file(d)
		switch told[name]++; {
		case told[name] <= budget.Errors.Max:
			out = append(out, d)
		case told[name] == budget.Errors.Max+1:
			more := fmt.Sprintf("and %d more %s", all[name]-budget.Errors.Max, what)
			out = append(out, source.Diagnostic{File: name, Message: more})
		}
	}
	return out
}

func (r *run) watch(what string, done, total int) {
	doing := "checking"
	if what == "files" {
		doing = "reading"
	}
	r.progress("%s %d of %d %s", doing, done, total, what)
}

// undeclared complains about parameters and variables that no input declares. Files of them may say more than one input
// needs.
func (r *run) undeclared() (out []source.Diagnostic) {
	check := func(flag, what, name string) {
		if names := declared(r.Roots, flag); !slices.Contains(names, name) {
			message := fmt.Sprintf("no input declares the %s %q%s", what, name, suggest.For(name, names))
			out = append(out, source.Diagnostic{Message: message})
		}
	}
	for _, p := range r.Parameters {
		check("parameter", "parameter", p.Name)
	}
	for _, v := range r.Variables {
		if v.File == "" {
			check("var", "variable", v.Name)
		}
	}
	return out
}

// declared are the names of all parameters of the roots that the flag gives values to, sorted.
func declared(roots []parsers.Root, flag string) (names []string) {
	for _, root := range roots {
		if root.Flag == flag {
			names = append(names, root.Parameters...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func orHere(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}
