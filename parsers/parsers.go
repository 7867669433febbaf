// Package parsers reads the inputs of a run in four steps: it finds the files, makes units of them, selects the units
// that are deployed by themselves, and has their languages build a network of each.
package parsers

import (
	"context"
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/deploy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/find"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/languages"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// Options steer Load.
type Options struct {
	// Dir is the working directory, absolute.
	Dir string
	// Root is the directory that reads do not leave. Empty: for each path its nearest ancestor that holds .git, else
	// the path itself.
	Root string
	// SkipUnrecognized passes over files that paths name and that are no input, which otherwise are errors.
	SkipUnrecognized bool
	// Buffers stand in place of files.
	Buffers boundary.Buffers
	// Session is what runs of one Kind keep from one another: those with the same options, apart from paths and
	// buffers. Their texts are in spread sets. Nil: nothing is kept.
	Session *frontend.Session
	Kind    string
	// Skips tells by its name which file or directory, found in a directory, is left out. Nil leaves out none.
	Skips func(name string, dir bool) bool
	// Together gives, for a template, the directory whose templates the user declares fragments of one. These are the
	// templates in and below it. It is empty for all other templates, and nil if there is no such directory.
	Together func(name string) string
	// Share is the number, from 1, of the part of the deployments that is looked at, of Shares. Zero: all.
	Share, Shares int
	// Frontends are the languages that are read.
	Frontends frontend.Set
	// Values says what is known about the deployment of that name. It is asked once for each, in their order.
	Values func(root string) frontend.Values
	// Account is what exists in the account that is deployed to, as far as the user tells, or nil.
	Account frontend.Account
	// Watch is told how far the run is: with how many of how many it is done, of "files", "deployments" or "modules".
	// Calls come one at a time, from several goroutines. Nil is told nothing.
	Watch func(what string, done, total int)
}

func (o Options) together(name string) string {
	if o.Together == nil {
		return ""
	}
	return o.Together(name)
}

// Loaded is what was made of the inputs of a run. T is what the caller makes of a network.
type Loaded[T any] struct {
	// Networks are those of the deployments, in the order of their files.
	Networks []T
	// Libraries are the networks of units as others may use them: of modules that are made to be called, and of
	// templates with variants. What Networks show is in them again, so they are only good for what none of those shows.
	Libraries []T
	// Account is what is known of the account, or nil.
	Account frontend.Account
	// Inputs is how many files were read as units or as parts of them.
	Inputs int
	// Foreign is how many inputs were found that another program reads. A notice says so.
	Foreign int
	// Roots are the deployments, by name, including those from which no network could be built.
	Roots []Root
	// Errors are inputs that could not be read, and Notices what else there is to say of inputs.
	Errors, Notices []source.Diagnostic

	found *find.Found
}

// Root is a unit that is deployed.
type Root struct {
	Name string
	// Flag is the flag that gives a value to one of its parameters, without the dashes.
	Flag string
	// Parameters are the names that it takes values for.
	Parameters []string
}

// known is what runs keep from one another.
type known struct {
	directories find.Index
	units       unit.Cache
	memory      sync.Map // of front ends
}

// Forget implements frontend.Known.
func (k *known) Forget(names ...string) {
	k.directories.Forget(names...)
	k.units.Forget(names...)
	k.memory.Clear()
}

// kept are the parts of what is known; nil outside of a session.
func (o Options) kept() (*find.Index, *unit.Cache, *sync.Map) {
	if o.Session == nil {
		return nil, nil, nil
	}
	k := o.Session.Known(o.Kind, func() frontend.Known { return &known{} }).(*known)
	k.units.Begin()
	return &k.directories, &k.units, &k.memory
}

// Languages are the front ends that there are.
func Languages() frontend.Set { return languages.All() }

// Load reads the inputs below paths. It calls use, from several goroutines, with each network as soon as that is built,
// and with its number, which is the same for all shares. A network is let go when use returns. What cannot be read
// becomes a diagnostic, and the others go on. The texts become part of set. Once ctx is done, inputs may be missing in
// the result.
func Load[T any](
	ctx context.Context, set *source.FileSet, paths []string, o Options, use deploy.Use[T],
) *Loaded[T] {
	var cdk cdkModules
	index, cache, memory := o.kept()
	found := find.Files(paths, find.Options{
		Dir: o.Dir, Root: o.Root, SkipUnrecognized: o.SkipUnrecognized,
		Buffers: o.Buffers, Index: index, Skips: o.Skips, Together: o.together, Fronts: o.Frontends,
		Sniff: cdk.aside(func(name string, text []byte) bool { return o.Frontends.Knowing(name, text) != nil }),
	})
	units, unknown := unit.Read(ctx, set, found.Inputs, o.Frontends, unit.Options{
		Together: o.together, Cache: cache, Watch: o.Watch,
	})
	known := deploy.Known{Values: o.Values, Account: o.Account, Memory: memory}
	out := deploy.Units(ctx, set, units, known,
		deploy.Share{Index: o.Share, Of: o.Shares}, use, o.Watch)
	l := &Loaded[T]{
		Networks: out.Networks, Libraries: out.Libraries, Account: out.Account,
		Inputs: out.Inputs, Foreign: len(cdk.files),
		Errors:  slices.Concat(found.Errors, unit.Tidy(append(unknown, out.Errors...))),
		Notices: slices.Concat(found.Notices, cdk.notices(), out.Notices),
		found:   found,
	}
	for _, u := range out.Roots {
		l.Roots = append(l.Roots, Root{u.Name, u.Front.Flag, u.Parsed.Parameters()})
	}
	return l
}

// Rebase turns a path relative to the working directory into one relative to the innermost boundary that holds it: the
// directory that reads did not leave.
func (l *Loaded[T]) Rebase(name string) string { return l.found.Rebase(name) }

// Whole reports that nothing inside the boundaries of the run was left out.
func (l *Loaded[T]) Whole() bool { return l.found.Whole() }

// Alone is the network of one file that is a whole deployment: a Terraform module if its name ends in .tf, else a
// template. Nothing is given to its parameters, and nothing else is read. Without a network the diagnostics say why.
func Alone(file *source.File) (*graph.Network, []source.Diagnostic) { return languages.Alone(file) }
