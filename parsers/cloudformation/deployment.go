package cloudformation

import (
	"cmp"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/sam"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Deployment lowers the stacks of one deployment: first all of them are evaluated, then all become nodes, since a
// nested stack and its parent name each other's resources. It is for one goroutine.
type Deployment struct {
	l       *lowering
	ordered []*resource
}

// NewDeployment starts a deployment that adds its nodes to b. All its texts share symbols.
func NewDeployment(b *graph.Builder, symbols *symbol.Table) *Deployment {
	return &Deployment{l: &lowering{
		builder:   b,
		network:   b.Network(),
		symbols:   symbols,
		resources: map[string]*resource{},
		roleNames: map[string]string{},
		exported:  map[string]*fact.Missing{},
		notEmpty:  map[string]bool{},
	}}
}

// Bindings are what one stack is made with.
type Bindings struct {
	eval.Bindings
	// Include reads a file that an AWS::Include names; nil reads none.
	Include eval.Include
	// Nested says whether the nested stack at an address is part of the deployment; nil: none is. What is passed to
	// one that is not, leaves the deployment.
	Nested func(address string) bool
}

// Stack is what an evaluated template gives back.
type Stack struct {
	// Outputs are the values of the outputs by name; Exports those with an export name.
	Outputs map[string]eval.Value
	Exports []Export
	// NestedStacks are its AWS::CloudFormation::Stack resources.
	NestedStacks []NestedStack
	// Diagnostics are errors of the template.
	Diagnostics []source.Diagnostic
}

// Export is an output that other deployments may import.
type Export struct {
	Name  fact.Value[fact.Text]
	Value eval.Value
	Span  source.Span
}

// NestedStack is one AWS::CloudFormation::Stack.
type NestedStack struct {
	Address    string
	Span       source.Span
	When       fact.Cond
	Template   eval.Value            // TemplateURL: a path or, once packaged, a URL
	Parameters map[string]eval.Value // what it is given, by name
}

// Lower makes a deployment of this template alone.
func (t *Template) Lower(b *graph.Builder, bind Bindings) *Stack {
	d := NewDeployment(b, symbol.NewTable())
	stack := d.Evaluate(t, bind)
	stack.Diagnostics = append(stack.Diagnostics, d.Lower()...)
	return stack
}

// Evaluate makes a stack of the template, under the scope and with the parameters of bind. Its resources become nodes
// in Lower.
func (d *Deployment) Evaluate(t *Template, bind Bindings) *Stack {
	e := eval.New(t.template, bind.Bindings, d.l.symbols, bind.Include)
	stack := &Stack{Outputs: map[string]eval.Value{}}
	for _, p := range e.Template().Parameters {
		d.l.notEmpty[e.Address(p.Name)] = isNeverEmpty(p)
	}
	var resources []*resource
	for _, from := range e.Template().Resources {
		r := d.resource(e, from)
		r.generated = t.generated[from.ID]
		resources = append(resources, r)
	}
	d.ordered = append(d.ordered, resources...)
	d.l.leaving(e, resources, stack, bind.Nested)
	for _, tr := range t.template.Transforms {
		if tr.IsMacro() {
			d.open(tr.Name, tr.Span)
		}
	}
	d.l.network.Open = append(d.l.network.Open, e.Open()...)
	for _, accepted := range t.directives {
		if accepted.Address != "" {
			accepted.Address = e.Address(accepted.Address)
		}
		accepted.Within = bind.Scope
		d.l.network.Directives = append(d.l.network.Directives, accepted)
	}
	stack.Diagnostics = e.Diagnostics()
	return stack
}

func (d *Deployment) resource(e *eval.Evaluator, from *eval.Resource) *resource {
	r := &resource{
		address:    e.Address(from.ID),
		typ:        from.Type,
		span:       from.Span,
		properties: e.Eval(from.Properties),
		path:       e.Eval(from.Metadata.Get(pathTag)),
		when:       e.Condition(from.Condition),
		depends:    e.Depends(from),
		sam:        sam.FunctionType(from.Node) != "",
	}
	// A module stands for resources of its own; a type that is not written is one of a packaging tool's.
	if r.typ == "" || strings.HasSuffix(r.typ, "::MODULE") {
		d.open(cmp.Or(r.typ, r.address), r.span)
	}
	if name := r.properties.Get("RoleName"); r.typ == roles.typ && name.Kind == eval.Text && !symbol.Has(name.Text) {
		d.l.roleNames[name.Text] = r.address
	}
	d.l.resources[r.address] = r
	return r
}

func (d *Deployment) open(name string, span source.Span) {
	d.l.network.Open = append(d.l.network.Open, fact.Missing{Kind: fact.Macro, Name: name, Span: span})
}

// Lower adds the resources of all stacks to the network, in the order of evaluation and of the files. It gives back
// what properties of the wrong type it met.
func (d *Deployment) Lower() []source.Diagnostic {
	for _, r := range d.ordered {
		d.l.lower(r)
	}
	d.ordered = nil
	return d.l.diagnostics
}
