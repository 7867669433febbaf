package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// Copy is an instance of a module that was downloaded. Nobody changes its files; what can be changed is the call.
type Copy struct{ frame *frame }

// addCopy lists the module instance in the program if it is a copy.
func (f *frame) addCopy() {
	if f.copied && f.model == nil {
		f.program.Copies = append(f.program.Copies, &Copy{f})
	}
}

// Address is that of the module instance, such as module.net["a"].
func (c *Copy) Address() string { return c.frame.address }

// Holds reports whether the place is in a file of the module.
func (c *Copy) Holds(at source.Span) bool { return c.frame.module.Holds(at) }

// Call is the argument of the call that decides what stands at the place in the module: the first that is passed on
// there. Where none is, or the call leaves it out, it is the header of the call. Of calls inside each other, it is the
// outermost in a downloaded module.
func (c *Copy) Call(at source.Span) source.Span { return c.frame.callOf(c.frame.expressionAt(at)) }

func (f *frame) callOf(x hclsyntax.Expression) source.Span {
	caller := f.caller.frame
	a := f.passed(x, maxPassed)
	switch {
	case caller.copied && a != nil:
		return caller.callOf(a.Expr)
	case caller.copied:
		return caller.callOf(nil)
	case a != nil:
		return caller.module.Span(a.SrcRange)
	}
	return caller.span(f.call)
}

// maxPassed bounds how many locals and calls are followed to such an argument.
const maxPassed = 8

// passed is the first argument of the call whose variable the expression uses, itself or through locals. It is nil if
// the expression uses none.
func (f *frame) passed(x hclsyntax.Expression, depth int) *hclsyntax.Attribute {
	if x == nil || depth == 0 {
		return nil
	}
	for _, t := range x.Variables() {
		name := attrName(t, 1)
		switch t.RootName() {
		case "var":
			if a := f.call.Body.Attributes[name]; a != nil {
				return a
			}
		case "local":
			if local := f.module.Locals[name]; local != nil {
				if a := f.passed(local.Expr, depth-1); a != nil {
					return a
				}
			}
		}
	}
	return nil
}

// expressionAt is the value of the argument that the place is in, nil where it is in none.
func (f *frame) expressionAt(at source.Span) hclsyntax.Expression {
	for _, r := range f.module.Resources {
		if x := f.inside(r.Body, at); x != nil {
			return x
		}
	}
	return nil
}

func (f *frame) inside(body *hclsyntax.Body, at source.Span) hclsyntax.Expression {
	within := func(r hcl.Range) bool {
		span := f.module.Span(r)
		return span.Pos <= at.Pos && at.Pos < span.End
	}
	for _, a := range sortedAttributes(body) {
		if within(a.SrcRange) {
			return a.Expr
		}
	}
	for _, b := range body.Blocks {
		if x := f.inside(b.Body, at); x != nil {
			return x
		}
	}
	return nil
}

// isLocal reports whether the call names a module by a path, which is part of the repository.
func isLocal(call *config.Block) bool {
	_, ok := config.Local(call)
	return ok
}
