package eval

import (
	"regexp"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// forgotten adds what the module gives up without destroying it: it goes on to exist, and belongs to something that is
// not known any more. https://developer.hashicorp.com/terraform/language/block/removed
func (f *frame) forgotten() {
	for _, b := range f.module.Removed {
		from := traversalOf(b.Attr("from"))
		if from == nil || config.Destroys(b) {
			continue
		}
		path, kind, name := f.removedFrom(from)
		m := fact.Missing{Kind: fact.Resource, Name: path + name, Span: f.span(b)}
		switch {
		case kind == "":
			f.program.Open = append(f.program.Open, m)
		case belongs.MatchString(kind):
			m.Name = path + kind + "." + name
			f.program.Instances = append(f.program.Instances, &Instance{
				Address: m.Name + "[*]", Type: kind, Name: name, Span: m.Span, Summary: true,
				Config: cty.DynamicVal.Mark(calc.Source{Missing: m, Key: m.Name}), When: f.when,
			})
		}
	}
}

// belongs matches the types of resources that add something to another resource.
var belongs = regexp.MustCompile(`^aws_route$|_(attachments?|associations?|rules?|polic(y|ies)|exclusive|gateway|` +
	`endpoint|mount_target|accepter|connection|entry|route)$`)

// removedFrom takes the address of a removed block apart. Of a whole module it gives no type.
func (f *frame) removedFrom(t hcl.Traversal) (path, kind, name string) {
	path = f.prefix()
	for len(t) >= 2 && stepName(t[0]) == "module" {
		name = "module." + stepName(t[1])
		t = t[2:]
		if len(t) > 0 {
			path += name + "."
		}
	}
	if len(t) >= 2 {
		return path, stepName(t[0]), stepName(t[1])
	}
	return path, "", name
}

// traversalOf reads an address, which is a text in JSON.
func traversalOf(x hclsyntax.Expression) hcl.Traversal {
	if x == nil {
		return nil
	}
	if text := config.ConstantText(x); text != "" {
		t, _ := hclsyntax.ParseTraversalAbs([]byte(text), "", hcl.InitialPos)
		return t
	}
	t, _ := hcl.AbsTraversalForExpr(x)
	return t
}

func stepName(step hcl.Traverser) string {
	switch step := step.(type) {
	case hcl.TraverseRoot:
		return step.Name
	case hcl.TraverseAttr:
		return step.Name
	}
	return ""
}
