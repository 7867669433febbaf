package cdkgo

import (
	"go/ast"
	"go/types"
)

// cells are the fields of one struct behind a pointer that the code assigns to after it made it: t.Vpc = vpc. A field is
// followed where one statement of the package assigns it at all, that statement was read where it certainly runs, and
// nobody unseen got hold of the struct. Reading a field before that says that it is not known.
type cells struct {
	when   string // the condition under which the struct was made
	values map[string]field
	lost   bool
}

// get is what was assigned to the field name last.
func (c *cells) get(name string) (f field, ok bool) {
	if c == nil || c.lost {
		return field{}, false
	}
	f, ok = c.values[name]
	return f, ok
}

// newObject gives a literal that its address is taken of its cells, where its fields are assigned to at all. A package
// variable has none: nobody knows in which order the functions that use it run.
func (f *frame) newObject(e ast.Expr, t *thing) *thing {
	s, ok := deref(f.info.TypeOf(e)).Underlying().(*types.Struct)
	if t.kind != structure || literalOf(e) == nil || !ok || f.vars == nil {
		return t
	}
	for v := range s.Fields() {
		if f.changes.assigned[v] > 0 {
			t.cells = &cells{when: f.when.String(), values: map[string]field{}}
			return t
		}
	}
	return t
}

// store reads x.field = v.
func (f *frame) store(l *ast.SelectorExpr, v *thing) {
	s := f.info.Selections[l]
	if s == nil || !isPath(l.X) {
		return
	}
	on := f.eval(l.X)
	named, ok := s.Obj().(*types.Var)
	if !ok || on.cells == nil || len(s.Index()) != 1 {
		return
	}
	if f.changes.assigned[named] != 1 || on.cells.when != f.when.String() || f.later || v.changes() {
		v = f.notFollowed(l, "it is assigned afterwards")
	}
	on.cells.values[named.Name()] = field{named.Name(), f.span(l.Sel), v}
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
func (t *thing) changes() bool {
	if t.cells != nil {
		return true
	}
	for _, it := range t.items {
		if it.changes() {
			return true
		}
	}
	for _, it := range t.fields {
		if it.value.changes() {
			return true
		}
	}
	return false
}

// settled is t as it is now: what Go copies, and what the CDK was given.
func (t *thing) settled() *thing {
	if !t.changes() {
		return t
	}
	out := *t
	out.cells, out.items, out.fields = nil, nil, nil
	for _, it := range t.items {
		out.items = append(out.items, it.settled())
	}
	for _, it := range t.fields {
		out.fields = append(out.fields, field{it.name, t.place(it.name), t.get(it.name).settled()})
	}
	return &out
}

// lose says that code which is not seen has each of the things, and may assign to their fields.
func lose(things ...*thing) {
	for _, t := range things {
		if t == nil || !t.changes() {
			continue
		}
		if t.cells != nil {
			t.cells.lost = true
		}
		lose(t.items...)
		for _, it := range t.fields {
			lose(it.value)
		}
	}
}
