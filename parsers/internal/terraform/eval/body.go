package eval

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// config is the object of all that the block configures.
func (o *object) config() cty.Value {
	attrs := map[string]cty.Value{}
	for _, a := range sortedAttributes(o.set.block.Body) {
		if !meta[a.Name] {
			v, err := o.configured(a)
			if err != nil {
				o.report(err, o.frame, a.Expr.Range())
				v = o.orFailed(a.Expr, err, o.address+"."+a.Name)
			}
			attrs[a.Name] = o.Materialize(v)
		}
	}
	for _, b := range o.set.block.Body.Blocks {
		name := blockType(b)
		if _, done := attrs[name]; done || meta[name] {
			continue
		}
		v, err := o.onceHere(name, b.TypeRange, func() (cty.Value, error) { return o.blocks(o.set.block.Body, name) })
		if err != nil {
			o.report(err, o.frame, b.TypeRange)
			v = cty.TupleVal([]cty.Value{o.failedValue(o.address+"."+name, b.TypeRange)})
		}
		attrs[name] = o.Materialize(v)
	}
	return cty.ObjectVal(attrs)
}

// blocks is the tuple of the nested blocks of one type, dynamic ones expanded.
func (s *scope) blocks(body *hclsyntax.Body, name string) (cty.Value, error) {
	var items []cty.Value
	for _, b := range body.Blocks {
		switch {
		case blockType(b) != name:
		case b.Type == "dynamic":
			more, err := s.dynamic(b)
			if err != nil {
				return cty.NilVal, err
			}
			items = append(items, more...)
		default:
			items = append(items, s.nested(b.Body))
		}
	}
	return cty.TupleVal(items), nil
}

// nested is the object of a nested block. An argument that fails is unknown.
func (s *scope) nested(body *hclsyntax.Body) cty.Value {
	attrs := map[string]cty.Value{}
	for _, a := range sortedAttributes(body) {
		attrs[a.Name] = s.Materialize(s.orUnknown(a.Expr, a.Name+" in "+s.place(a.SrcRange)))
	}
	for _, b := range body.Blocks {
		name := blockType(b)
		if _, done := attrs[name]; done {
			continue
		}
		v, err := s.blocks(body, name)
		if err != nil {
			s.report(err, s.frame, b.TypeRange)
			v = cty.TupleVal([]cty.Value{s.failedValue(name+" in "+s.place(b.TypeRange), b.TypeRange)})
		}
		attrs[name] = v
	}
	return cty.ObjectVal(attrs)
}

// writtenOnce are the blocks that a resource may have once at most, however many elements a dynamic block goes over.
var writtenOnce = map[string]bool{"vpc_config": true}

// dynamic expands a dynamic block. A block that is there under a condition is a choice of it and null; an unknown
// number of blocks is one unknown, or the one block that there may be unless there is nothing to go over. See
// https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
func (s *scope) dynamic(b *hclsyntax.Block) ([]cty.Value, error) {
	each, content := b.Body.Attributes["for_each"], (*hclsyntax.Body)(nil)
	for _, inner := range b.Body.Blocks {
		if inner.Type == "content" {
			content = inner.Body
		}
	}
	if each == nil || content == nil {
		return nil, s.failf(b.TypeRange, "a dynamic block needs for_each and content")
	}
	v, err := s.settled(each.Expr)
	if err != nil {
		return nil, err
	}
	iterator := blockType(b)
	if a := b.Body.Attributes["iterator"]; a != nil {
		if x, ok := a.Expr.(*hclsyntax.ScopeTraversalExpr); ok {
			iterator = x.Traversal.RootName()
		}
	}
	var out []cty.Value
	for _, c := range s.Cases(v) {
		items, known, err := s.elements(c.Value)
		if err != nil {
			return nil, s.fail(each.Expr.Range(), err)
		}
		if !known {
			m := s.FirstMissing(c.Value)
			if one, ok := s.only(b, c.Value, iterator, content); ok {
				there := c.When.And(s.Empty(c.Value).Not())
				out = append(out, s.Choice(there, one, cty.NullVal(cty.DynamicPseudoType)))
				continue
			}
			unknown := cty.DynamicVal.Mark(calc.Source{Missing: m, Key: s.Canonical(c.Value)})
			out = append(out, s.Choice(c.When, unknown, cty.NullVal(cty.DynamicPseudoType)))
			continue
		}
		for _, p := range items {
			in := s.with(map[string]cty.Value{iterator: element(p[0], p[1])})
			out = append(out, s.Choice(c.When, in.nested(content), cty.NullVal(cty.DynamicPseudoType)))
		}
	}
	return out, nil
}

