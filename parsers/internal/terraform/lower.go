// Package terraform lowers an evaluated Terraform program into the nodes of a network.
//
// What a resource type means, its arguments and attributes and the defaults of the provider, is taken from the pages of
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs.
package terraform

import (
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Lower adds the resources of the program to the network, in its order. A data source is kept as a plain resource, which
// says of what type a thing is that is defined elsewhere.
func Lower(b *graph.Builder, p *eval.Program) {
	l := &lowering{
		builder:   b,
		network:   b.Network(),
		program:   p,
		symbols:   p.Symbols,
		resources: map[string]*resource{},
		adopters:  map[string][]adopter{},
		names:     names{},
		found:     map[string]foundSubnets{},
	}
	l.network.Open = append(l.network.Open, p.Open...)
	l.network.Directives = append(l.network.Directives, p.Directives...)
	ordered := l.collect()
	for _, r := range ordered {
		l.adopt(r)
	}
	for _, r := range ordered {
		if f, ok := lowerings[r.Type]; ok && !r.Data {
			f(l, r)
		} else {
			l.other(r)
		}
	}
	for _, r := range ordered {
		if f, ok := joins[r.Type]; ok && !r.Data {
			f(l, r)
		}
	}
}

// lowering turns the instances of one program into nodes.
type lowering struct {
	builder   *graph.Builder
	network   *graph.Network
	program   *eval.Program
	symbols   *symbol.Table
	resources map[string]*resource // by address, data sources included
	adopters  map[string][]adopter // by the identity of what is adopted
	names     names
	found     map[string]foundSubnets // by the address of the data source
}

// resource is one instance with its arguments.
type resource struct {
	*eval.Instance
	config value.Value
	when   fact.Cond
}

// collect converts every instance, since they look at each other.
func (l *lowering) collect() []*resource {
	var ordered []*resource
	for _, in := range l.program.Instances {
		r := &resource{Instance: in, config: convert(in), when: existence(in)}
		l.resources[in.Address] = r
		ordered = append(ordered, r)
		argument := nameArguments[in.Type]
		if argument == "" || in.Data {
			continue
		}
		for _, it := range read.Cases(l.symbols, r.get(argument)).Items {
			if it.Value.Kind == value.Text {
				l.names.add(in, it.Value.Text)
			}
		}
	}
	return ordered
}

// existence is the condition under which the instance is there. Of an instance that stands for an unknown number, it is
// not known whether there is one at all.
func existence(in *eval.Instance) fact.Cond {
	if !in.Summary || !in.When.IsAlways() {
		return in.When
	}
	return fact.If(&fact.Atom{
		Subject: "number of " + in.Address, Literal: "some",
		Why: []fact.Missing{{Kind: fact.Intrinsic, Name: "number of " + in.Address, Span: in.Span}},
	})
}

// get is an argument of the resource, Absent when it is not written.
func (r *resource) get(name string) value.Value { return r.config.Get(name) }

// block is the block of a kind that is written once at most.
func (r *resource) block(name string) value.Value { return first(r.config.Get(name)) }

func (l *lowering) header(r *resource) graph.Header {
	return graph.Header{
		Address:  r.Address,
		Type:     r.Type,
		Span:     r.Span,
		Props:    places(r.Places),
		When:     r.when,
		Depends:  r.Depends,
		Exported: l.exported(r.Address),
		Tags:     l.tags(r),
	}
}

// exported is what carries the identity of the instance, or of all instances of its resource, out of the program.
func (l *lowering) exported(address string) *fact.Missing {
	m, ok := l.program.Exported[address]
	if whole, index := strings.CutSuffix(address, "]"); !ok && index {
		m, ok = l.program.Exported[whole[:max(strings.LastIndex(whole, "["), 0)]]
	}
	if !ok {
		return nil
	}
	return &m
}

// part is the header of what is written inside r at path.
func (l *lowering) part(r *resource, path string, when fact.Cond, span source.Span) graph.Header {
	props := map[string]source.Span{}
	for inner, place := range r.Places {
		if rest, ok := strings.CutPrefix(inner, path+"."); ok {
			props[rest] = place
		}
	}
	return graph.Header{
		Address: r.Address + "." + path,
		Type:    r.Type,
		Span:    span,
		Props:   places(props),
		When:    r.when.And(when),
		Depends: append([]string{r.Address}, r.Depends...),
	}
}

func (l *lowering) tags(r *resource) map[string]string {
	var out map[string]string
	for _, f := range r.get("tags").Fields {
		if f.Value.Kind == value.Text && !symbol.Has(f.Name+f.Value.Text) {
			if out == nil {
				out = map[string]string{}
			}
			out[f.Name] = f.Value.Text
		}
	}
	return out
}

// tagList are the tags of the resource and those that its provider configuration gives it.
func (l *lowering) tagList(r *resource) fact.List[graph.Variable] {
	own := read.TagMap(l.symbols, r.get("tags"))
	if r.DefaultTags == cty.NilVal {
		return own
	}
	defaults := converter{r.Instance}.value(r.DefaultTags, "default_tags", r.Span, nil)
	return read.WithDefaults(own, read.TagMap(l.symbols, defaults))
}

// other keeps a resource that has no node of its own, with its texts.
func (l *lowering) other(r *resource) {
	graph.Add(l.builder, &l.network.Resources, &graph.Resource{
		Header:     l.header(r),
		Properties: read.Properties(l.symbols, r.config, func(string) bool { return false }),
	})
}

func (l *lowering) text(v value.Value) fact.Value[fact.Text] { return read.Text(l.symbols, v) }
func (l *lowering) bool(v value.Value) fact.Value[bool]      { return read.Bool(l.symbols, v) }
func (l *lowering) int(v value.Value) fact.Value[int]        { return read.Int(l.symbols, v) }
func (l *lowering) prefix(v value.Value) cidr                { return read.Parse(l.symbols, v, read.ParsePrefix) }

// list gives the elements of an argument that is a list. A token in the place of a list stands for a whole one.
func (l *lowering) list(v value.Value) fact.List[value.Value] {
	return read.Flatten(l.symbols, l.opened(v))
}

func (l *lowering) opened(v value.Value) value.Value {
	v = read.Expand(l.symbols, v)
	if found, ok := l.lookedUp(v); ok {
		return found
	}
	switch s, token := l.symbols.Only(v.Text); {
	case v.Kind == value.Choice:
		then, otherwise := l.opened(*v.Then), l.opened(*v.Else)
		return value.Either(v.When, then, otherwise, v.Span)
	case v.Kind == value.Text && token && !v.Single:
		return value.Value{Kind: value.Unknown, Span: v.Span, Missing: []fact.Missing{s.Missing}, Key: s.Key}
	}
	return v
}

// texts gives an argument as a list of texts.
func (l *lowering) texts(v value.Value) fact.List[fact.Value[fact.Text]] {
	return read.Each(l.list(v), l.text)
}
