// Package eval evaluates a Terraform root module with its modules, without any provider, into the instances of its
// resources. What a provider would compute is a symbol or unknown, and says what would make it known.
package eval

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// Program is an evaluated root module.
type Program struct {
	// Instances are the instances of resources and data sources of all modules, by module, file and place.
	Instances []*Instance
	// Symbols says what the tokens in Config stand for.
	Symbols *symbol.Table
	// Exported lists addresses whose identity leaves the program for others to build on, with what carries it.
	Exported map[string]fact.Missing
	// HandedOn lists, by address, the outputs of the root module with "subnet" in their names that identify it.
	HandedOn map[string][]string
	// Open names what may add resources that are not seen. A module that is not downloaded adds to what it is given
	// alone: that is Exported.
	Open []fact.Missing
	// Copies are the instances of modules that were downloaded, outer ones first.
	Copies []*Copy
	// Models are the module instances that a model stands in for, because the module is not downloaded.
	Models []graph.Model
	// Directives are those of all modules that have an instance, for each path of calls that leads to one.
	Directives []source.Directive
	// Notices are about what was cut or is missing; Errors about what cannot be read or evaluated.
	Notices, Errors []source.Diagnostic
	// Beside are the other root modules that the program takes values from. What they create is among Instances, with
	// addresses that begin with their scope.
	Beside []graph.Beside
	// Found are the scopes of the root modules that data sources find their things in, by the addresses of these.
	Found map[string]string
	// Unclear says of data sources which root modules each may find its things in, if those are several.
	Unclear map[string]string
	// Refused is the condition under which the root module does not take what it is tried with.
	Refused fact.Cond
	// Reads are, in a survey, whose states a data source may read, by its address.
	Reads map[string][]StateOf

	run *run
}

// Instance is one instance of a resource or data source.
type Instance struct {
	// Address is Terraform's: module.net["a"].aws_subnet.private[0]. An unknown for_each gives one instance [*].
	Address string
	// Type and Name are those of the block; Data tells data sources.
	Type, Name string
	Data       bool
	// Lookup is what a data source waits for before anybody can answer it; nil is nothing.
	Lookup *fact.Lookup
	// Config is an object of the configured arguments; nested blocks are tuples of objects under their type, dynamic
	// ones included. A computed string, such as another resource's id, is a known string with a token of Symbols;
	// a text whose condition is unknown is a token with a Choice. Other computed values are cty unknowns, marked with
	// a Source each. Arguments that are not written are absent; null ones are null.
	//
	// A value other than a text that depends on a condition is an unknown whose Source has a Choice: see AsChoice.
	// Among nested blocks, a Choice of an object and null is a block that is there under the condition, and an unknown
	// without a Choice stands for any number of further blocks.
	Config cty.Value
	// Ignores lists the arguments whose changes a lifecycle block ignores, "all" for all of them. A plan does not say,
	// and has "all".
	Ignores []string
	// CreatedFirst is set by create_before_destroy of a lifecycle block. A plan does not say.
	CreatedFirst bool
	// Span is the block's header; Places holds the spans of arguments by path: "vpc_config[0].subnet_ids".
	Span   source.Span
	Places map[string]source.Span
	// When is the condition under which the instance exists; Summary marks the one instance that stands for an unknown
	// number of them.
	When    fact.Cond
	Summary bool
	// Depends lists the addresses of direct dependencies, stated by depends_on and implied by references; whole
	// resources or modules where no instance is meant.
	Depends []string
	// Region is that of the resource: what it says itself, or else its provider configuration. The text holds a token
	// where that is not known; "" says nothing.
	Region string
	// DefaultTags are the tags that the provider configuration gives every resource, a map that may be partly known;
	// NilVal where there are none.
	DefaultTags cty.Value
}

// Empty is the condition under which the list of that identity has no elements; m is what would tell.
func (p *Program) Empty(key string, m fact.Missing) fact.Cond {
	if p.run != nil {
		return p.run.EmptyOf(key, m)
	}
	return calc.New(nil, p.Symbols).EmptyOf(key, m)
}
