// Package cloudformation reads CloudFormation templates, SAM included, into the nodes of a network.
//
// A template is parsed once and lowered as often as needed: once for each stack that is made from it.
package cloudformation

import (
	"cmp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/sam"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Template is a parsed template, with its SAM resources expanded. It does not change and may be lowered at the same
// time in several goroutines.
type Template struct {
	File     *source.File
	template *eval.Template
	written  map[string]bool // the logical ids of the file, before the SAM transform
}

// Parse reads a template. Every diagnostic is an error of the file; the Template is nil when nothing can be made of it.
func Parse(f *source.File) (*Template, []source.Diagnostic) {
	root, diagnostics := tree.Read(f)
	if root == nil {
		return nil, diagnostics
	}
	t := &Template{File: f, written: map[string]bool{}}
	if resources := root.Get("Resources"); resources != nil {
		for _, field := range resources.Fields {
			t.written[field.Key] = true
		}
	}
	expanded, more := sam.Transform(root)
	diagnostics = append(diagnostics, more...)
	t.template, more = eval.Parse(expanded)
	return t, append(diagnostics, more...)
}

// Parameters lists the names that the template declares.
func (t *Template) Parameters() []string {
	names := make([]string, 0, len(t.template.Parameters))
	for _, p := range t.template.Parameters {
		names = append(names, p.Name)
	}
	return names
}

// Bindings are what one stack is made with.
type Bindings struct {
	eval.Bindings
	// Symbols is the table of the whole deployment; nil: the template is all of it.
	Symbols *symbol.Table
	// Include reads a file that an AWS::Include names; nil reads none.
	Include eval.Include
	// Nested says whether the nested stack at an address is part of the deployment; nil: none is. What is passed to
	// one that is not, leaves the deployment.
	Nested func(address string) bool
}

// Stack is what a lowered template gives back.
type Stack struct {
	// Outputs are the values of the outputs by name; Exports those with an export name.
	Outputs map[string]eval.Value
	Exports []Export
	// NestedStacks are its AWS::CloudFormation::Stack resources.
	NestedStacks []NestedStack
	Diagnostics  []source.Diagnostic
}

// Export is an output that other deployments may import.
type Export struct {
	Name  fact.Value[fact.Text]
	Value eval.Value
	Span  source.Span
}

// NestedStack is one AWS::CloudFormation::Stack. Parameters holds what it is given, by name.
type NestedStack struct {
	Address    string
	Span       source.Span
	When       fact.Cond
	Template   eval.Value // TemplateURL: a path, once packaged a URL
	Parameters map[string]eval.Value
}

// Lower adds the resources of the template to the network, in the order of the file, under the scope and with the
// parameters of bind.
func (t *Template) Lower(b *graph.Builder, bind Bindings) *Stack {
	if bind.Symbols == nil {
		bind.Symbols = symbol.NewTable()
	}
	e := eval.New(t.template, bind.Bindings, bind.Symbols, bind.Include)
	l := &lowering{
		builder:   b,
		network:   b.Network(),
		symbols:   bind.Symbols,
		resources: map[string]*resource{},
		exported:  map[string]*fact.Missing{},
	}
	for _, tr := range t.template.Transforms {
		if tr.IsMacro() {
			l.network.Open = append(l.network.Open, fact.Missing{Kind: fact.Macro, Name: tr.Name, Span: tr.Span})
		}
	}
	l.network.Open = append(l.network.Open, e.Open()...)
	stack := &Stack{Outputs: map[string]eval.Value{}}
	ordered := l.evaluate(t, e)
	l.roleNames = namedRoles(l.resources)
	l.leaving(e, ordered, stack, bind.Nested)
	for _, r := range ordered {
		l.lower(r)
	}
	stack.Diagnostics = e.Diagnostics()
	return stack
}

// evaluate reads every resource before the first is lowered, since they look at each other.
func (l *lowering) evaluate(t *Template, e *eval.Evaluator) []*resource {
	var ordered []*resource
	for _, from := range e.Template().Resources {
		r := &resource{
			address:    e.Address(from.ID),
			typ:        from.Type,
			span:       from.Span,
			properties: e.Eval(from.Properties),
			metadata:   e.Eval(from.Metadata),
			when:       e.Condition(from.Condition),
			depends:    e.Depends(from),
			sam:        sam.FunctionType(from.Node) != "",
			generated:  !t.written[from.ID] && t.template.Has("AWS::Serverless-2016-10-31"),
		}
		// A module stands for resources of its own; a type that is not written is one of a packaging tool's.
		if r.typ == "" || strings.HasSuffix(r.typ, "::MODULE") {
			l.network.Open = append(l.network.Open, fact.Missing{Kind: fact.Macro, Name: cmp.Or(r.typ, r.address), Span: r.span})
		}
		l.resources[r.address] = r
		ordered = append(ordered, r)
	}
	return ordered
}
