package eval

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// The limits of the evaluators that share their Work.
const (
	maxCases = 16 // cases of conditions in which one function is evaluated
)

// Bindings are what a template is evaluated with.
type Bindings struct {
	// Scope prefixes addresses and symbols. It is the address of a nested stack, the name of another deployment, or ""
	// for a root template.
	Scope string
	// Given holds the parameters that the user gives, Parameters those that the parent stack gives, both by name.
	// Parameters win.
	Given      map[string]string
	Parameters map[string]Value
	// Variants leaves parameters open that choose between variants of the template, even if they have a default.
	Variants bool
	// Pseudo parameters; empty is not known. A known Region gives the partition too.
	Region, AccountID, Partition, StackName string
	// Beside says that the stack is not nested: it has a Scope, but is a deployment of its own.
	Beside bool
	// Imports gives the value of an exported name, Outputs that of an output of the nested stack at address. They
	// return false for what is not known. Either may be nil.
	Imports func(name string) (Value, bool)
	Outputs func(address, output string) (Value, bool)
	// Known gives a value for a parameter of a root template that has no default; ok is false without one. It may be
	// nil.
	Known func(name string) (words []string, ok bool)
	// Work is shared with the evaluators of other stacks; nil with none.
	Work *Work
}

// Work is how much the evaluators of one deployment have done together.
type Work struct {
	// Until is when the evaluation has to end, or nil.
	Until *budget.Deadline

	steps, elements, joined int
	spent                   map[string]bool // the budgets that ran out, by name
}

// Include reads the file that an AWS::Include names, relative to the template.
type Include = func(path string) (*tree.Node, error)

// Evaluator evaluates the nodes of one template under one set of bindings. It is for one goroutine.
type Evaluator struct {
	t       *Template
	b       Bindings
	table   *symbol.Table
	include Include

	parameters map[string]*Parameter
	resources  map[string]*Resource
	values     map[string]Value // of parameters, by name
	secrets    map[string]string
	conditions map[string]condition
	settled    map[string]settledCondition // by name
	attributes map[string]Value            // properties that attributes repeat, by address and name
	identities map[*Resource]string        // tokens
	active     map[string]bool             // what is being evaluated, to find cycles

	open        []fact.Missing
	diagnostics []source.Diagnostic
	said        map[source.Diagnostic]bool
	*Work
	cases int // depth of evaluation under assumed conditions
}

// Region is that of the stack, "" if it is not known.
func (e *Evaluator) Region() string { return e.b.Region }

// New prepares the evaluation of t. Loops and includes at the level of sections are carried out; see Template.
func New(t *Template, b Bindings, table *symbol.Table, include Include) *Evaluator {
	e := &Evaluator{
		t: t, b: b, table: table, include: include,
		parameters: map[string]*Parameter{}, resources: map[string]*Resource{}, conditions: map[string]condition{},
		values: map[string]Value{}, secrets: map[string]string{}, settled: map[string]settledCondition{},
		attributes: map[string]Value{}, identities: map[*Resource]string{}, active: map[string]bool{},
		said: map[source.Diagnostic]bool{}, Work: cmp.Or(b.Work, &Work{}),
	}
	for _, p := range t.Parameters {
		e.parameters[p.Name] = p
	}
	for _, r := range t.Resources {
		e.resources[r.ID] = r
	}
	for _, c := range t.Conditions {
		e.conditions[c.Key] = condition{node: c.Value, span: c.KeySpan}
	}
	e.expandSections()
	return e
}

// Template is the template with the loops and includes of its sections carried out under the bindings.
func (e *Evaluator) Template() *Template { return e.t }

// Open names what may add resources that are not seen: loops over unknown collections, macros inside sections.
// Macros over the whole template are in Template.Transforms.
func (e *Evaluator) Open() []fact.Missing { return e.open }

// Diagnostics lists what went wrong so far, each problem once. What a diagnostic concerns is Unknown. All are notices,
// except those that are marked as errors.
func (e *Evaluator) Diagnostics() []source.Diagnostic { return e.diagnostics }

// Address is the address of the resource with that logical id.
func (e *Evaluator) Address(id string) string {
	switch {
	case e.b.Scope == "":
		return id
	case e.b.Beside:
		return e.b.Scope + ":" + id
	}
	return e.b.Scope + "." + id
}

func (e *Evaluator) say(span source.Span, format string, args ...any) {
	d := source.Diagnostic{Span: span, Message: fmt.Sprintf(format, args...)}
	if e.cases > 0 || e.said[d] {
		return // what fails only under an assumed condition may never happen
	}
	e.said[d] = true
	e.diagnostics = append(e.diagnostics, d)
}

// spend reports that a budget has run out, once in a deployment. It does so even under an assumed condition, because
// everything that is evaluated later lacks the budget too.
func (e *Evaluator) spend(b budget.Budget, span source.Span) {
	if e.spent[b.Name] {
		return
	}
	if e.spent == nil {
		e.spent = map[string]bool{}
	}
	e.spent[b.Name] = true
	d := source.Diagnostic{Span: span, Message: "the evaluation stops here: " + b.Exceeded(), Error: true, Limit: true}
	e.diagnostics = append(e.diagnostics, d)
}

// Count counts work that takes the time of so many steps.
func (w *Work) Count(steps int) { w.steps += steps }

