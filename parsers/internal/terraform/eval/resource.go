package eval

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/aws"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// set is all instances of one resource block.
type set struct {
	block   *config.Resource
	copies  *copies
	objects map[string]*object // by the key of their turn
	places  map[string]source.Span
	whole   cty.Value
}

// object is one instance of a resource or data source.
type object struct {
	*scope
	set     *set
	turn    turn
	address string
	memo    memos
	model   map[string]cty.Value // attributes of a data source that is computed here
	modeled bool
	asked   *query // what a data source asks for, once that is read
	unclear string // what would tell what a data source finds, if that may be several things
}

// set expands a resource block, once.
func (f *frame) set(address string, at hcl.Range) (*set, error) {
	block := f.module.Resource(address)
	if block == nil {
		return nil, f.failAt(at, "there is no %s in this module", address)
	}
	_, err := f.once(address, block.Range, func() (cty.Value, error) {
		c, err := f.expand(block.Body, address, f.isBystander(block))
		if err != nil {
			return cty.NilVal, err
		}
		s := &set{block: block, copies: c, objects: map[string]*object{}}
		for _, e := range c.turns {
			in := f.scope()
			if e.names != nil {
				in = in.with(e.names)
			}
			s.objects[e.key] = &object{
				scope: in, set: s, turn: e, address: f.prefix() + address + e.key, memo: memos{},
			}
		}
		s.whole = c.value(func(e turn) cty.Value { return s.objects[e.key].handle("").Value() })
		f.sets[address] = s
		return cty.True, nil
	})
	return f.sets[address], err
}

// resource is the value of a reference to a whole resource block.
func (f *frame) resource(address string, at hcl.Range) (cty.Value, error) {
	if f.module.Resource(address) == nil {
		return f.elsewhere(address, at).Value(), nil
	}
	s, err := f.set(address, at)
	if err != nil {
		return cty.NilVal, err
	}
	return s.whole, nil
}

// undeclared says that the module refers to what it does not have: that part of the configuration is elsewhere. It
// gives the identity of the thing and what is missing.
func (f *frame) undeclared(address string, kind fact.Kind, at hcl.Range) (key string, m fact.Missing) {
	m = fact.Missing{Kind: kind, Name: f.prefix() + address, Span: f.where(at)}
	f.absentees[f.module] = append(f.absentees[f.module], absentee{address, m.Span})
	return m.Name, m
}

// elsewhere is a resource that the module refers to and does not have.
func (f *frame) elsewhere(address string, at hcl.Range) *calc.Handle {
	key, m := f.undeclared(address, fact.Resource, at)
	return &calc.Handle{Key: key, Names: func() []string { return nil }, Attr: func(name string) (cty.Value, error) {
		return f.Provided(symbol.Symbol{Key: key + "." + name, Missing: m}, name), nil
	}}
}

// handle is the instance as a value. An index names one of those that a summary stands for.
func (o *object) handle(index string) *calc.Handle {
	key := o.address
	if index != "" {
		key = strings.TrimSuffix(key, "[*]") + index
	}
	return &calc.Handle{
		Key:   key,
		Attr:  func(name string) (cty.Value, error) { return o.attr(name, key) },
		Names: o.names,
		At:    func(index string) *calc.Handle { return o.handle(index) },
	}
}

// meta are the arguments of a resource that are Terraform's own.
var meta = map[string]bool{
	"count": true, "for_each": true, "provider": true, "depends_on": true, "lifecycle": true,
	"provisioner": true, "connection": true,
}

