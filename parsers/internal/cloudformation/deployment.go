package cloudformation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/sam"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// Deployment lowers the stacks of one deployment: first all of them are evaluated, then all become nodes, since a
// nested stack and its parent name each other's resources. It is for one goroutine.
type Deployment struct {
	nodes     *lower.Deployment
	builder   *graph.Builder
	network   *graph.Network
	symbols   *symbol.Table
	exported  map[string]*fact.Missing // by address
	outputs   map[string][]string      // the names of those that hand on its identity, by address
	roleNames map[string]string        // literal RoleName to address
	notEmpty  map[string]bool          // list parameters with one element at least
	known     func(name string) (words []string, ok bool)
	// others are the stacks of other deployments that are imported from, by their templates.
	others map[*Exporter][]*other
	// How many further stacks were evaluated, the bytes of their templates, and the resources of all templates.
	stacks, bytes, written int
	// imported are the bytes of the templates that are imported from.
	imported int
	// full says that there was no room for a further stack, or is nil.
	full *source.Diagnostic
}

// NewDeployment starts a deployment that adds its nodes to b. All its texts share symbols.
func NewDeployment(b *graph.Builder, symbols *symbol.Table) *Deployment {
	d := &Deployment{
		builder:   b,
		network:   b.Network(),
		others:    map[*Exporter][]*other{},
		symbols:   symbols,
		roleNames: map[string]string{},
		exported:  map[string]*fact.Missing{},
		outputs:   map[string][]string{},
		notEmpty:  map[string]bool{},
	}
	d.nodes = lower.New(b, symbols, d, lower.Defaults{Egress: true, AuroraPort: true, NamedLists: true})
	return d
}

// Bindings are what one stack is made with.
type Bindings struct {
	eval.Bindings
	Files
	// When says in which worlds the stack exists.
	When fact.Cond
	// Name is that of the deployment.
	Name string
	Others
}

// Others are where a stack takes values from.
type Others struct {
	// Exporters are those of the run: what the stack imports comes from them, if that is certain.
	Exporters *Exporters
	// Stored gives what a deployment in another language certainly writes to the parameter of Systems Manager of that
	// name, with addresses in the place of ids. none says that certainly none writes it. It may be nil.
	Stored func(name fact.Text) (text string, ok, none bool)
	// Exported gives what others export, or write to Systems Manager, in the account under a name that may be known in
	// parts, after all others. It may be nil.
	Exported func(name fact.Text) (string, bool)
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
	// Outputs are the values of the outputs by name.
	Outputs map[string]eval.Value
	// stored are the values that resources write to the parameter store, by their ids.
	stored map[string]eval.Value
	// Diagnostics are errors of the template, and of those that it nests, and notices about their texts.
	Diagnostics []source.Diagnostic
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
	if bind.Known != nil {
		d.known = bind.Known
	}
	e, inside := d.evaluator(t, bind)
	d.network.Part = d.network.Part || t.IsFragment() || t.isOfService()
	for _, p := range e.Template().Parameters {
		d.notEmpty[e.Address(p.Name)] = isNeverEmpty(p)
	}
	stack := &Stack{Outputs: map[string]eval.Value{}, stored: map[string]eval.Value{}}
	resources := d.resources(t, e, bind.When)
	for _, r := range resources {
		if r.Type != stackType {
			continue
		}
		if nested := inside.stack(r.Address); nested != nil {
			stack.Diagnostics = append(stack.Diagnostics, nested.Diagnostics...)
		} else {
			d.network.Unseen = append(d.network.Unseen, r.Address)
		}
	}
	d.leaving(e, resources, stack, inside)
	d.tell(t, e, bind)
	stack.Diagnostics = slices.Concat(t.notices, t.incomplete(), e.Diagnostics(), stack.Diagnostics)
	return stack
}

// evaluator evaluates the template, with what it takes from the stacks that it nests and from others.
func (d *Deployment) evaluator(t *Template, bind Bindings) (*eval.Evaluator, *nesting) {
	inside := &nesting{deployment: d, bind: bind, done: map[string]*Stack{}}
	if bind.Open != nil {
		bind.Outputs = inside.output
	}
	bind.Work = cmp.Or(bind.Work, &eval.Work{})
	imports := &importing{deployment: d, bind: bind, from: map[string]origin{}}
	if t.Imports() && (bind.Exporters != nil || bind.Stored != nil || bind.Exported != nil) {
		bind.Imports = imports.value
	}
	e := eval.New(t.template, bind.Bindings, d.symbols, bind.Include)
	inside.evaluator, imports.evaluator = e, e
	if bind.Imports != nil && bind.Exporters != nil {
		imports.find()
	}
	return e, inside
}

