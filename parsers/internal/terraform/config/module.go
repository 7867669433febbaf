// Package config reads the files of one Terraform module directory into its blocks. It evaluates nothing.
package config

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// ErrOutside says that a directory lies outside the boundary, so that nobody knows what is in it.
var ErrOutside = errors.New("outside of what may be read")

// Files gives access to what lies inside the boundary. Paths are slash-separated; what lies outside is an error.
type Files interface {
	// Dir returns the Terraform files of a directory that IsConfig or IsValues names, sorted by name. It gives equal
	// files at every call, and ErrOutside for a directory outside the boundary.
	Dir(path string) ([]*source.File, error)
	// ReadFile returns the content of any file.
	ReadFile(path string) ([]byte, error)
}

// Module is one module directory. Blocks stand by file and place; overrides are merged in.
type Module struct {
	Variables map[string]*Block
	Locals    map[string]*hclsyntax.Attribute
	Outputs   map[string]*Block
	// Resources are managed resources and data sources.
	Resources []*Resource
	Calls     []*Block
	Providers []*Block
	// Backend is where the state of the root module is kept, by the kind of the backend: that of a backend block, or
	// cloud. Nil: nothing says so.
	Backend *Block
	// Removed are the blocks of what the module gives up. They have no name.
	Removed []*Block
	// Values are the files terraform.tfvars and *.auto.tfvars, in the order in which the later one wins.
	Values []*hclsyntax.Body
	// Files are the names of the files that make up the module.
	Files []string
	// Directives have addresses within the module.
	Directives []source.Directive

	byAddress map[string]*Resource
	calls     map[string]*Block
	sources   map[string]*source.File
}

// Block is a named block of a module.
type Block struct {
	Name string
	Body *hclsyntax.Body
	// Range is that of the block's header.
	Range hcl.Range
	// Outside tells a variable that stands for what is defined outside the files, and that nobody can give a value.
	Outside bool
}

// Resource is a resource or, with Data, a data source.
type Resource struct {
	Block
	Type string
	Data bool
}

// Address is the resource's within its module: aws_vpc.main or data.aws_vpc.main.
func (r *Resource) Address() string {
	if r.Data {
		return "data." + r.Type + "." + r.Name
	}
	return r.Type + "." + r.Name
}

// Resource finds a resource by its address within the module, or nil.
func (m *Module) Resource(address string) *Resource { return m.byAddress[address] }

// Call finds a module call by name, or nil.
func (m *Module) Call(name string) *Block { return m.calls[name] }

// Span is the place of a range in one of the module's files; it is absent for a range in no file.
func (m *Module) Span(r hcl.Range) source.Span {
	f := m.sources[r.Filename]
	if f == nil {
		return source.Span{}
	}
	return f.Span(r.Start.Byte, r.End.Byte)
}

// Holds reports whether the place is in one of the module's files.
func (m *Module) Holds(at source.Span) bool {
	for _, f := range m.sources {
		if at.IsValid() && f.Holds(at) {
			return true
		}
	}
	return false
}

// Attr is the expression of an argument, or nil.
func (b *Block) Attr(name string) hclsyntax.Expression {
	if a := b.Body.Attributes[name]; a != nil {
		return a.Expr
	}
	return nil
}

// Placeless is the module without the files that it was read from: Span gives no place for anything in it. It is for
// modules whose text is no input of the run.
func (m *Module) Placeless() *Module {
	out := *m
	out.sources, out.Files = nil, nil
	return &out
}