func (o *object) names() []string {
	seen := map[string]bool{"id": true}
	for name := range o.set.block.Body.Attributes {
		seen[name] = seen[name] || !meta[name]
	}
	for _, b := range o.set.block.Body.Blocks {
		seen[blockType(b)] = seen[blockType(b)] || !meta[blockType(b)]
	}
	for name, is := range seen {
		if !is {
			delete(seen, name)
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// attr is an attribute: what the block configures, what a model computes, or what the provider does.
func (o *object) attr(name, key string) (cty.Value, error) {
	body := o.set.block.Body
	if _, changed := o.changed(o.set.block); changed {
		return o.Provided(o.symbol(key, name), name), nil
	}
	if a := body.Attributes[name]; a != nil && !meta[name] {
		v, err := o.configured(a)
		if err == nil && calc.IsNull(v) {
			if v, ok := o.modelled(name); ok {
				return v, nil
			}
			s := o.symbol(key, name) // like one that is not written: the provider may compute it
			s.Unset = "null"
			return o.Provided(s, name), nil
		}
		return v, err
	}
	for _, b := range body.Blocks {
		if blockType(b) == name && !meta[name] {
			v, err := o.onceHere(name, b.TypeRange, func() (cty.Value, error) { return o.blocks(body, name) })
			return o.blockHandles(v, key+"."+name, name), err
		}
	}
	switch {
	case o.set.block.Type == "terraform_remote_state":
		if v, ok := o.remoteState(name); ok {
			return v, nil
		}
	case o.set.block.Data && o.set.block.Type == "aws_ssm_parameter":
		if v, ok := o.stored(name); ok {
			return v, nil
		}
	case o.set.block.Type == "terraform_data" && name == "output" && body.Attributes["input"] != nil:
		return o.attr("input", key)
	}
	if v, ok := o.modelled(name); ok {
		return v, nil
	}
	if _, ok := arnForms[o.set.block.Type]; ok && name == "arn" && !o.set.block.Data {
		o.arns[key+".arn"] = o
	}
	return o.Provided(o.symbol(key, name), name), nil
}

// configured is what the block says of an argument.
func (o *object) configured(a *hclsyntax.Attribute) (cty.Value, error) {
	return o.onceHere(a.Name, a.NameRange, func() (cty.Value, error) { return o.settled(a.Expr) })
}

func (o *object) symbol(key, name string) symbol.Symbol {
	m := fact.Missing{Kind: fact.Attribute, Name: key + "." + name, Span: o.span(&o.set.block.Block)}
	if o.set.block.Data {
		m.Kind, m.Name, m.Lookup = fact.Resource, cmp.Or(o.unclear, key), o.query().lookup
	}
	s := symbol.Symbol{Key: key + "." + name, Address: o.address, Attribute: name, Missing: m}
	s.Single = name == "id" && !o.set.block.Data && aws.KindOf(o.set.block.Type) == aws.Subnet
	return s
}

// onceHere is once for what belongs to the instance.
func (o *object) onceHere(name string, at hcl.Range, eval func() (cty.Value, error)) (cty.Value, error) {
	return o.memo.once(name, func() *cycleError { return &cycleError{o.address + "." + name, o.where(at)} }, eval)
}

// blockHandles makes objects of nested blocks. The provider sets the attributes that are not configured.
func (o *object) blockHandles(v cty.Value, key, name string) cty.Value {
	if v == cty.NilVal || !v.Type().IsTupleType() {
		return v
	}
	var items []cty.Value
	for i, x := range v.AsValueSlice() {
		items = append(items, o.blockHandle(x, fmt.Sprintf("%s[%d]", key, i), fmt.Sprintf("%s[%d]", name, i)))
	}
	whole, err := o.Spread(items, func(vs []cty.Value) (cty.Value, error) {
		var present []cty.Value
		for _, x := range vs {
			if !calc.IsNull(x) {
				present = append(present, x)
			}
		}
		return cty.TupleVal(present), nil
	})
	if err != nil {
		return v
	}
	return whole
}

func (o *object) blockHandle(x cty.Value, key, path string) cty.Value {
	if c, ok := calc.AsChoice(x, o.Table); ok {
		return o.Choice(c.When, o.blockHandle(c.Then, key, path), o.blockHandle(c.Else, key, path))
	}
	if !x.Type().IsObjectType() || calc.IsNull(x) || !x.IsKnown() {
		return x
	}
	attrs := x.AsValueMap()
	h := &calc.Handle{Key: key, Names: func() []string { return slices.Sorted(maps.Keys(attrs)) }}
	h.Attr = func(name string) (cty.Value, error) {
		if v, ok := attrs[name]; ok {
			return v, nil
		}
		s := o.symbol(key, name)
		s.Attribute = path + "." + name
		return o.Provided(s, name), nil
	}
	return h.Value()
}

func blockType(b *hclsyntax.Block) string {
	if b.Type == "dynamic" && len(b.Labels) == 1 {
		return b.Labels[0]
	}
	return b.Type
}
