// Package terraform states the resources of an evaluated Terraform program in the words of CloudFormation, and has them
// lowered into the nodes of a network.
//
// What a resource type means, its arguments and attributes and the defaults of the provider, is taken from the pages of
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs.
package terraform

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/lower"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// Lower adds the resources of the program to the network, in its order. A data source is kept as a plain resource,
// which says of what type a thing is that is defined elsewhere.
func Lower(b *graph.Builder, p *eval.Program) { Others{}.Lower(b, p) }

// Lower is Lower for a program that may find in other root modules what it looks for, and that they may add to.
func (o Others) Lower(b *graph.Builder, p *eval.Program) { o.lower(b, p) }

func (o Others) lower(b *graph.Builder, p *eval.Program) *expansion {
	x, ordered := o.join(b, p)
	finds := slices.ContainsFunc(ordered, func(r *resource) bool { return r.Data && finders[r.Type] != "" })
	for _, r := range ordered {
		if finds && !r.Data {
			r.config = x.tell(r.config)
		}
		r.config, r.stated.Exported = x.cleared(r.config), x.exported(r.Address)
		r.stated.Outputs = slices.Concat(p.HandedOn[r.Address], p.HandedOn[wholeOf(r.Address)])
	}
	x.takeOver(p)
	for _, step := range []func(*expansion, *resource){
		(*expansion).own, (*expansion).translate, (*expansion).adopt, (*expansion).add,
	} {
		for _, r := range ordered {
			step(x, r)
		}
	}
	x.nodes.Lower()
	for id, m := range x.network.Foreign {
		x.network.Foreign[id] = x.clear(m)
	}
	for _, changes := range []map[string]func(*expansion, *resource){finishes, joins} {
		for _, r := range ordered {
			if change, ok := changes[r.Type]; ok && !r.Data {
				change(x, r)
			}
		}
	}
	return x
}

// takeOver gives the network what the program says beside its resources.
func (x *expansion) takeOver(p *eval.Program) {
	x.network.Open = append(x.network.Open, p.Open...)
	x.network.Directives = append(x.network.Directives, p.Directives...)
	for _, c := range p.Copies {
		x.network.Copies = append(x.network.Copies, c)
	}
	x.network.Models = append(x.network.Models, p.Models...)
	for _, other := range p.Beside {
		x.builder.Beside(other)
	}
}

// add hands the resource to the common lowering: itself, or what it expands to, and what AWS makes with it.
func (x *expansion) add(r *resource) {
	stated := []*lower.Resource{r.stated}
	if expand, ok := expansions[r.Type]; ok && !r.Data {
		stated = expand(x, r)
	}
	for _, s := range append(stated, x.madeByAWS(r)...) {
		x.nodes.Add(s)
	}
}

func newExpansion(b *graph.Builder, p *eval.Program) *expansion {
	x := &expansion{
		builder:   b,
		network:   b.Network(),
		program:   p,
		symbols:   p.Symbols,
		resources: map[string]*resource{},
		names:     names{},
		found:     map[string]foundMany{},
		soles:     map[string]string{},
		named:     map[string]namesakes{},
	}
	x.nodes = lower.New(b, p.Symbols, x, lower.Defaults{AnyGateway: true})
	return x
}

// expansion states the instances of one program as resources of CloudFormation. Forms that only Terraform has become
// the plain resources that they stand for.
type expansion struct {
	builder   *graph.Builder
	network   *graph.Network
	program   *eval.Program
	symbols   *symbol.Table
	nodes     *lower.Deployment
	resources map[string]*resource // by address, data sources included
	sorted    []*resource          // the same in the order of their addresses
	names     names
	found     map[string]foundMany // by the address of the data source
	soles     map[string]string    // the addresses that data sources of one thing find, by their own
	kinds     map[aws.Kind][]*resource
	named     map[string]namesakes // by the addresses of dependencies
	spent     int                  // how many things of other root modules were compared with what data sources ask for
	elsewhere map[string]string    // the same of what they find in other root modules that are not part of the program
}

// resource is one instance with its arguments.
type resource struct {
	*eval.Instance
	home   *expansion // what it is part of
	config value.Value
	when   fact.Cond
	// stated is the instance in the words of CloudFormation, before its expansion.
	stated *lower.Resource
	tags   *fact.Elements[graph.Variable] // once they were asked for
}

// collect converts every instance, since they look at each other, and makes them known.
func (x *expansion) collect() []*resource {
	var ordered []*resource
	for _, in := range x.program.Instances {
		r := &resource{Instance: in, home: x, config: convert(in), when: in.When}
		x.resources[in.Address] = r
		ordered = append(ordered, r)
		argument := nameArguments[in.Type]
		if argument == "" || in.Data {
			continue
		}
		for _, it := range read.Cases(x.symbols, r.get(argument)).Items {
			if it.Value.Kind == value.Text {
				x.names.add(in, it.Value.Text)
			}
		}
	}
	x.sorted = slices.SortedFunc(slices.Values(ordered), func(a, b *resource) int {
		return strings.Compare(a.Address, b.Address)
	})
	for _, r := range ordered {
		x.state(r)
	}
	return ordered
}

