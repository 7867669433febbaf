package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// written is a resource of the template. Properties are after Globals.
type templateResource struct {
	builder    // at the logical id
	id, typ    string
	node       *tree.Node
	properties *tree.Node
}

func (t *translation) read(f tree.Field) templateResource {
	s := templateResource{builder: builder{f.KeySpan}, id: f.Key, node: f.Value}
	s.typ, _ = text(f.Value.Get("Type"))
	s.properties = t.withGlobals(s.typ, f.Value)
	return s
}

// get returns a property, nil where it is absent or null.
func (s templateResource) get(name string) *tree.Node {
	if n := s.properties.Get(name); isGiven(n) {
		return n
	}
	return nil
}

// resource is a generated one.
type resource struct {
	builder
	id, typ    string
	attributes []tree.Field
	properties []tree.Field
	// whole is the node of a resource that is not generated.
	whole *tree.Node
}

// main starts the resource that keeps the logical id of s and all its resource attributes.
func (s templateResource) withSameID(typ string) *resource {
	r := &resource{builder: s.builder, id: s.id, typ: typ}
	for _, f := range s.node.Fields {
		switch f.Key {
		case "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy":
			r.attributes = append(r.attributes, f)
		}
	}
	return r
}

// child starts a resource that s brings along: it exists under the same condition.
func (s templateResource) child(suffix, typ string) *resource {
	r := &resource{builder: s.builder, id: s.id + suffix, typ: typ}
	for _, f := range s.node.Fields {
		switch f.Key {
		case "Condition", "DeletionPolicy", "UpdateReplacePolicy":
			r.attributes = append(r.attributes, f)
		}
	}
	return r
}

// set writes a property; an absent value writes nothing.
func (r *resource) set(name string, value *tree.Node) {
	if isGiven(value) {
		r.properties = append(r.properties, r.builder.field(name, value))
	}
}

// copy takes over properties of s with their places.
func (r *resource) copyFrom(s templateResource, names ...string) {
	for _, name := range names {
		if f := s.properties.Field(name); f != nil && isGiven(f.Value) {
			r.properties = append(r.properties, *f)
		}
	}
}

func (r *resource) get(name string) *tree.Node {
	for _, f := range r.properties {
		if f.Key == name {
			return f.Value
		}
	}
	return nil
}

// attribute writes a resource attribute over one of that name.
func (r *resource) attribute(name string, value *tree.Node) {
	for i := range r.attributes {
		if r.attributes[i].Key == name {
			r.attributes[i].Value = value
			return
		}
	}
	r.attributes = append(r.attributes, r.builder.field(name, value))
}

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
