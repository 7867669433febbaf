package cloudformation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/sam"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Deployment lowers the stacks of one deployment: first all of them are evaluated, then all become nodes, since a
// nested stack and its parent name each other's resources. It is for one goroutine.
type Deployment struct {
	*deployed
	builder *graph.Builder
	ordered []*resource
	// others are the stacks of other deployments that are imported from.
	others []*other
	// How many further stacks were evaluated, the bytes of their templates, and the resources of all templates.
	stacks, bytes, written int
}

// NewDeployment starts a deployment that adds its nodes to b. All its texts share symbols.
func NewDeployment(b *graph.Builder, symbols *symbol.Table) *Deployment {
	return &Deployment{builder: b, deployed: &deployed{
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
	Files
	// When says in which worlds the stack exists.
	When fact.Cond
	// Name is that of the deployment, Exporters those of the run: what the stack imports comes from them, if that is certain.
	Name      string
	Exporters []*Exporter
}

// Files are what a template names by paths that are relative to it.
type Files struct {
	// Include reads a file that an AWS::Include names; nil reads none.
	Include eval.Include
	// Open finds the template of a nested stack, and its own files; nil finds none. The stack is part of the deployment
	// if its template is found. What is passed to any other leaves the deployment.
	Open func(NestedStack) (*Template, Files)
	// Of are the files of another deployment's template; nil unless there are Exporters.
	Of func(name string) Files
}

// Stack is what an evaluated template gives back.
type Stack struct {
	// Outputs are the values of the outputs by name; Exports those with an export name.
	Outputs map[string]eval.Value
	Exports []Export
	// Diagnostics are errors of the template, and of those that it nests, and notices about their texts.
	Diagnostics []source.Diagnostic
}

// Export is an output that other deployments may import.
type Export struct {
	Name  fact.Value[fact.Text]
	Value eval.Value
	Span  source.Span
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
	inside := &nesting{deployment: d, bind: bind, done: map[string]*Stack{}}
	if bind.Open != nil {
		bind.Outputs = inside.output
	}
	imports := &importing{deployment: d, bind: bind, from: map[string]origin{}}
	if Imports(t.File.Text) && len(bind.Exporters) > 0 {
		bind.Imports = imports.value
	}
	e := eval.New(t.template, bind.Bindings, d.symbols, bind.Include)
	inside.evaluator, imports.evaluator = e, e
	if bind.Imports != nil {
		imports.find()
	}
	stack := &Stack{Outputs: map[string]eval.Value{}}
	for _, p := range e.Template().Parameters {
		d.notEmpty[e.Address(p.Name)] = isNeverEmpty(p)
	}
	written := e.Template().Resources
	d.written += len(written)
	resources := make([]*resource, len(written))
	for i, from := range written {
		resources[i] = evaluated(e, from, bind.When)
		resources[i].generated = t.generated[from.ID]
	}
	for _, r := range resources {
		d.keep(r)
	}
	d.ordered = append(d.ordered, resources...)
	for _, r := range resources {
		if r.typ != stackType {
			continue
		}
		if nested := inside.stack(r.address); nested != nil {
			stack.Diagnostics = append(stack.Diagnostics, nested.Diagnostics...)
		} else {
			d.network.Unseen = append(d.network.Unseen, r.address)
		}
	}
	d.leaving(e, resources, stack, inside)
	for _, tr := range t.template.Transforms {
		if tr.IsMacro() {
			d.open(tr.Name, tr.Span)
		}
	}
	d.network.Open = append(d.network.Open, e.Open()...)
	for _, accepted := range t.directives {
		if accepted.Address != "" {
			accepted.Address = e.Address(accepted.Address)
		}
		if accepted.Within = bind.Scope; bind.Beside {
			accepted.Within = e.Address("")
		}
		d.network.Directives = append(d.network.Directives, accepted)
	}
	stack.Diagnostics = slices.Concat(t.notices, e.Diagnostics(), stack.Diagnostics)
	return stack
}

// isFull reports that no further stack may become part of the deployment.
func (d *Deployment) isFull() bool {
	return d.stacks >= maxStacks || d.bytes > maxBytes || d.written > maxResources
}

// grow counts a further stack of the template.
func (d *Deployment) grow(t *Template) {
	d.stacks++
	d.bytes += len(t.File.Text)
}

// evaluated is a resource of a stack that exists where in holds.
func evaluated(e *eval.Evaluator, from *eval.Resource, in fact.Cond) *resource {
	when := in.And(e.Condition(from.Condition))
	return &resource{
		address:    e.Address(from.ID),
		typ:        from.Type,
		span:       from.Span,
		properties: e.EvalWhere(when, from.Properties),
		path:       e.Eval(from.Metadata.Get(pathTag)),
		when:       when,
		depends:    e.Depends(from),
		sam:        sam.FunctionType(from.Node) != "",
	}
}

// keep makes the resource known to the others.
func (d *Deployment) keep(r *resource) {
	// A module stands for resources of its own; a type that is not written is one of a packaging tool's.
	if r.typ == "" || strings.HasSuffix(r.typ, "::MODULE") {
		d.open(cmp.Or(r.typ, r.address), r.span)
	}
	if name := r.properties.Get("RoleName"); r.typ == roles.typ && name.Kind == eval.Text && !symbol.Has(name.Text) {
		d.roleNames[name.Text] = r.address
	}
	d.resources[r.address] = r
}

func (d *Deployment) open(name string, span source.Span) {
	d.network.Open = append(d.network.Open, fact.Missing{Kind: fact.Macro, Name: name, Span: span})
}

// Lower adds the resources of all stacks to the network, in the order of evaluation and of the files. It gives back
// what properties of the wrong type it met.
func (d *Deployment) Lower() []source.Diagnostic {
	l := &lowering{deployed: d.deployed, builder: d.builder}
	for _, r := range d.ordered {
		l.lower(r)
	}
	d.ordered = nil
	return l.diagnostics
}
