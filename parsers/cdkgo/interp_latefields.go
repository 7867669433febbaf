package cdkgo

import (
	"go/ast"
	"go/types"
)

// lateFields are the fields of one struct behind a pointer that the code assigns to after it made the struct, as in
// t.Vpc = vpc. Such a field is followed under three conditions: only one statement of the package assigns it, that
// statement certainly runs, and code that is not seen did not get the struct. Before the assignment is read, the field
// is unknown.
type lateFields struct {
	when   string // the condition under which the struct was made
	values map[string]field
	shared bool // code that is not seen has the struct
}

// get is what was assigned to the field last.
func (l *lateFields) get(name string) (f field, ok bool) {
	if l == nil || l.shared {
		return field{}, false
	}
	f, ok = l.values[name]
	return f, ok
}

// withLateFields gives late fields to a literal whose address is taken, where the package assigns to any of its
// fields. A package variable gets none, because nothing tells in which order the functions that use it run.
func (f *frame) withLateFields(e ast.Expr, literal *val) *val {
	s, ok := deref(f.info.TypeOf(e)).Underlying().(*types.Struct)
	if literal.form != structure || literalOf(e) == nil || !ok || f.vars == nil {
		return literal
	}
	for v := range s.Fields() {
		if f.mutations.fieldWrites[v] > 0 {
			literal.late = &lateFields{when: f.when.String(), values: map[string]field{}}
			break
		}
	}
	return literal
}

// store follows the assignment x.field = v.
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
	isSure := on.late.when == f.when.String() && !f.deferred
	if f.mutations.fieldWrites[named] != 1 || !isSure || v.isMutable() {
		v = f.notFollowed(l, "it is assigned afterwards")
	}
	on.late.values[named.Name()] = field{named.Name(), f.span(l.Sel), v}
}

// isPath says whether the expression only names something. Such an expression can be evaluated twice.
func isPath(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isPath(e.X)
	}
	return false
}

// isMutable says whether v, or anything in it, has late fields.
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

// snapshot is v with the values that its late fields have now. Go copies a struct like that, and so does a call of the
// CDK, which reads its props at once.
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

// share notes that code which is not seen has the values, and may assign to their fields. A nil value is skipped.
func share(vals ...*val) {
	for _, v := range vals {
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
