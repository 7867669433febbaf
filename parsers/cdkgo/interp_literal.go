package cdkgo

import (
	"go/ast"
	"go/types"
)

// literal reads a composite literal. Where the package may change it afterwards, it is unknown as a whole or in the
// fields that are assigned to.
func (f *frame) literal(e *ast.CompositeLit) *val {
	t := f.info.TypeOf(e)
	out := &val{span: f.span(e)}
	ok := true
	switch u := deref(t).Underlying().(type) {
	case *types.Struct:
		out.form = structure
		f.structFields(e, u, out)
	case *types.Map:
		out.form = structure
		ok = f.mapEntries(e, out)
	default:
		out.form = list
		ok = f.listItems(e, out)
	}
	if !ok || f.mutations.literalFields[e]["*"] || f.mutations.types[bare(t)] {
		return f.notFollowed(e, "it is changed afterwards")
	}
	return f.sized(e, out)
}

// structFields reads the fields of a struct literal into out. Those that are assigned to afterwards are unknown,
// whether the literal has them or not.
func (f *frame) structFields(e *ast.CompositeLit, s *types.Struct, out *val) {
	written := map[string]bool{}
	for i, el := range e.Elts {
		key, content := s.Field(min(i, s.NumFields()-1)).Name(), el
		keySpan := f.span(el)
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			key, content, keySpan = kv.Key.(*ast.Ident).Name, kv.Value, f.span(kv.Key)
		}
		written[key] = true
		out.fields = append(out.fields, field{key, keySpan, f.eval(content)})
	}
	for v := range s.Fields() {
		if !f.mutations.literalFields[e][v.Name()] && !f.mutations.fields[v] {
			continue
		}
		later := f.notFollowed(e, "its "+v.Name()+" is assigned afterwards")
		if !written[v.Name()] {
			out.fields = append(out.fields, field{v.Name(), f.span(e), later})
		}
		for i := range out.fields {
			if out.fields[i].name == v.Name() {
				out.fields[i].value = later
			}
		}
	}
}

// mapEntries reads the entries of a map literal into out. It is false where a key is not constant, so that the entry
// may be any.
func (f *frame) mapEntries(e *ast.CompositeLit, out *val) (ok bool) {
	ok = true
	for _, el := range e.Elts {
		if kv, isPair := el.(*ast.KeyValueExpr); isPair {
			key, v := f.eval(kv.Key), f.eval(kv.Value)
			ok = ok && key.form == text
			out.fields = append(out.fields, field{key.text, f.span(kv.Key), v})
		}
	}
	return ok
}

// listItems reads the items of a slice or array literal into out. It is false where one has an index of its own, which
// is not followed.
func (f *frame) listItems(e *ast.CompositeLit, out *val) (ok bool) {
	ok = true
	for _, el := range e.Elts {
		if kv, isPair := el.(*ast.KeyValueExpr); isPair {
			f.eval(kv.Value)
			ok = false
			continue
		}
		out.items = append(out.items, f.eval(el))
	}
	return ok
}

// sized is v, unless it holds more than maxSize values. Lists that hold the same list twice double with every line.
func (f *frame) sized(e ast.Expr, v *val) *val {
	v.size = 1
	for _, it := range v.items {
		v.size += max(it.size, 1)
	}
	for _, it := range v.fields {
		v.size += max(it.value.size, 1)
	}
	if v.size > maxSize {
		return f.notFollowed(e, "it holds too much")
	}
	return v
}
