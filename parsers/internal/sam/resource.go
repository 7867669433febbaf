package sam

import "github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"

// written is a resource of the template. Properties are after Globals.
type written struct {
	maker      // at the logical id
	id, kind   string
	node       *tree.Node
	properties *tree.Node
}

func (t *translation) read(f tree.Field) written {
	s := written{maker: maker{f.KeySpan}, id: f.Key, node: f.Value}
	s.kind, _ = text(f.Value.Get("Type"))
	s.properties = t.withGlobals(s.kind, f.Value)
	return s
}

// get returns a property, nil where it is absent or null.
func (s written) get(name string) *tree.Node {
	if n := s.properties.Get(name); given(n) {
		return n
	}
	return nil
}

// resource is a generated one.
type resource struct {
	maker
	id, kind   string
	attributes []tree.Field
	properties []tree.Field
	// whole is the node of a resource that is not generated.
	whole *tree.Node
}

// main starts the resource that keeps the logical id of s and all its resource attributes.
func (s written) main(kind string) *resource {
	r := &resource{maker: s.maker, id: s.id, kind: kind}
	for _, f := range s.node.Fields {
		switch f.Key {
		case "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy":
			r.attributes = append(r.attributes, f)
		}
	}
	return r
}

// child starts a resource that s brings along: it exists under the same condition.
func (s written) child(suffix, kind string) *resource {
	r := &resource{maker: s.maker, id: s.id + suffix, kind: kind}
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
	if given(value) {
		r.properties = append(r.properties, r.maker.field(name, value))
	}
}

// copy takes over properties of s with their places.
func (r *resource) copy(s written, names ...string) {
	for _, name := range names {
		if f := s.properties.Field(name); f != nil && given(f.Value) {
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
	r.attributes = append(r.attributes, r.maker.field(name, value))
}

func (r *resource) field() tree.Field {
	if r.whole != nil {
		return tree.Field{Key: r.id, KeySpan: r.span, Value: r.whole}
	}
	entries := append([]tree.Field{r.maker.field("Type", r.text(r.kind))}, r.attributes...)
	if len(r.properties) > 0 {
		entries = append(entries, r.maker.field("Properties", r.object(r.properties...)))
	}
	return tree.Field{Key: r.id, KeySpan: r.span, Value: r.object(entries...)}
}
