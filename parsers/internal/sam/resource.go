package sam

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// templateResource is a resource as the template has it. Its nodes have the span of its logical id.
type templateResource struct {
	builder
	id, typ    string
	node       *tree.Node // all of it
	properties *tree.Node // those of node merged with Globals; may be nil
}

// read is the resource of one entry of Resources.
func (t *translation) read(f tree.Field) templateResource {
	s := templateResource{builder: builder{f.KeySpan}, id: f.Key, node: f.Value}
	s.typ, _ = text(f.Value.Get("Type"))
	s.properties = t.withGlobals(s.typ, f.Value)
	return s
}

// get is a property, or nil where it is absent or null.
func (s templateResource) get(name string) *tree.Node { return givenEntry(s.properties, name) }

// resource is a resource of the expanded template.
type resource struct {
	builder
	id, typ    string
	attributes []tree.Field // resource attributes such as Condition
	properties []tree.Field
	// whole is the node of a resource that is taken from the template. It stands for attributes and properties.
	whole *tree.Node
}

// withSameID starts the resource that keeps the logical id of s and all its resource attributes.
func (s templateResource) withSameID(typ string) *resource {
	return s.start(s.id, typ,
		"Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy")
}

// child starts the resource <id><suffix>, which SAM generates for s. It exists under the same condition.
func (s templateResource) child(suffix, typ string) *resource {
	return s.start(s.id+suffix, typ, "Condition", "DeletionPolicy", "UpdateReplacePolicy")
}

// start starts a resource with these resource attributes of s.
func (s templateResource) start(id, typ string, attributes ...string) *resource {
	r := &resource{builder: s.builder, id: id, typ: typ}
	for _, f := range s.node.Fields {
		if slices.Contains(attributes, f.Key) {
			r.attributes = append(r.attributes, f)
		}
	}
	return r
}

// hasDeletionPolicy says whether the resource has a DeletionPolicy.
func (r *resource) hasDeletionPolicy() bool {
	return slices.ContainsFunc(r.attributes, func(f tree.Field) bool { return f.Key == "DeletionPolicy" })
}

// set writes a property, unless the value is absent or null.
func (r *resource) set(name string, value *tree.Node) {
	if isGiven(value) {
		r.properties = append(r.properties, r.builder.field(name, value))
	}
}

// copyFrom takes over properties of s with their spans.
func (r *resource) copyFrom(s templateResource, names ...string) {
	for _, name := range names {
		if f := s.properties.Field(name); f != nil && isGiven(f.Value) {
			r.properties = append(r.properties, *f)
		}
	}
}

// get is a property, or nil where it is absent.
func (r *resource) get(name string) *tree.Node {
	for _, f := range r.properties {
		if f.Key == name {
			return f.Value
		}
	}
	return nil
}

// attribute writes a resource attribute. It replaces one of that name.
func (r *resource) attribute(name string, value *tree.Node) {
	for i := range r.attributes {
		if r.attributes[i].Key == name {
			r.attributes[i].Value = value
			return
		}
	}
	r.attributes = append(r.attributes, r.builder.field(name, value))
}

// entry is the resource as an entry of Resources.
func (r *resource) entry() tree.Field {
	if r.whole != nil {
		return tree.Field{Key: r.id, KeySpan: r.span, Value: r.whole}
	}
	entries := append([]tree.Field{r.builder.field("Type", r.text(r.typ))}, r.attributes...)
	if len(r.properties) > 0 {
		entries = append(entries, r.builder.field("Properties", r.object(r.properties...)))
	}
	return tree.Field{Key: r.id, KeySpan: r.span, Value: r.object(entries...)}
}
