package eval

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

// missingInstance is an index of a resource past the last of its instances.
type missingInstance struct {
	sibling string // the address of an instance that there is
	index   int64
	count   int
}

func (m *missingInstance) Error() string {
	return fmt.Sprintf("there is no element %d in a list of %d", m.index, m.count)
}

// dangling is the value of an argument that is an attribute of a missing instance. The instance joins the program as one
// that never exists, so that what refers to it can be told.
func (s *scope) dangling(x hclsyntax.Expression, err error) (cty.Value, bool) {
	var missing *missingInstance
	if !errors.As(err, &missing) {
		return cty.NilVal, false
	}
	name := lastAttribute(x)
	local := strings.TrimPrefix(missing.sibling, s.prefix())
	if i := strings.LastIndexByte(local, '['); i > 0 {
		local = local[:i]
	}
	block := s.module.Resource(local)
	if block == nil || block.Data || name == "" {
		return cty.NilVal, false
	}
	o := &object{scope: s.frame.scope(), set: &set{block: block}, address: s.prefix() + local + "[" + strconv.FormatInt(missing.index, 10) + "]"}
	if !s.ghosts[o.address] {
		s.ghosts[o.address] = true
		s.program.Instances = append(s.program.Instances, &Instance{
			Address: o.address, Type: block.Type, Name: block.Name, Config: cty.EmptyObjectVal, Span: s.span(&block.Block), When: fact.Never(),
		})
	}
	return s.token(o.symbol(o.address, name)), true
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
