package calc

import (
	"reflect"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// Work is counted in parts of values: an operation is charged for each part that it goes through, before it begins.

// Spend charges work. Once there is too much of it every expression fails.
func (r *Run) Spend(parts int) error {
	if r.work = min(r.work+parts, 2*budget.HCLWork.Max); r.work > budget.HCLWork.Max && r.Ended == nil {
		return r.Host.Exhaust(budget.HCLWork)
	}
	return r.Ended
}

// Walked charges for going through all of the values once.
func (r *Run) Walked(vs ...cty.Value) error {
	left := budget.HCLWork.Max - r.work
	for _, v := range vs {
		left -= r.parts(v, left)
	}
	return r.Spend(budget.HCLWork.Max - r.work - left)
}

// TextPart is how many bytes of a text count as one part.
const TextPart = 16

// passed charges for going through values, texts as one part. It is false when there was too much work.
func (r *Run) passed(vs ...cty.Value) bool {
	for _, v := range vs {
		n, _ := r.width(v, budget.HCLWork.Max-r.work)
		if r.Spend(n) != nil {
			return false
		}
	}
	return true
}

// parts is how many parts v has. A part that stands in several places counts in each, as whatever goes through v meets
// it there. Counting ends when there are more than most.
func (r *Run) parts(v cty.Value, most int) int {
	if most < 0 {
		return 1
	}
	src, _ := SourceOf(v)
	v, _ = v.Unmark()
	switch ty := v.Type(); {
	case src.Choice != nil:
		n := 1 + r.parts(src.Choice.Then, most)
		return n + r.parts(src.Choice.Else, most-n)
	case !v.IsKnown() || v.IsNull():
		return 1
	case ty == cty.String:
		return 1 + len(v.AsString())/TextPart
	case !v.CanIterateElements():
		return 1
	}
	n := 1
	for it := v.ElementIterator(); it.Next() && n <= most; {
		_, x := it.Element()
		n += r.parts(x, most-n)
	}
	return n
}

// Built is a new value with parts of others in it. One with too many parts is refused, as whatever looks at it would
// go through all of them, however few they are in memory.
func (r *Run) Built(v cty.Value) (cty.Value, error) {
	n, spent := r.width(v, budget.HCLParts.Max)
	if err := r.Spend(spent); err != nil {
		return v, err
	}
	if n > budget.HCLParts.Max {
		return v, r.Host.Overrun(budget.HCLParts)
	}
	return v, nil
}

// width is how many parts a value has, texts as one, and how many were looked at to know it: of tuples and objects the
// types tell it, which are kept.
func (r *Run) width(v cty.Value, most int) (n, spent int) {
	if v.IsMarked() {
		return r.openWidth(v, most)
	}
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		return 1, 0
	}
	if n := r.typeWidth(v.Type()); n > 0 {
		return n, 1
	}
	n, spent = 1, 1
	for it := v.ElementIterator(); it.Next() && n <= most; {
		_, x := it.Element()
		a, b := r.width(x, most-n)
		n, spent = n+a, spent+1+b
	}
	return n, spent
}

// openWidth is the width of a value with marks. That of a choice is kept, as many values share one.
func (r *Run) openWidth(v cty.Value, most int) (n, spent int) {
	src, _ := SourceOf(v)
	switch plain, _ := v.Unmark(); {
	case plain.IsKnown():
		return r.width(plain, most)
	case src.Choice == nil:
		return 1, 1
	}
	if n, ok := r.choiceWidths[src.Choice]; ok {
		return n, 1
	}
	a, x := r.width(src.Choice.Then, budget.HCLParts.Max)
	b, y := r.width(src.Choice.Else, budget.HCLParts.Max)
	n = min(a+b, 2*budget.HCLParts.Max)
	r.choiceWidths[src.Choice] = n
	return n, 1 + x + y
}

// typeWidth is how many parts the values of a type have, or 0 where that differs from value to value. A type that holds
// another twice shares it, level upon level, so each is counted once. Types are no keys of a map: where its parts lie
// tells one.
func (r *Run) typeWidth(ty cty.Type) int {
	var parts []cty.Type
	var key uintptr
	switch {
	case ty.IsTupleType():
		parts = ty.TupleElementTypes()
		key = reflect.ValueOf(parts).Pointer()
	case ty.IsObjectType():
		attrs := ty.AttributeTypes()
		key = reflect.ValueOf(attrs).Pointer()
		if known, ok := r.widths[key]; ok {
			return known.parts
		}
		for _, t := range attrs {
			parts = append(parts, t)
		}
	case ty.IsPrimitiveType() || ty == handleType:
		return 1
	default:
		return 0
	}
	if known, ok := r.widths[key]; ok && len(parts) > 0 {
		return known.parts
	}
	n := 1
	for _, t := range parts {
		w := r.typeWidth(t)
		if w == 0 {
			n = 0
			break
		}
		n = min(n+w, 2*budget.HCLParts.Max)
	}
	if len(parts) > 0 {
		r.widths[key] = typeWidth{ty, n}
	}
	return n
}

// typeWidth keeps the type, so that no other one comes to lie where it is.
type typeWidth struct {
	of    cty.Type
	parts int
}

// ComparisonWork is how much dearer it is to compare two values than to look at one.
const ComparisonWork = 6

// ElementWork is what it takes to make an element of what it refers to, and to look at that in the network.
const ElementWork = 100
