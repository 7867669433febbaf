// Package config reads the configuration file. Its types are the file: the decoder, the JSON Schema and the
// descriptions that editors show are all made of them, the latter of the comments on the fields.
package config

import "github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"

// FileName is what the file is called.
const FileName = ".lambda-vpc-lint.yaml"

// OtherName is what it may be called too. Beside a file of the first name it is not read.
const OtherName = ".lambda-vpc-lint.yml"

// Config is the file. What is not written is zero.
type Config struct {
	// Switches rules and packs on and off, or gives their findings another severity. A rule wins over its pack.
	Rules Entries[RuleName, Level] `yaml:"rules"`
	// What to lint.
	Paths Paths `yaml:"paths"`
	// The lowest severity of a finding that fails the run: note, warning (the default) or error, or none for no
	// failure at all.
	FailOn Threshold `yaml:"fail-on"`
	// The AWS Region that is deployed to, where neither the files nor an entry of roots say so.
	Region string `yaml:"region"`
	// Files and directories that say what exists in the account, as --context takes them.
	Context []At[string] `yaml:"context"`
	// How old a context may be before a notice says that it is: a number of days, such as 30d, which is the default.
	ContextAge Days `yaml:"context-age"`
	// Findings that are accepted.
	Exceptions []At[Exception] `yaml:"exceptions"`
	// Values for what is deployed, by the path of its template or root module, or a glob over those. All entries that
	// match count; the later ones win.
	Roots Entries[PathGlob, Root] `yaml:"roots"`
	// What the network is meant to be like.
	Intent Intent `yaml:"intent"`
}

// Paths choose the files.
type Paths struct {
	// Globs of files and directories. Only these are looked at when the command line names no path.
	Include []PathGlob `yaml:"include"`
	// Globs of files and directories that are left out of every directory. A file that the command line names is read
	// anyway.
	Exclude []PathGlob `yaml:"exclude"`
	// Globs of directories. The templates in and below each are fragments of one template, apart from those that
	// others nest.
	Fragments []PathGlob `yaml:"fragments"`
}

// Exception accepts the findings that meet all of its conditions.
type Exception struct {
	// Rules and packs whose findings are accepted.
	Rules []RuleName `yaml:"rules"`
	// Globs of the files that the findings point into.
	Paths []PathGlob `yaml:"paths"`
	// Globs of the addresses of the resources that the findings are about, such as AppFunction or module.app.*.
	Resources []Glob `yaml:"resources"`
	// Globs of the addresses of functions. Findings are accepted for these alone, and stand for all others that they
	// affect.
	Functions []Glob `yaml:"functions"`
	// Why the findings are accepted.
	Reason string `yaml:"reason" config:"required"`
	// The last day on which the exception counts, as YYYY-MM-DD.
	Expires Date `yaml:"expires"`
}

// An exception of everything would switch the program off.
func (Exception) alternatives() [][]string {
	return [][]string{{"rules", "paths", "resources", "functions"}}
}

// Root is what is known about one deployment. The command line wins.
type Root struct {
	// Values of parameters of a template. A list is joined with commas.
	Parameters Entries[string, Parameter] `yaml:"parameters"`
	// Files of parameters, as --parameters takes them. Later ones win, and values under parameters win over all files.
	ParameterFiles []At[string] `yaml:"parameter-files"`
	// Values of variables of a root module: texts, numbers, booleans, lists and maps.
	Variables Entries[string, Variable] `yaml:"variables"`
	// Files of variables, as --var-file takes them. Later ones win, and values under variables win over all files.
	VariableFiles []At[string] `yaml:"variable-files"`
	// The AWS Region that is deployed to.
	Region string `yaml:"region"`
	// The files are all there is: nobody adds routes, associations, rules, endpoints or policies to what the deployment
	// creates, though it hands it to others by an export, a parameter of Systems Manager, or a stack or module that is
	// not at hand.
	Complete Flag `yaml:"complete"`
}

// Intent is what the author declares.
type Intent struct {
	// What is isolated on purpose. That it has no way to the internet is then no finding, unless something shows that a
	// function needs one.
	Isolated Isolated `yaml:"isolated"`
	// What must and must not be reachable. The rule assertion_failed checks it.
	Assertions []At[Assertion] `yaml:"assertions"`
}

// Isolated is the union of what its parts name.
type Isolated struct {
	// Globs of the addresses or names of functions.
	Functions []Glob `yaml:"functions"`
	// Globs of the addresses of subnets.
	Subnets []Glob `yaml:"subnets"`
	// Tags, with globs of their values. Functions and subnets that have all of them are isolated.
	Tags Entries[string, Glob] `yaml:"tags"`
}

// Assertion is about the functions that meet all of its conditions.
type Assertion struct {
	// Globs of the addresses or names of functions.
	Functions []Glob `yaml:"functions"`
	// Tags that the functions have, all of them, with globs of their values.
	Tags Entries[string, Glob] `yaml:"tags"`
	// Destinations that the functions must reach from each of their subnets: internet, internet6, service:sqs,
	// 10.0.3.4:5432 or the address of a resource; TCP 443 unless it says otherwise.
	MustReach []At[Destination] `yaml:"must-reach"`
	// Destinations that the functions must not reach from any of their subnets.
	MustNotReach []At[Destination] `yaml:"must-not-reach"`
	// Why that must be so.
	Reason string `yaml:"reason"`
}

// An assertion says which functions it is about, and what they must or must not reach.
func (Assertion) alternatives() [][]string {
	return [][]string{{"functions", "tags"}, {"must-reach", "must-not-reach"}}
}

// At is a value with its place.
type At[T any] struct {
	Value T
	Span  source.Span
}

// Entries is a map in the order of the file.
type Entries[K ~string, V any] []Entry[K, V]

// Entry is a key with its place, and its value.
type Entry[K ~string, V any] struct {
	Key   At[K]
	Value V
}

// Get is the value of the key; ok is false where it is not written.
func (es Entries[K, V]) Get(key K) (value V, ok bool) {
	for _, e := range es {
		if e.Key.Value == key {
			return e.Value, true
		}
	}
	return value, false
}
