package cloudformation

import (
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/sam"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// leaving evaluates the outputs and marks every resource whose identity others can learn: by an export, by a parameter
// of Systems Manager, or by a nested stack that is not here. A plain output does not count.
func (d *Deployment) leaving(e *eval.Evaluator, ordered []*lower.Resource, stack *Stack, inside *nesting) {
	for _, out := range e.Template().Outputs {
		v := e.Eval(out.Value)
		stack.Outputs[out.Name] = v
		d.handedOn(v, out.Name)
		if out.Export == nil || e.Condition(out.Condition).Not().IsAlways() {
			continue
		}
		name := out.Name
		if text, ok := read.Text(d.symbols, e.Eval(out.Export)).Get(nil); ok.IsTrue() {
			name = text.String()
		}
		d.handedOn(v, name)
		d.leaves(v, fact.Missing{Kind: fact.Export, Name: name, Span: out.Span})
	}
	for i, r := range ordered {
		switch r.Type {
		case parameterType:
			stack.stored[e.Template().Resources[i].ID] = r.Get("Value")
			d.leaves(r.Get("Value"), fact.Missing{Kind: fact.Export, Name: r.Address, Span: r.Span})
		case stackType:
			if inside.stack(r.Address) == nil && !d.rotates(r) {
				d.leaves(r.Get("Parameters"), fact.Missing{Kind: fact.Export, Name: r.Address, Span: r.Span})
			}
		}
	}
}

// rotates says whether the stack is made from such an application: a function, its role, and the permission to call it.
// None of these adds to what the application is given.
func (d *Deployment) rotates(r *lower.Resource) bool {
	for _, tag := range r.Get("Tags").Items {
		if tag.Get("Key").Text != sam.ApplicationTag {
			continue
		}
		of := read.Cases(d.symbols, tag.Get("Value"))
		isOther := func(it fact.Item[eval.Value]) bool { return !aws.IsRotationApplication(it.Value.Text) }
		return len(of.Open) == 0 && len(of.Items) > 0 && !slices.ContainsFunc(of.Items, isOther)
	}
	return false
}

// leaves marks the resources that v identifies; the first way out is kept.
func (d *Deployment) leaves(v eval.Value, m fact.Missing) {
	d.identified(v, func(address string) {
		if d.exported[address] == nil {
			d.exported[address] = &m
		}
	})
}

// handedOn notes the name of an output for the resources that its value identifies.
func (d *Deployment) handedOn(v eval.Value, name string) {
	d.identified(v, func(address string) {
		if !slices.Contains(d.outputs[address], name) {
			d.outputs[address] = append(d.outputs[address], name)
		}
	})
}

// identified calls f with the addresses of the resources that v identifies.
func (d *Deployment) identified(v eval.Value, f func(address string)) {
	seen := map[string]bool{}
	for _, leaf := range read.Leaves(v, func(string) bool { return false }) {
		d.identifiedIn(leaf.Value.Text, seen, f)
	}
}

// identifiedIn is identified for a text. seen are the choices that were followed: one may be part of both of another.
func (d *Deployment) identifiedIn(text string, seen map[string]bool, f func(address string)) {
	if !symbol.Has(text) {
		return
	}
	for s := range d.symbols.In(text) {
		switch {
		case s.Choice != nil && !seen[s.Key]:
			seen[s.Key] = true
			d.identifiedIn(s.Choice.Then, seen, f)
			d.identifiedIn(s.Choice.Else, seen, f)
		case s.Address != "" && isIdentity(s.Attribute):
			f(s.Address)
		}
	}
}

// isIdentity tells the attributes by which a resource can be named from what merely describes it.
func isIdentity(attribute string) bool {
	return attribute == "" || strings.HasSuffix(attribute, "Id") || strings.HasSuffix(attribute, "Arn")
}
