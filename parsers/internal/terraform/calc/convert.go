package calc

import (
	"errors"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// Convert is To without its error: what cannot be converted stays as it is.
func (r *Run) Convert(v cty.Value, ty cty.Type) cty.Value {
	if out, err := r.To(v, ty); err == nil {
		return out
	}
	return v
}

// To converts a value as Terraform does for arguments and variables. A token where something other than a text is
// wanted becomes an unknown of the type; a handle becomes an object.
func (r *Run) To(v cty.Value, ty cty.Type) (cty.Value, error) {
	if _, ok := AsChoice(v, r.Table); ok && ty != cty.DynamicPseudoType && !v.Type().Equals(ty) {
		return r.Spread([]cty.Value{v}, func(args []cty.Value) (cty.Value, error) { return r.To(args[0], ty) })
	}
	if ty == cty.DynamicPseudoType || v.Type().Equals(ty) {
		return v, nil
	}
	plain, marks := v.Unmark()
	switch {
	case plain.IsNull():
		return cty.NullVal(ty), nil
	case !plain.IsKnown():
		return cty.UnknownVal(ty).WithMarks(marks), nil
	case HasToken(v) && ty != cty.String:
		if s, ok := OnlySymbol(v, r.Table); ok {
			return r.Unknown(ty, s.Key, s.Missing), nil
		}
		return r.Derived(ty, r.Canonical(v), v), nil
	case IsHandle(v):
		return r.handleTo(AsHandle(v), ty)
	case ty.IsPrimitiveType():
		if err := CheckNumber(plain); err != nil {
			return cty.NilVal, err
		}
		out, err := convert.Convert(v, ty)
		if err == nil {
			err = CheckNumber(out)
		}
		return out, err
	case ty.IsListType() || ty.IsSetType() || ty.IsTupleType():
		return r.toSequence(plain, ty)
	case ty.IsMapType() || ty.IsObjectType():
		return r.toMapping(plain, ty)
	}
	return convert.Convert(v, ty)
}

func (r *Run) handleTo(h *Handle, ty cty.Type) (cty.Value, error) {
	if !ty.IsObjectType() {
		return r.To(h.Object(), ty)
	}
	attrs := map[string]cty.Value{}
	types := ty.AttributeTypes()
	for _, name := range slices.Sorted(maps.Keys(types)) {
		v, err := h.Attr(name)
		if err == nil {
			v, err = r.To(v, types[name])
		}
		if err != nil {
			return cty.NilVal, err
		}
		attrs[name] = v
	}
	return cty.ObjectVal(attrs), nil
}

// Errors of conversions.
var (
	ErrNotSequence = errors.New("a list or set is required")
	ErrTooBig      = errors.New("the number is too large")

	errNotMapping = errors.New("a map or object is required")
)

func (r *Run) toSequence(v cty.Value, ty cty.Type) (cty.Value, error) {
	from := v.Type()
	if !from.IsTupleType() && !from.IsListType() && !from.IsSetType() {
		return cty.NilVal, ErrNotSequence
	}
	var items []cty.Value
	for it := v.ElementIterator(); it.Next(); {
		_, x := it.Element()
		want := cty.DynamicPseudoType
		switch {
		case !ty.IsTupleType():
			want = ty.ElementType()
		case len(items) < ty.Length():
			want = ty.TupleElementType(len(items))
		}
		x, err := r.To(x, want)
		if err != nil {
			return cty.NilVal, err
		}
		items = append(items, x)
	}
	switch {
	case ty.IsTupleType() && len(items) != ty.Length():
		return cty.NilVal, ErrNotSequence
	case ty.IsTupleType():
		return cty.TupleVal(items), nil
	}
	elem, items, same := r.unify(items, ty.ElementType())
	switch {
	case !same:
		return cty.TupleVal(items), nil // elements of different shape, which is harmless here
	case len(items) == 0 && ty.IsSetType():
		return cty.SetValEmpty(elem), nil
	case len(items) == 0:
		return cty.ListValEmpty(elem), nil
	case ty.IsSetType() && !allKnown(items):
		return r.Derived(ty, "toset("+r.Canonical(items...)+")", items...), nil
	case ty.IsSetType():
		return cty.SetVal(items), nil
	}
	return cty.ListVal(items), nil
}

func (r *Run) toMapping(v cty.Value, ty cty.Type) (cty.Value, error) {
	if !v.Type().IsObjectType() && !v.Type().IsMapType() {
		return cty.NilVal, errNotMapping
	}
	have := v.AsValueMap()
	attrs := map[string]cty.Value{}
	if ty.IsObjectType() {
		types := ty.AttributeTypes()
		for _, name := range slices.Sorted(maps.Keys(types)) {
			x, ok := have[name]
			switch {
			case !ok && ty.AttributeOptional(name):
				x = cty.NullVal(types[name])
			case !ok:
				return cty.NilVal, errors.New("attribute \"" + name + "\" is required")
			}
			x, err := r.To(x, types[name])
			if err != nil {
				return cty.NilVal, err
			}
			attrs[name] = x
		}
		return cty.ObjectVal(attrs), nil
	}
	names := slices.Sorted(maps.Keys(have))
	items := make([]cty.Value, 0, len(names))
	for _, name := range names {
		x, err := r.To(have[name], ty.ElementType())
		if err != nil {
			return cty.NilVal, err
		}
		items = append(items, x)
	}
	elem, items, same := r.unify(items, ty.ElementType())
	for i, name := range names {
		attrs[name] = items[i]
	}
	switch {
	case !same:
		return cty.ObjectVal(attrs), nil
	case len(attrs) == 0:
		return cty.MapValEmpty(elem), nil
	}
	return cty.MapVal(attrs), nil
}

// distinctTypes are the types of the values, each once, and the index of each value's. The library compares all with
// all to unify them.
func (r *Run) distinctTypes(of []cty.Value) (types []cty.Type, index []int, err error) {
	index = make([]int, len(of))
	for i, x := range of {
		ty := x.Type()
		at := 0
		if i > 0 && types[index[i-1]].Equals(ty) {
			at = index[i-1]
		} else if at = slices.IndexFunc(types, ty.Equals); at < 0 {
			at = len(types)
			types = append(types, ty)
			if err := r.Spend(len(types) * ComparisonWork); err != nil {
				return nil, nil, err
			}
		}
		index[i] = at
	}
	return types, index, nil
}

// unify brings the elements of a collection to one type. same is false when they have none.
func (r *Run) unify(items []cty.Value, want cty.Type) (elem cty.Type, out []cty.Value, same bool) {
	if len(items) == 0 {
		return want, items, true
	}
	types, of, err := r.distinctTypes(items)
	if err != nil {
		return cty.NilType, items, false
	}
	elem, conversions := convert.Unify(types)
	if elem == cty.NilType || elem == cty.DynamicPseudoType {
		return elem, items, len(types) == 1
	}
	out = make([]cty.Value, len(items))
	for i, x := range items {
		out[i] = x
		if conversion := conversions[of[i]]; conversion != nil {
			c, err := conversion(x)
			if err != nil {
				return elem, items, false
			}
			out[i] = c
		}
	}
	return elem, out, haveOneType(out) // an attribute that is null in one element may keep its type in another
}

// haveOneType reports whether a collection can hold the values: those whose type is not known fit any.
func haveOneType(vs []cty.Value) bool {
	known := slices.DeleteFunc(slices.Clone(vs), func(v cty.Value) bool { return v.Type() == cty.DynamicPseudoType })
	return !slices.ContainsFunc(known, func(v cty.Value) bool { return !v.Type().Equals(known[0].Type()) })
}

func allKnown(vs []cty.Value) bool {
	for _, v := range vs {
		if v.ContainsMarked() || !v.IsWhollyKnown() {
			return false
		}
	}
	return true
}

// MaxExponent bounds numbers: written out, a larger one would fill the memory.
const MaxExponent = 8_192

// CheckNumber refuses a number that is too long to write out.
func CheckNumber(v cty.Value) error {
	if v.Type() != cty.Number || v.IsMarked() || !v.IsKnown() || v.IsNull() {
		return nil
	}
	if e := v.AsBigFloat().MantExp(nil); e > MaxExponent || e < -MaxExponent {
		return ErrTooBig
	}
	return nil
}
