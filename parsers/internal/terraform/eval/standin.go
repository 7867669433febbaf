package eval

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/models"
)

// standIn is the model of a module that is not downloaded.
func (f *frame) standIn(call *config.Block, from string) (to callee, gone *elsewhere) {
	gone = &elsewhere{from: from, name: call.Name, span: f.span(call)}
	m, called := models.Find(from, config.ConstantText(call.Attr("version")))
	if m == nil {
		return callee{}, gone
	}
	gone.modelled = true
	strangers := m.Strangers(arguments(call))
	if len(strangers) > 0 {
		gone.stranger = strangers[0]
	}
	return callee{module: m.Module, model: m, called: called, strangers: strangers}, gone
}

// doubt is what an argument leaves open which the model of a module does not know.
type doubt struct {
	address string // of the module instance
	missing fact.Missing
}

func (f *frame) doubt(stranger string) fact.Missing {
	name := fmt.Sprintf("what %q changes in %s", stranger, f.address)
	return fact.Missing{Kind: fact.Resource, Name: name, Span: f.caller.span(f.call)}
}

// isOpen says of an output of a model that an argument speaks of it which the model does not know.
func (f *frame) isOpen(output string) bool {
	return slices.ContainsFunc(f.strangers, func(name string) bool { return models.Reaches(name, "", output) })
}

// changed is what may change a resource of a model: an argument that the model does not know, and that speaks of it.
func (f *frame) changed(block *config.Resource) (fact.Missing, bool) {
	for _, name := range f.strangers {
		if models.Reaches(name, block.Type, block.Name) {
			return f.doubt(name), true
		}
	}
	return fact.Missing{}, false
}

// arguments are the names of those that a call gives to the module, in their order.
func arguments(call *config.Block) (names []string) {
	for _, a := range sortedAttributes(call.Body) {
		switch a.Name {
		case "source", "version", "providers", "enabled":
		default:
			if !meta[a.Name] {
				names = append(names, a.Name)
			}
		}
	}
	return names
}

// addModel lists the module instance in the program if a model stands in for a module there.
func (f *frame) addModel() {
	if f.model != nil {
		m := graph.Model{Address: f.address, Name: f.model.Name, Span: f.caller.span(f.call)}
		f.program.Models = append(f.program.Models, m)
	}
	if len(f.strangers) > 0 {
		f.run.doubts = append(f.run.doubts, doubt{f.address, f.doubt(f.strangers[0])})
	}
}

// asked is the value of a variable of a model that asks which version of the module is called, or which part.
func (f *frame) asked(name string) (cty.Value, bool) {
	if f.called == nil {
		return cty.NilVal, false
	}
	if part, ok := f.called.Part(name); ok {
		return cty.StringVal(symbol.Escape(part)), true
	}
	is, ok := f.called.Since(name)
	if !ok {
		return cty.NilVal, false
	}
	switch is {
	case fact.True:
		return cty.True, true
	case fact.False:
		return cty.False, true
	}
	m := fact.Missing{Kind: fact.Resource, Name: "the version of " + f.address, Span: f.caller.span(f.call)}
	return f.Truth(calc.Opaque(f.address+" "+name, m)), true
}

// where is the place of a range. Nothing in a model has a place of its own: it is the call's.
func (f *frame) where(at hcl.Range) source.Span {
	if f.model != nil {
		return f.callOf(nil)
	}
	return f.module.Span(at)
}

// whereSet is the place of an argument: in a model, that of the call's argument which decides it.
func (f *frame) whereSet(a *hclsyntax.Attribute) source.Span {
	if f.model != nil {
		return f.callOf(a.Expr)
	}
	return f.module.Span(a.SrcRange)
}

// repetition is the expression that says how many of a block there are, nil where it is one.
func repetition(body *hclsyntax.Body) hclsyntax.Expression {
	for _, name := range []string{"for_each", "count"} {
		if a := body.Attributes[name]; a != nil {
			return a.Expr
		}
	}
	return nil
}
