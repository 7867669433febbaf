package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// walk evaluates every instance of the module and of those it calls into the program.
func (f *frame) walk() {
	f.accept()
	f.addCopy()
	f.addModel()
	f.forgotten()
	for _, block := range f.module.Resources {
		if f.Ended != nil {
			return
		}
		s, err := f.set(block.Address(), block.Range)
		if err != nil {
			f.unexpanded(block, err)
			continue
		}
		depends := f.dependencies(block)
		for _, e := range s.copies.turns {
			f.program.Instances = append(f.program.Instances, s.objects[e.key].instance(depends))
		}
	}
	for _, call := range f.module.Calls {
		c, err := f.child(call.Name)
		if err != nil {
			f.report(err, f, call.Range)
			name := f.prefix() + "module." + call.Name
			f.program.Open = append(f.program.Open, fact.Missing{Kind: fact.Intrinsic, Name: name, Span: f.span(call)})
			continue
		}
		for _, e := range c.copies.turns {
			if in := c.frames[e.key]; in != nil {
				in.walk()
			}
		}
	}
}

// unexpanded stands in for the instances of a block whose count or for_each fails: an unknown number of them.
func (f *frame) unexpanded(block *config.Resource, err error) {
	f.report(err, f, block.Range)
	key := f.prefix() + block.Address()
	m := fact.Missing{Kind: fact.Intrinsic, Name: key, Span: f.span(&block.Block)}
	f.program.Instances = append(f.program.Instances, &Instance{
		Address: key + "[*]", Type: block.Type, Name: block.Name, Data: block.Data, Span: m.Span, Summary: true,
		Config: cty.DynamicVal.Mark(calc.Source{Missing: m, Key: key}), When: f.when.And(some(key+"[*]", m)),
	})
}

// some is the condition under which there are any instances of what stands for an unknown number of them.
func some(address string, m fact.Missing) fact.Cond {
	m.Name = "number of " + address
	return fact.If(&fact.Atom{Subject: m.Name, Literal: "some", Why: []fact.Missing{m}})
}

func (o *object) instance(depends []string) *Instance {
	block := o.set.block
	in := &Instance{
		Address: o.address, Type: block.Type, Name: block.Name, Data: block.Data, Span: o.span(&block.Block),
		When: o.when.And(o.turn.when), Summary: o.turn.summary || o.summary, Depends: depends,
		Ignores: ignored(block.Body), CreatedFirst: isCreatedFirst(block.Body),
	}
	if block.Data {
		in.Lookup = o.query().lookup
	}
	m, changed := o.changed(block)
	if changed {
		in.When = in.When.And(calc.Opaque(o.address, m))
	}
	v, err := calc.Safely(func() (cty.Value, error) { return o.config(), nil })
	if err != nil {
		o.report(err, o.frame, block.Range)
		v = o.failedValue(o.address, block.Range)
	}
	in.Config, in.Places = v, o.placesOf(v)
	if changed {
		in.Config = cty.DynamicVal.Mark(calc.Source{Missing: m, Key: o.address})
	}
	in.Region = o.region().AsString()
	in.DefaultTags = o.frame.defaultTags(o.provider())
	return in
}

// addresses calls f with every resource that a value refers to, through choices and derived texts.
func (r *run) addresses(v cty.Value, f func(string)) {
	seen := map[string]bool{}
	var follow func(text string)
	one := func(s symbol.Symbol) {
		if seen[s.Key] {
			return
		}
		seen[s.Key] = true
		if s.Address != "" {
			f(s.Address)
		}
		if s.Choice != nil {
			follow(s.Choice.Then)
			follow(s.Choice.Else)
		}
		for _, input := range s.Inputs {
			follow(input)
		}
	}
	follow = func(text string) {
		for _, p := range r.Table.Split(text) {
			if s, ok := p.(symbol.Symbol); ok {
				one(s)
			}
		}
	}
	r.Visit([]cty.Value{v}, one, func(calc.Source) {})
}

// dependencies lists what a resource block depends on: by depends_on, its own and that of the calls of its module, and
// by its references, through variables, locals and outputs.
func (f *frame) dependencies(block *config.Resource) []string {
	d := &dependencies{seen: map[string]bool{}, self: f.prefix() + block.Address()}
	d.body(f, block.Body)
	for at := f; at.caller != nil; at = at.caller.frame {
		if x := at.call.Attr("depends_on"); x != nil {
			d.expression(at.caller.frame, x)
		}
	}
	return d.out
}

// dependencies gathers addresses, each once, in order of appearance.
type dependencies struct {
	self string
	seen map[string]bool
	out  []string
}

func (d *dependencies) add(address string) {
	if address != d.self && !d.seen[address] {
		d.seen[address] = true
		d.out = append(d.out, address)
	}
}

func (d *dependencies) body(f *frame, b *hclsyntax.Body) {
	for _, a := range sortedAttributes(b) {
		d.expression(f, a.Expr)
	}
	for _, inner := range b.Blocks {
		if inner.Type != "lifecycle" {
			d.body(f, inner.Body)
		}
	}
	if x := lifecycle(b, "enabled"); x != nil {
		d.expression(f, x)
	}
}

func (d *dependencies) expression(f *frame, x hclsyntax.Expression) {
	for _, address := range f.references(x) {
		d.add(address)
	}
}

// references are the resources that an expression refers to.
func (f *frame) references(x hclsyntax.Expression) []string {
	out := &dependencies{seen: map[string]bool{}}
	for _, t := range variables(x) {
		head, name := t.RootName(), attrName(t, 1)
		switch head {
		case "var", "local", "module":
			for _, address := range f.through(head, name, moduleOutput(t)) {
				out.add(address)
			}
		case "each", "count", "self", "path", "terraform", "tofu":
		case "data", "ephemeral":
			f.refer(out, "data."+name+"."+attrName(t, 2))
		case "resource":
			f.refer(out, name+"."+attrName(t, 2))
		default:
			f.refer(out, head+"."+name)
		}
	}
	return out.out
}

func (f *frame) refer(to *dependencies, address string) {
	if f.module.Resource(address) != nil {
		to.add(f.prefix() + address)
	}
}

// through are the resources behind a variable, a local or an output of a module. Each is followed once.
func (f *frame) through(kind, name, output string) []string {
	key := strings.Join([]string{kind, name, output}, " ")
	if out, ok := f.implied[key]; ok {
		return out
	}
	f.implied[key] = nil // a cycle adds nothing
	out := &dependencies{seen: map[string]bool{}}
	switch kind {
	case "var":
		if f.caller != nil {
			if x := f.call.Attr(name); x != nil {
				out.expression(f.caller.frame, x)
			}
		}
	case "local":
		if a := f.module.Locals[name]; a != nil {
			out.expression(f, a.Expr)
		}
	case "module":
		f.throughModule(out, name, output)
	}
	f.implied[key] = out.out
	return out.out
}

// throughModule follows one output of a module, and takes the module as a whole when none is named.
func (f *frame) throughModule(out *dependencies, name, output string) {
	c, err := f.child(name)
	if err != nil {
		return
	}
	followed := false
	for _, e := range c.copies.turns {
		in := c.frames[e.key]
		if in == nil || output == "" {
			continue
		}
		if b := in.module.Outputs[output]; b != nil && b.Attr("value") != nil {
			out.expression(in, b.Attr("value"))
			followed = true
		}
	}
	if !followed {
		out.add(f.prefix() + "module." + name)
	}
}
