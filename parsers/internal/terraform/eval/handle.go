package eval

import (
	"reflect"

	"github.com/zclconf/go-cty/cty"
)

// handle is a value whose attributes are evaluated when they are asked for: an instance of a resource or of a module,
// or a nested block. So objects may refer to each other as Terraform allows, attribute by attribute.
type handle struct {
	// key is the address.
	key string
	// attr gives an attribute; one that nothing configures is what the provider computes.
	attr func(name string) (cty.Value, error)
	// names are the attributes that the configuration states.
	names func() []string
	// at is the element of that index, where the handle stands for an unknown number of objects.
	at func(index string) *handle
}

var handleType = cty.Capsule("object", reflect.TypeFor[handle]())

func (h *handle) value() cty.Value { return cty.CapsuleVal(handleType, h) }

func isHandle(v cty.Value) bool {
	return v.Type() == handleType && !v.IsMarked() && v.IsKnown() && !v.IsNull()
}

func asHandle(v cty.Value) *handle { return v.EncapsulatedValue().(*handle) }

// object is the handle as an object of the attributes that the configuration states, for what needs all of them.
func (h *handle) object() cty.Value {
	attrs := map[string]cty.Value{}
	for _, name := range h.names() {
		if v, err := h.attr(name); err == nil {
			attrs[name] = v
		}
	}
	return cty.ObjectVal(attrs)
}

// materialize replaces handles inside v by objects.
func (r *run) materialize(v cty.Value) cty.Value { return r.materializeTo(v, maxNesting) }

// maxNesting bounds how deep objects inside objects are followed.
const maxNesting = 8

func (r *run) materializeTo(v cty.Value, depth int) cty.Value {
	if r.spend(1) != nil {
		return cty.DynamicVal
	}
	switch ty := v.Type(); {
	case isHandle(v) && depth == 0:
		return cty.StringVal(asHandle(v).key)
	case isHandle(v):
		return r.materializeTo(asHandle(v).object(), depth-1)
	case !holdsHandles(ty) || v.IsMarked() || !v.IsKnown() || v.IsNull():
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

func holdsHandles(ty cty.Type) bool {
	switch {
	case ty == handleType:
		return true
	case ty.IsPrimitiveType():
		return false
	case ty.IsCollectionType():
		return holdsHandles(ty.ElementType())
	case ty.IsObjectType():
		for _, t := range ty.AttributeTypes() {
			if holdsHandles(t) {
				return true
			}
		}
	case ty.IsTupleType():
		for _, t := range ty.TupleElementTypes() {
			if holdsHandles(t) {
				return true
			}
		}
	}
	return false
}