// resources evaluates and keeps the resources of the template, in its order.
func (d *Deployment) resources(t *Template, e *eval.Evaluator, when fact.Cond) []*lower.Resource {
	written := e.Template().Resources
	if d.written += len(written); d.written > budget.Resources.Max {
		panic(budget.Spent{Of: budget.Resources})
	}
	out := make([]*lower.Resource, len(written))
	for i, from := range written {
		out[i] = evaluated(e, from, when)
		out[i].Implicit = t.generated[from.ID]
	}
	for _, r := range out {
		d.keep(r)
	}
	return out
}

// tell gives the network what the template says beside its resources: what may add others, and its directives.
func (d *Deployment) tell(t *Template, e *eval.Evaluator, bind Bindings) {
	for _, tr := range t.template.Transforms {
		if tr.IsMacro() {
			d.open(tr.Name, tr.Span)
		}
	}
	for _, lack := range t.lacks {
		m := fact.Missing{Kind: fact.Resource, Name: e.Address(lack.ID), Span: lack.Span}
		d.network.Open = append(d.network.Open, m)
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
}

// grow makes room for a further stack of the template, that span stands for. It says no where there is none.
func (d *Deployment) grow(t *Template, span source.Span, nested bool) bool {
	var over budget.Budget
	switch {
	case d.stacks >= budget.Stacks.Max:
		over = budget.Stacks
	case d.bytes > budget.StackText.Max:
		over = budget.StackText
	case d.written > budget.StackWidth.Max:
		over = budget.StackWidth
	default:
		d.stacks++
		d.bytes += t.size()
		return true
	}
	d.fill(over, span, nested)
	return false
}

// fill tells the user, once, that a stack is not made because of the budget: an error if nothing else judges it. What
// others import from it is not known, and it is judged as a deployment of its own.
func (d *Deployment) fill(over budget.Budget, span source.Span, nested bool) {
	why := "what the stack exports is not known to those that import it: "
	if nested {
		why = "the stack is not judged, nor are further ones: "
	}
	if d.full == nil || nested && !d.full.Error {
		d.full = &source.Diagnostic{Span: span, Message: why + over.Exceeded(), Error: nested, Limit: nested}
	}
}

// evaluated is a resource of a stack that exists where in holds.
func evaluated(e *eval.Evaluator, from *eval.Resource, in fact.Cond) *lower.Resource {
	when := in.And(e.Condition(from.Condition))
	return &lower.Resource{
		Address:    e.Address(from.ID),
		Type:       from.Type,
		Span:       from.Span,
		Properties: e.EvalWhere(when, from.Properties),
		Path:       e.Eval(from.Metadata.Get(lower.PathTag)),
		When:       when,
		Depends:    e.Depends(from),
		Region:     e.Region(),
		Kept:       isKept(e, from),
		SAM:        sam.FunctionType(from.Node) != "",
	}
}

// isKept says whether the resource certainly stays when it is taken out of the template. A version of a function never
// changes: what would change it replaces it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
func isKept(e *eval.Evaluator, r *eval.Resource) bool {
	retains := func(policy *tree.Node) bool { return strings.HasPrefix(e.Eval(policy).Text, "Retain") }
	return retains(r.DeletionPolicy) || r.Type == "AWS::Lambda::Version" && retains(r.UpdateReplacePolicy)
}

// keep makes the resource part of the deployment.
func (d *Deployment) keep(r *lower.Resource) {
	// A module stands for resources of its own; a type that is not written is one of a packaging tool's.
	if r.Type == "" || strings.HasSuffix(r.Type, "::MODULE") {
		d.open(cmp.Or(r.Type, r.Address), r.Span)
	}
	d.add(r)
}

func (d *Deployment) add(r *lower.Resource) {
	if name := r.Get("RoleName"); r.Type == "AWS::IAM::Role" && name.Kind == eval.Text && !symbol.Has(name.Text) {
		d.roleNames[name.Text] = r.Address
	}
	d.nodes.Add(r)
}

// isNeverEmpty tells the list parameters that hold one element at least: CloudFormation accepts a value of an
// AWS-specific type only when it exists in the account.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
func isNeverEmpty(p *eval.Parameter) bool { return strings.HasPrefix(p.Type, "List<AWS::") }

func (d *Deployment) open(name string, span source.Span) {
	d.network.Open = append(d.network.Open, fact.Missing{Kind: fact.Macro, Name: name, Span: span})
}

// Lower adds the resources of all stacks to the network, in the order of evaluation and of the files. It gives back
// what properties of the wrong type it met.
func (d *Deployment) Lower() []source.Diagnostic {
	for _, r := range d.nodes.Ordered() {
		r.Exported, r.Outputs = d.exported[r.Address], d.outputs[r.Address]
	}
	out := d.nodes.Lower()
	if d.full != nil {
		out = append(out, *d.full)
	}
	return out
}
