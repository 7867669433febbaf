package cdkgo

import (
	"go/ast"
	"go/types"
)

// cells are the fields of one struct behind a pointer that the code assigns to after it made it: t.Vpc = vpc. A field is
// followed where one statement of the package assigns it at all, that statement was read where it certainly runs, and
// nobody unseen got hold of the struct. Reading a field before that says that it is not known.
type lateFields struct {
	when   string // the condition under which the struct was made
	values map[string]field
	shared bool
}

// get is what was assigned to the field name last.
func (l *lateFields) get(name string) (f field, ok bool) {
	if l == nil || l.shared {
		return field{}, false
	}
	f, ok = l.values[name]
	return f, ok
}

// newObject gives a literal that its address is taken of its cells, where its fields are assigned to at all. A package
// variable has none: nobody knows in which order the functions that use it run.
func (f *frame) withLateFields(e ast.Expr, t *val) *val {
	s, ok := deref(f.info.TypeOf(e)).Underlying().(*types.Struct)
	if t.kind != structure || literalOf(e) == nil || !ok || f.vars == nil {
		return t
	}
	for v := range s.Fields() {
		if f.mutations.fieldWrites[v] > 0 {
			t.late = &lateFields{when: f.when.String(), values: map[string]field{}}
			return t
		}
	}
	return t
}

// store reads x.field = v.
func (f *frame) store(l *ast.SelectorExpr, v *val) {
	s := f.info.Selections[l]
	if s == nil || !isPath(l.X) {
		return
	}
	on := f.eval(l.X)
	named, ok := s.Obj().(*types.Var)
	if !ok || on.late == nil || len(s.Index()) != 1 {
		return
	}
	if f.mutations.fieldWrites[named] != 1 || on.late.when != f.when.String() || f.deferred || v.isMutable() {
		v = f.notFollowed(l, "it is assigned afterwards")
	}
	on.late.values[named.Name()] = field{named.Name(), f.span(l.Sel), v}
}

// isPath tells expressions that only name something, so that reading one again does nothing.
func isPath(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isPath(e.X)
	}
	return false
}

// changes says whether t has fields that may still be assigned to, in itself or in what it holds.
func (v *val) isMutable() bool {
	if v.late != nil {
		return true
	}
	for _, it := range v.items {
		if it.isMutable() {
			return true
		}
	}
	for _, it := range v.fields {
		if it.value.isMutable() {
			return true
		}
	}
	return false
}

// settled is t as it is now: what Go copies, and what the CDK was given.
func (v *val) snapshot() *val {
	if !v.isMutable() {
		return v
	}
	out := *v
	out.late, out.items, out.fields = nil, nil, nil
	for _, it := range v.items {
		out.items = append(out.items, it.snapshot())
	}
	for _, it := range v.fields {
		out.fields = append(out.fields, field{it.name, v.spanOf(it.name), v.get(it.name).snapshot()})
	}
	return &out
}

// lose says that code which is not seen has each of the things, and may assign to their fields.
func share(things ...*val) {
	for _, v := range things {
		if v == nil || !v.isMutable() {
			continue
		}
		if v.late != nil {
			v.late.shared = true
		}
		share(v.items...)
		for _, it := range v.fields {
			share(it.value)
		}
	}
}
