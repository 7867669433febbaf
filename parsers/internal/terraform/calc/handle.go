package calc

import (
	"reflect"

	"github.com/zclconf/go-cty/cty"
)

// Handle is a value whose attributes are evaluated when they are asked for: an instance of a resource or of a module,
// or a nested block. So objects may refer to each other as Terraform allows, attribute by attribute.
type Handle struct {
	// Key is the address.
	Key string
	// Attr gives an attribute; one that nothing configures is what the provider computes.
	Attr func(name string) (cty.Value, error)
	// Names are the attributes that the configuration states.
	Names func() []string
	// At is the element of that index, where the handle stands for an unknown number of objects.
	At func(index string) *Handle
}

var handleType = cty.Capsule("object", reflect.TypeFor[Handle]())

// Value is the handle as a value.
func (h *Handle) Value() cty.Value { return cty.CapsuleVal(handleType, h) }

// IsHandle reports a value that is a handle.
func IsHandle(v cty.Value) bool {
	return v.Type() == handleType && !v.IsMarked() && v.IsKnown() && !v.IsNull()
}

// AsHandle is the handle that a value is; see IsHandle.
func AsHandle(v cty.Value) *Handle { return v.EncapsulatedValue().(*Handle) }

// Object is the handle as an object of the attributes that the configuration states, for what needs all of them.
func (h *Handle) Object() cty.Value {
	attrs := map[string]cty.Value{}
	for _, name := range h.Names() {
		if v, err := h.Attr(name); err == nil {
			attrs[name] = v
		}
	}
	return cty.ObjectVal(attrs)
}

// Materialize replaces handles inside v by objects.
func (r *Run) Materialize(v cty.Value) cty.Value { return r.materializeTo(v, maxNesting) }

// maxNesting bounds how deep objects inside objects are followed.
const maxNesting = 8

func (r *Run) materializeTo(v cty.Value, depth int) cty.Value {
	if r.Spend(1) != nil {
		return cty.DynamicVal
	}
	switch ty := v.Type(); {
	case IsHandle(v) && depth == 0:
		return cty.StringVal(AsHandle(v).Key)
	case IsHandle(v):
		return r.materializeTo(AsHandle(v).Object(), depth-1)
	case !HoldsHandles(ty) || v.IsMarked() || !v.IsKnown() || v.IsNull():
		return v
	case ty.IsObjectType() || ty.IsMapType():
		attrs := map[string]cty.Value{}
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			attrs[k.AsString()] = r.materializeTo(x, depth)
		}
		return cty.ObjectVal(attrs)
	}
	var items []cty.Value
	for it := v.ElementIterator(); it.Next(); {
		_, x := it.Element()
		items = append(items, r.materializeTo(x, depth))
	}
	return cty.TupleVal(items)
}

// HoldsHandles reports a type whose values have handles in them.
func HoldsHandles(ty cty.Type) bool {
	switch {
	case ty == handleType:
		return true
	case ty.IsPrimitiveType():
		return false
	case ty.IsCollectionType():
		return HoldsHandles(ty.ElementType())
	case ty.IsObjectType():
		for _, t := range ty.AttributeTypes() {
			if HoldsHandles(t) {
				return true
			}
		}
	case ty.IsTupleType():
		for _, t := range ty.TupleElementTypes() {
			if HoldsHandles(t) {
				return true
			}
		}
	}
	return false
}