// element is what the iterator of a dynamic block stands for.
func element(key, value cty.Value) cty.Value {
	return cty.ObjectVal(map[string]cty.Value{"key": key, "value": value})
}

// only is the content of a block that is written once, for an element of v whose value is not known.
func (s *scope) only(
	b *hclsyntax.Block, v cty.Value, iterator string, content *hclsyntax.Body,
) (block cty.Value, ok bool) {
	if !writtenOnce[blockType(b)] {
		return cty.NilVal, false
	}
	_, err := s.OverUnknown(v, func(key, item cty.Value) (cty.Value, error) {
		block = s.with(map[string]cty.Value{iterator: element(key, item)}).nested(content)
		return block, nil
	})
	return block, err == nil && block != cty.NilVal
}

// elements are the keys and values of what a dynamic block goes over.
func (s *scope) elements(v cty.Value) (out [][2]cty.Value, known bool, err error) {
	if calc.IsHandle(v) {
		v = calc.AsHandle(v).Object()
	}
	plain, _ := v.Unmark()
	switch {
	case plain.IsNull():
		return nil, true, nil // Terraform refuses it; no block comes of it
	case !plain.IsKnown(), calc.HasToken(v):
		return nil, false, nil
	case !plain.CanIterateElements():
		return nil, true, fmt.Errorf("for_each cannot go over a value of type %s", plain.Type().FriendlyName())
	}
	if err := s.Charge(plain.LengthInt()); err != nil {
		return nil, true, err
	}
	for it := plain.ElementIterator(); it.Next(); {
		k, x := it.Element()
		if plain.Type().IsSetType() {
			k = x
		}
		out = append(out, [2]cty.Value{k, x})
	}
	return out, true, nil
}

// placesOf are the spans of the arguments of a body. Blocks that a dynamic block makes have the places of its content.
func (o *object) placesOf(config cty.Value) map[string]source.Span {
	if o.set.places != nil {
		return o.set.places
	}
	places := map[string]source.Span{}
	p := placer{o.frame, places, false}
	p.body(o.set.block.Body, config, "")
	if !p.varies {
		o.set.places = places
	}
	return places
}

// placer finds places. varies says that they depend on how often dynamic blocks are repeated.
type placer struct {
	frame  *frame
	places map[string]source.Span
	varies bool
}

func (p *placer) body(b *hclsyntax.Body, config cty.Value, path string) {
	for _, a := range b.Attributes {
		if !meta[a.Name] || path != "" {
			p.places[path+a.Name] = p.frame.whereSet(a)
		}
	}
	index := map[string]int{}
	for _, inner := range b.Blocks {
		name := blockType(inner)
		if meta[name] && path == "" {
			continue
		}
		n, body := 1, inner.Body
		if inner.Type == "dynamic" {
			p.varies = true
			for _, c := range inner.Body.Blocks {
				if c.Type == "content" {
					body = c.Body
				}
			}
			n = blockCount(config, name) - p.statics(b, inner, name) - index[name]
		}
		for range n {
			at := fmt.Sprintf("%s%s[%d]", path, name, index[name])
			p.places[at] = p.frame.where(inner.DefRange())
			p.body(body, blockAt(config, name, index[name]), at+".")
			index[name]++
		}
	}
}

// statics counts the blocks of a type that follow after one.
func (p *placer) statics(b *hclsyntax.Body, after *hclsyntax.Block, name string) int {
	n, seen := 0, false
	for _, inner := range b.Blocks {
		if seen && blockType(inner) == name {
			n++
		}
		seen = seen || inner == after
	}
	return n
}

func blockCount(config cty.Value, name string) int {
	if v := member(config, name); v != cty.NilVal && v.Type().IsTupleType() {
		return v.LengthInt()
	}
	return 1
}

func blockAt(config cty.Value, name string, i int) cty.Value {
	if v := member(config, name); v != cty.NilVal && v.Type().IsTupleType() && i < v.LengthInt() {
		return v.Index(cty.NumberIntVal(int64(i)))
	}
	return cty.NilVal
}

// member is an attribute of an object, also of one that is there under a condition, else NilVal.
func member(v cty.Value, name string) cty.Value {
	if v == cty.NilVal {
		return v
	}
	if s, ok := calc.SourceOf(v); ok && s.Choice != nil {
		v = s.Choice.Then
	}
	plain, _ := v.Unmark()
	if plain.IsKnown() && !plain.IsNull() && plain.Type().IsObjectType() && plain.Type().HasAttribute(name) {
		return plain.GetAttr(name)
	}
	return cty.NilVal
}
