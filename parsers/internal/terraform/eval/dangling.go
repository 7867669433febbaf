package eval

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// dangling is the value of an argument that is an attribute of a missing instance. The instance joins the program as
// one that never exists, so that what refers to it can be told.
func (s *scope) dangling(x hclsyntax.Expression, err error) (cty.Value, bool) {
	var missing *calc.MissingInstance
	if !errors.As(err, &missing) {
		return cty.NilVal, false
	}
	name := cmp.Or(missing.Attribute, lastAttribute(x))
	local := strings.TrimPrefix(missing.Sibling, s.prefix())
	if i := strings.LastIndexByte(local, '['); i > 0 {
		local = local[:i]
	}
	if missing.Sibling == "" {
		local = s.withoutInstances(x)
	}
	block := s.module.Resource(local)
	if block == nil || block.Data || name == "" {
		return cty.NilVal, false
	}
	if all := s.sets[local]; all != nil && missing.Index < int64(len(all.copies.turns)) {
		return cty.NilVal, false // the list leaves it out
	}
	address := s.prefix() + local + "[" + strconv.FormatInt(missing.Index, 10) + "]"
	o := &object{scope: s.frame.scope(), set: &set{block: block}, address: address}
	if !s.ghosts[o.address] {
		s.ghosts[o.address] = true
		s.program.Instances = append(s.program.Instances, &Instance{
			Address: o.address, Type: block.Type, Name: block.Name, Config: cty.EmptyObjectVal,
			Span: s.span(&block.Block), When: fact.Never(),
		})
	}
	return s.Token(o.symbol(o.address, name)), true
}

// withoutInstances is the resource without any instance from which the whole expression takes an attribute of one
// instance. It is "" if the expression does not.
func (s *scope) withoutInstances(x hclsyntax.Expression) string {
	var t hcl.Traversal
	switch x := x.(type) {
	case *hclsyntax.TemplateWrapExpr:
		return s.withoutInstances(x.Wrapped)
	case *hclsyntax.ScopeTraversalExpr: // nat[0].id
		t = x.Traversal
	case *hclsyntax.RelativeTraversalExpr: // nat[count.index].id
		if in, ok := x.Source.(*hclsyntax.IndexExpr); ok {
			if of, ok := in.Collection.(*hclsyntax.ScopeTraversalExpr); ok {
				t = of.Traversal
			}
		}
	}
	if len(t) < 2 {
		return ""
	}
	local := t.RootName() + "." + attrName(t, 1)
	if s.module.Resource(local) == nil {
		return ""
	}
	if all, err := s.frame.set(local, x.Range()); err != nil || len(all.copies.turns) > 0 {
		return ""
	}
	return local
}

// lastAttribute is the attribute that a whole expression names, or "".
func lastAttribute(x hclsyntax.Expression) string {
	var t hcl.Traversal
	switch x := x.(type) {
	case *hclsyntax.TemplateWrapExpr:
		return lastAttribute(x.Wrapped)
	case *hclsyntax.RelativeTraversalExpr:
		t = x.Traversal
	case *hclsyntax.ScopeTraversalExpr:
		t = x.Traversal
	}
	if len(t) == 0 {
		return ""
	}
	a, _ := t[len(t)-1].(hcl.TraverseAttr)
	return a.Name
}
