// Package frontend is what a language of inputs is to the rest of the program: how its files are told, parsed and
// deployed. It knows no language.
package frontend

import (
	"fmt"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// Frontend reads one language.
type Frontend struct {
	// Kind is what a person calls an input of it, such as "CloudFormation template".
	Kind string
	// Flag is the flag that gives a value to one of its parameters, without the dashes.
	Flag string
	// Recognises tells by name and content whether a file is one. It says yes to a file with broken syntax that
	// clearly means to be one, so that the error is seen.
	Recognises func(name string, text []byte) bool
	// Most is how large a file may be; the zero Budget is that of all files.
	Most budget.Budget
	// Aside says that a file which is found in a directory is of no interest but for what others take from it.
	Aside bool
	// Belongs makes a directory the unit, as soon as one file in it is recognised: it tells by the name which files of
	// the directory are part. Nil: each file is a unit.
	Belongs func(name string) bool
	// Callees tells by a look at the text of a file which units of the boundary it, or its directory, may call. One too
	// many costs time, and one too few is a caller of a named file that is not found. Nil: none.
	Callees func(name string, text []byte) []string
	// Takes and Offers tell by a look at the text of a file whether its unit may take values from other deployments,
	// and whether others may take values from it. Nil: no.
	Takes, Offers func(name string, text []byte) bool
	// Parse reads the files of a unit. The diagnostics are errors of the files. The result is nil when nothing can be
	// made of them, and else what could be read.
	Parse func(s Sources) (Parsed, []source.Diagnostic)
	// Join finds units that are only parts of one, among those of a run that nothing calls, in the order of their
	// names. If it is stated, the user says that all of them are. Nil: none are.
	Join func(units []Parsed, stated bool) []Joined
}

// Joined is a unit in place of several. Of holds their indexes, that of the one whose name it gets first.
type Joined struct {
	Parsed
	Of []int
}

// Knows is Recognises of a front end that may fail. One that panics counts as one that knows the file: to parse it will
// fail as well, and then that is said.
func (f *Frontend) Knows(name string, text []byte) (yes bool) {
	defer func() {
		if recover() != nil {
			yes = true
		}
	}()
	return f.Recognises(name, text)
}

// Sources are what a unit is parsed from.
type Sources struct {
	// Name is that of the unit: its file or directory.
	Name string
	// Files are sorted by name.
	Files []*source.File
	// Entries are what lies in the directory of a unit that is one, and in the run.
	Entries []string
	// Within reads what else the unit names; texts from there have no positions.
	Within *boundary.Boundary
	// Kept gives what make returned in a run before, if nothing but Files counts for that and they are the same. Nil:
	// nothing is kept.
	Kept func(make func() any) any
}

// OfFiles is what make makes of the files alone, or has made of them in a run before: nobody changes it.
func OfFiles[T any](s Sources, make func() T) T {
	if s.Kept == nil {
		return make()
	}
	return s.Kept(func() any { return make() }).(T)
}

// Parsed is what a front end has made of a unit, which is a file or a directory.
type Parsed interface {
	// Parameters lists the names that the unit takes values for.
	Parameters() []string
	// Calls lists the names of the units that are part of this one's deployment. They are loaded, wherever they lie
	// inside the boundary, and are no deployments of their own.
	Calls() []string
	// Network builds and links the network of the deployment whose root the unit is. With nil the diagnostics say why
	// there is none; else they are notices, apart from those that are marked.
	Network(d Deployment) (*graph.Network, []source.Diagnostic)
}

// Library is Parsed that may be made for others to build on, or to deploy in other variants than its defaults give.
type Library interface {
	Parsed
	// IsLibrary says whether the unit is worth a look on its own, when called tells whether another unit of the run
	// calls it.
	IsLibrary(called bool) bool
}

// Tried is Library that is worth a look with values that nobody in the files gives.
type Tried interface {
	Library
	// Trials are such values, each a scenario of callers.
	Trials() [][]fact.Assignment
}

// Nester is Parsed that may open units that Calls does not list.
type Nester interface {
	Parsed
	// Nests says so of this unit.
	Nests() bool
}

// FileReader is Parsed that may call Deployment.File. That of another unit, which does not say so of itself, fails.
type FileReader interface {
	Parsed
	ReadsFiles() bool
}

// Bulky is Parsed that takes much memory.
type Bulky interface {
	Parsed
	// LetGo is told that the network of the unit's deployment is built. What no other unit of the run, and no library,
	// can ask for any more may go.
	LetGo()
}

// Deployment is what a unit is deployed with.
type Deployment struct {
	// Root is the name of the unit.
	Root string
	Values
	// Account is what exists in the account that is deployed to, or nil.
	Account Account
	// Until is when the work on it has to end.
	Until *budget.Deadline
	// Library asks for the unit by itself, as others may use it, and not for a deployment.
	Library bool
	// Callers are the names of the units that call it, of a Library.
	Callers []string
	// Trial is one of the unit's Trials. Nil: nothing is tried.
	Trial []fact.Assignment
	// Within reads texts that need no positions.
	Within *boundary.Boundary
	// All are the deployments of the run, this one too, by their names, and then the units that are part of others.
	All []Deployed
	// Completed are the names of those whose Values are Complete.
	Completed []string
	// Memory is what front ends keep from one run of a session to the next, by keys of their own. Nil: nothing is kept.
	Memory *sync.Map
	// Look finds another unit of the run by its name; nil when there is none.
	Look func(name string) Parsed
	// Open is Look for nested stacks and called modules: a unit that is part of another's deployment gets no network of
	// its own in the result.
	Open func(name string) Parsed
	// File reads a file inside the boundary whose places shall be shown.
	File func(name string) (*source.File, error)
}

// Deployed is a unit of the run. A Part is no deployment by itself, so its Values are not known.
type Deployed struct {
	Name   string
	Unit   Parsed
	Values Values
	Within *boundary.Boundary
	Part   bool
}

// Values are what the user knows about a deployment.
type Values struct {
	// Parameters are the values of a template's parameters, by name.
	Parameters map[string]string
	// Variables are in the order in which they were given: the last one wins.
	Variables []Variable
	// Environment are the variables of the process's environment that concern inputs, by their full names.
	Environment map[string]string
	// Region is empty when it is not known.
	Region string
	// Complete says that nobody adds to what the deployment creates, though it is handed out.
	Complete bool
}

// Builder starts the network of the deployment.
func (d Deployment) Builder(root, language string) *graph.Builder {
	b := graph.NewBuilder(root, language)
	if d.Account != nil {
		b.Around(d.Account)
	}
	b.Until(d.Until)
	if d.Complete {
		b.Complete(root)
	}
	for _, other := range d.Completed {
		b.Complete(other)
	}
	return b
}

// Variable is one value, or one file of values.
type Variable struct {
	Name, Value string
	// File has the values, in place of the two above.
	File *source.File
}

// Defect is the error on an input that made the program panic.
func Defect(name string, panicked any) source.Diagnostic {
	return source.Diagnostic{
		File: name, Message: fmt.Sprintf("the analyzer failed on this file, which is a defect in it: %v", panicked),
	}
}
