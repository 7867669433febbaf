package eval

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// missingInstance is an index past the last of a resource's instances, or into an empty list of whatever.
type missingInstance struct {
	sibling string // the address of an instance that there is, "" if there is none
	// attribute is what the list holds of the instances; "": themselves.
	attribute string
	index     int64
	count     int
}

func (m *missingInstance) Error() string {
	return fmt.Sprintf("there is no element %d in a list of %d", m.index, m.count)
}

// dangling is the value of an argument that is an attribute of a missing instance. The instance joins the program as
// one that never exists, so that what refers to it can be told.
func (s *scope) dangling(x hclsyntax.Expression, err error) (cty.Value, bool) {
	var missing *missingInstance
	if !errors.As(err, &missing) {
		return cty.NilVal, false
	}
	name := cmp.Or(missing.attribute, lastAttribute(x))
	local := strings.TrimPrefix(missing.sibling, s.prefix())
	if i := strings.LastIndexByte(local, '['); i > 0 {
		local = local[:i]
	}
	if missing.sibling == "" {
		local = s.withoutInstances(x)
	}
	block := s.module.Resource(local)
	if block == nil || block.Data || name == "" {
		return cty.NilVal, false
	}
	if all := s.sets[local]; all != nil && missing.index < int64(len(all.copies.entries)) {
		return cty.NilVal, false // the list leaves it out
	}
	address := s.prefix() + local + "[" + strconv.FormatInt(missing.index, 10) + "]"
	o := &object{scope: s.frame.scope(), set: &set{block: block}, address: address}
	if !s.ghosts[o.address] {
		s.ghosts[o.address] = true
		s.program.Instances = append(s.program.Instances, &Instance{
			Address: o.address, Type: block.Type, Name: block.Name, Config: cty.EmptyObjectVal,
			Span: s.span(&block.Block), When: fact.Never(),
		})
	}
	return s.token(o.symbol(o.address, name)), true
}

// splat is the attribute of the first instance of a resource, if items are those of all instances that have a number,
// in their order.
func (r *run) splat(items []cty.Value) (first symbol.Symbol, ok bool) {
	for i, item := range items {
		s, ok := onlySymbol(item, r.table)
		if i == 0 {
			first = s
		}
		address, isFirst := strings.CutSuffix(first.Address, "[0]")
		is := ok && isFirst && s.Address == address+"["+strconv.Itoa(i)+"]" && s.Attribute == first.Attribute
		if !is || s.Attribute == "" {
			return first, false
		}
	}
	return first, len(items) > 0
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
	if all, err := s.frame.set(local, x.Range()); err != nil || len(all.copies.entries) > 0 {
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