// ended is the value of what is not evaluated any more.
func (e *Evaluator) ended(b budget.Budget, n *tree.Node) Value {
	e.spend(b, n.Span)
	return unknown(n.Span, fact.Missing{Kind: fact.Intrinsic, Name: "evaluation budget", Span: n.Span})
}

// Eval gives the value of n. A nil node is Absent.
func (e *Evaluator) Eval(n *tree.Node) Value {
	if n == nil {
		return Value{}
	}
	e.steps++
	if e.steps > budget.EvalSteps.Max {
		return e.ended(budget.EvalSteps, n)
	}
	if e.Until.Passed() {
		return e.ended(budget.Time, n)
	}
	switch n.Kind {
	case tree.Scalar:
		return e.text(symbol.Escape(n.Text), n.Span)
	case tree.Sequence:
		return e.sequence(n)
	case tree.Mapping:
		if name, arg, ok := n.Intrinsic(); ok && name != "Condition" && !strings.HasPrefix(name, "Fn::ForEach") {
			v := e.call(name, arg, n)
			v.Span = n.Span
			return v
		}
		return e.mapping(n)
	}
	return Value{Span: n.Span}
}

// EvalWhere is Eval for a node that exists only where c holds. If c never holds, problems are not reported.
func (e *Evaluator) EvalWhere(c fact.Cond, n *tree.Node) Value {
	if c.IsNever() {
		e.cases++
		defer func() { e.cases-- }()
	}
	return e.Eval(n)
}

func (e *Evaluator) sequence(n *tree.Node) Value {
	v := Value{Kind: List, Span: n.Span, Items: make([]Value, 0, len(n.Items))}
	for _, it := range n.Items {
		if item := e.Eval(it); item.Kind != Absent {
			v.Items = append(v.Items, item)
		}
	}
	return v
}

func (e *Evaluator) mapping(n *tree.Node) Value {
	fields, missing := n.Fields, []fact.Missing(nil)
	if _, pending := divide(fields); len(pending) > 0 {
		fields, missing = e.expand(fields)
	}
	if len(missing) > 0 {
		return unknown(n.Span, missing...)
	}
	v := Value{Kind: Map, Span: n.Span, Fields: make([]Field, 0, len(fields))}
	for _, f := range fields {
		if x := e.Eval(f.Value); x.Kind != Absent {
			v.Fields = append(v.Fields, Field{Name: f.Key, NameSpan: f.KeySpan, Value: x})
		}
	}
	return v
}

// call evaluates an intrinsic function.
// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
func (e *Evaluator) call(name string, arg, n *tree.Node) Value {
	switch name {
	case "Ref":
		if arg.Kind == tree.Scalar {
			return e.ref(arg.Text, n.Span)
		}
		if _, _, ok := arg.Intrinsic(); !ok {
			return e.malformed(name, n)
		}
		return e.spread([]Value{e.Eval(arg)}, n, e.refTo)
	case "Fn::GetAtt":
		return e.getAtt(arg, n)
	case "Fn::Sub":
		return e.sub(arg, n)
	case "Fn::If":
		return e.ifElse(arg, n)
	case "Fn::Join":
		return e.withArgs(name, arg, n, 2, 2, e.join)
	case "Fn::Split":
		return e.withArgs(name, arg, n, 2, 2, e.split)
	case "Fn::Select":
		return e.withArgs(name, arg, n, 2, 2, e.pick)
	case "Fn::FindInMap":
		return e.withArgs(name, arg, n, 3, 4, e.findInMap)
	case "Fn::Cidr":
		return e.withArgs(name, arg, n, 2, 3, e.cidr)
	case "Fn::Base64":
		return e.spread([]Value{e.Eval(arg)}, n, e.base64)
	case "Fn::GetAZs":
		return e.spread([]Value{e.Eval(arg)}, n, e.getAZs)
	case "Fn::ImportValue":
		return e.spread([]Value{e.Eval(arg)}, n, e.importValue)
	case "Fn::Length":
		return e.spread([]Value{e.Eval(arg)}, n, e.length)
	case "Fn::ToJsonString":
		return e.spread([]Value{e.Eval(arg)}, n, e.toJSON)
	case "Fn::Transform":
		fields, missing := e.transform(arg, n.Span)
		if len(missing) > 0 {
			return unknown(n.Span, missing...)
		}
		return e.mapping(&tree.Node{Kind: tree.Mapping, Span: n.Span, Fields: fields})
	}
	return unknown(n.Span, fact.Missing{Kind: fact.Intrinsic, Name: name, Span: n.Span})
}

// withArgs evaluates the arguments of a function that takes least to most of them and calls f for every case.
func (e *Evaluator) withArgs(name string, arg, n *tree.Node, least, most int, f func([]Value, *tree.Node) Value) Value {
	if arg.Kind != tree.Sequence || len(arg.Items) < least || len(arg.Items) > most {
		return e.malformed(name, n)
	}
	args := make([]Value, len(arg.Items))
	for i, it := range arg.Items {
		args[i] = e.Eval(it)
	}
	return e.spread(args, n, f)
}

func (e *Evaluator) malformed(name string, n *tree.Node) Value {
	e.say(n.Span, "%s has arguments of the wrong number or kind", name)
	return unknown(n.Span, fact.Missing{Kind: fact.Intrinsic, Name: name, Span: n.Span})
}

func unknown(span source.Span, ms ...fact.Missing) Value {
	return Value{Kind: Unknown, Span: span, Missing: ms}
}

func isTrue(s string) bool { return strings.EqualFold(s, "true") }