// get is an argument of the resource, Absent when it is not written.
func (r *resource) get(name string) value.Value { return r.config.Get(name) }

// block is the block of a kind that is written once at most.
func (r *resource) block(name string) value.Value { return first(r.config.Get(name)) }

// state makes the resource known, with nothing but its tags in the words of CloudFormation: what others look it up by.
func (x *expansion) state(r *resource) {
	r.stated = &lower.Resource{
		Address: r.Address,
		Type:    r.Type,
		As:      inCloudFormation(r.Type),
		Data:    r.Data,
		Span:    r.Span,
		Written: r.config,
		Props:   places(r.Places),
		When:    r.when,
		Depends: r.Depends,
		Region:  r.Region,

		CreatedFirst: r.CreatedFirst,
		Several:      r.Summary,
	}
	set(&r.stated.Properties, "Tags", x.pairs(r.get("tags")))
	if r.DefaultTags != cty.NilVal {
		defaults := converter{r.Instance}.value(r.DefaultTags, "default_tags", r.Span, nil)
		set(&r.stated.Properties, lower.DefaultTags, x.pairs(defaults))
	}
	if lower.Shape(r.stated.As) == nil || r.Data {
		r.stated.As = r.Type
	}
	x.nodes.Know(r.stated)
}

// translate gives the resource its properties in the words of CloudFormation, if its type has any there.
func (x *expansion) translate(r *resource) {
	if shape := lower.Shape(r.stated.As); shape != nil {
		restate(r, x.inside(r.config, shape, r.Type))
		for property, types := range byName {
			if !slices.Contains(types, r.Type) { // else it is the name of its own
				x.callByName(r, property, types...)
			}
		}
	}
	if slices.Contains(subnetGroups, r.Type) {
		set(&r.stated.Properties, "SubnetIds", x.opened(r.get("subnet_ids")))
	}
}

// pairs are the entries of a map of tags as CloudFormation lists them.
func (x *expansion) pairs(tags value.Value) value.Value {
	return mapItems(read.Expand(x.symbols, tags), func(tags value.Value) value.Value {
		list := value.Value{Kind: value.List, Span: tags.Span, Items: make([]value.Value, len(tags.Fields))}
		for i, f := range tags.Fields {
			list.Items[i] = made(f.Value.Span, "Key", value.One(f.Name, f.NameSpan), "Value", f.Value)
		}
		return list
	})
}

// exported is what carries the identity of the instance, or of all instances of its resource, out of the program.
func (x *expansion) exported(address string) *fact.Missing {
	m, ok := x.program.Exported[address]
	if !ok {
		m, ok = x.program.Exported[wholeOf(address)]
	}
	if !ok || x.builder.IsComplete(address) {
		return nil
	}
	return &m
}

// wholeOf is the resource that the address is of an instance of, "" for one without an index.
func wholeOf(address string) string {
	whole, indexed := strings.CutSuffix(address, "]")
	if !indexed {
		return ""
	}
	return whole[:max(strings.LastIndex(whole, "["), 0)]
}

// part is a resource of the CloudFormation type as that is written inside r at path.
func part(
	r *resource, path string, when fact.Cond, span source.Span, as string, properties value.Value,
) *lower.Resource {
	props := map[string]source.Span{}
	for inner, place := range r.Places {
		if rest, ok := strings.CutPrefix(inner, path+"."); ok {
			props[rest] = place
		}
	}
	return &lower.Resource{
		Address:    r.Address + "." + path,
		Type:       r.Type,
		As:         as,
		Span:       span,
		Several:    r.Summary,
		Properties: properties,
		Props:      places(props),
		When:       r.when.And(when),
		Depends:    append([]string{r.Address}, r.Depends...),
		Region:     r.Region,
	}
}

func (x *expansion) text(v value.Value) fact.Value[fact.Text] { return read.Text(x.symbols, v) }
func (x *expansion) bool(v value.Value) fact.Value[bool]      { return read.Bool(x.symbols, v) }

// ref reads an argument that names a T.
func ref[T any](x *expansion, v value.Value, k lower.Of[T]) graph.Ref[T] {
	return lower.Ref(x.nodes, x.written(v), k)
}

// list gives the elements of an argument that is a list. A token in the place of a list stands for a whole one.
func (x *expansion) list(v value.Value) fact.List[value.Value] {
	return read.Flatten(x.symbols, x.opened(v))
}
