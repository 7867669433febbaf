package eval

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
)

// eitherWay is the value of a switch, which those who call the module may set.
func (f *frame) eitherWay(name string, b *config.Block) cty.Value {
	return f.Truth(calc.Opaque("var."+name, fact.Missing{Kind: fact.Variable, Name: name, Span: f.span(b)}))
}

// libraryVariable is the value of a variable of a module that others call, where the default v does not count: what
// attaches a function to a VPC is there for callers to give, as an object too. Everything but that, switches and what
// isForCallers keeps its default, since the module shall work for those who give no more than that.
func (f *frame) libraryVariable(name string, b *config.Block, v cty.Value) (cty.Value, bool) {
	t := f.typeOf(b)
	m := fact.Missing{Kind: fact.Variable, Name: name, Span: f.span(b)}
	if !f.attaching()["var."+name] {
		return v, t.ty.IsCollectionType()
	}
	switch {
	case t.stated && !t.ty.IsPrimitiveType() && !t.ty.IsCollectionType() && (calc.IsNull(v) || namesNothing(v)):
		literal := "null"
		if !calc.IsNull(v) {
			literal = "its default"
		}
		when := fact.If(&fact.Atom{Subject: "var." + name, Literal: literal, Why: []fact.Missing{m}})
		return f.Choice(when, v, f.unknownVariable(name, b, "")), true
	case calc.IsNull(v):
		return f.unknownVariable(name, b, "null"), true
	case t.ty.IsCollectionType() && calc.Size(v) == 0, isEmptyList(v):
		return f.unknownVariable(name, b, ""), true
	}
	return v, false
}

// namesNothing says that v is an object of lists, and all of them are empty.
func namesNothing(v cty.Value) bool {
	if !v.IsKnown() || v.IsNull() || !v.Type().IsObjectType() && !v.Type().IsMapType() {
		return false
	}
	lists := 0
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		switch {
		case isEmptyList(e):
			lists++
		case e.IsKnown() && !e.IsNull() && (e.Type().IsTupleType() || e.Type().IsListType() || e.Type().IsSetType()):
			return false
		}
	}
	return lists > 0
}

// awaitsCaller says that a function of the root module is attached by what nobody has given. Who gives that can set
// switches too.
func (f *frame) awaitsCaller() bool {
	for _, key := range slices.Sorted(maps.Keys(f.attaching())) {
		name, ok := strings.CutPrefix(key, "var.")
		b := f.module.Variables[name]
		if _, given := f.given[name]; !ok || b == nil || given {
			continue
		}
		d := b.Attr("default")
		if d == nil {
			return true
		}
		if v, err := f.scope().settled(d); err == nil && (calc.IsNull(v) || isEmptyList(v)) {
			return true
		}
	}
	return false
}

// attaching are the variables and locals of the root module that its functions' vpc_config blocks are made of.
func (f *frame) attaching() map[string]bool {
	if f.attachers == nil {
		f.attachers = map[string]bool{}
		for _, r := range f.module.Resources {
			for _, b := range r.Body.Blocks {
				if r.Type == "aws_lambda_function" && !r.Data && blockType(b) == "vpc_config" {
					f.readByBody(b.Body, f.attachers)
				}
			}
		}
	}
	return f.attachers
}

// isForCallers says of a variable of the root module, whose default is an empty list or map, that there are subnets for
// each of its elements, and that the module may be there for others to call: without them there is no network.
func (f *frame) isForCallers(name string) bool {
	return (f.in.Library || f.in.Callable) && f.subnetting()["var."+name]
}

// subnetting are the variables and locals that say how many subnets there are, in the module or in those that it calls,
// and aws_subnet if there are any.
func (f *frame) subnetting() map[string]bool {
	if out, ok := f.run.subnettings[f.module]; ok {
		return out
	}
	out := map[string]bool{}
	f.run.subnettings[f.module] = out // of a module that calls itself, too
	for _, r := range f.module.Resources {
		if r.Type != "aws_subnet" || r.Data {
			continue
		}
		out[r.Type] = true
		if x := repetition(r.Body); x != nil {
			f.readBy(x, out)
		}
	}
	for _, call := range f.module.Calls {
		to, _ := f.lookUp(call)
		if to.module == nil || f.level >= budget.HCLModules.Max {
			continue
		}
		in := newFrame(f.run, to.module, to.dir)
		in.level, in.manifest = f.level+1, strings.TrimPrefix(f.manifest+"."+call.Name, ".")
		counts := in.subnetting()
		out["aws_subnet"] = out["aws_subnet"] || counts["aws_subnet"]
		for _, a := range call.Body.Attributes {
			if counts["var."+a.Name] || (a.Name == "count" || a.Name == "for_each") && counts["aws_subnet"] {
				f.readBy(a.Expr, out)
			}
		}
	}
	return out
}

// isGivenBeside says that a known call of the module gives the variable where it attaches the functions to a VPC. So
// functions that are attached need not get by with the default.
func (f *frame) isGivenBeside(name string) bool {
	return slices.ContainsFunc(f.in.Calls, func(call *config.Block) bool {
		if call.Attr(name) == nil {
			return false
		}
		for key := range f.attaching() {
			if given, ok := strings.CutPrefix(key, "var."); ok && call.Attr(given) != nil {
				return true
			}
		}
		return false
	})
}

func (f *frame) readByBody(b *hclsyntax.Body, into map[string]bool) {
	for _, a := range b.Attributes {
		f.readBy(a.Expr, into)
	}
	for _, inner := range b.Blocks {
		f.readByBody(inner.Body, into)
	}
}

// readBy adds the variables and locals that an expression reads, also by way of locals, each of which is followed once.
func (f *frame) readBy(x hclsyntax.Expression, into map[string]bool) {
	for _, t := range variables(x) {
		head, name := t.RootName(), attrName(t, 1)
		if key := head + "." + name; (head == "var" || head == "local") && !into[key] {
			into[key] = true
			if a := f.module.Locals[name]; head == "local" && a != nil {
				f.readBy(a.Expr, into)
			}
		}
	}
}

// exports finds the resources whose attributes leave the configuration for others to build on: by a parameter store, by
// the arguments of a module that is not here, and by the outputs of a library. Outputs of a deployment do not count,
// since reading them is a remote state, which the caller sees; but a group that a module hands out is often for its
// callers to add rules to.
func (r *run) exports(root *frame) {
	types, roles := map[string]string{}, map[string]string{}
	for _, in := range r.program.Instances {
		types[in.Address] = in.Type
		if name := member(in.Config, "name"); in.Type == "aws_iam_role" && name != cty.NilVal && calc.IsText(name) {
			roles[name.AsString()] = in.Address
		}
		if in.Type != "aws_ssm_parameter" || in.Data {
			continue
		}
		for _, name := range []string{"value", "insecure_value"} {
			if v := member(in.Config, name); v != cty.NilVal {
				r.export(v, fact.Missing{Kind: fact.Export, Name: in.Address, Span: in.Span}, nil)
			}
		}
	}
	for _, a := range r.absent {
		for _, arg := range sortedAttributes(a.call.Body) {
			if meta[arg.Name] || arg.Name == "providers" {
				continue
			}
			if v, err := a.settled(arg.Expr); err == nil {
				m := fact.Missing{Kind: fact.Resource, Name: a.prefix() + "module." + a.call.Name, Span: a.span(a.call)}
				r.export(v, m, nil)
				if calc.IsText(v) && roles[v.AsString()] != "" {
					r.program.Exported[roles[v.AsString()]] = m
				}
			}
		}
	}
	for _, d := range r.doubts {
		for _, in := range r.program.Instances {
			if _, known := r.program.Exported[in.Address]; !known && strings.HasPrefix(in.Address, d.address+".") {
				r.program.Exported[in.Address] = d.missing
			}
		}
	}
	var except func(address string) bool
	switch {
	case r.in.Library:
		// A function waits for its role, and not for what a caller attaches to the role beside it.
		except = func(address string) bool { return types[address] == "aws_iam_role" }
	case r.in.Callable:
		except = func(address string) bool { return types[address] != "aws_security_group" }
	default:
		return
	}
	for _, name := range slices.Sorted(maps.Keys(root.module.Outputs)) {
		if v, err := root.output(name); err == nil {
			at := root.span(root.module.Outputs[name])
			r.export(v, fact.Missing{Kind: fact.Export, Name: "output." + name, Span: at}, except)
		}
	}
}

// export notes that what v refers to leaves by way of m, unless except holds for it; the first way out is kept.
func (r *run) export(v cty.Value, m fact.Missing, except func(address string) bool) {
	r.addresses(r.Materialize(v), func(address string) {
		if _, known := r.program.Exported[address]; !known && (except == nil || !except(address)) {
			r.program.Exported[address] = m
		}
	})
}

// handOn notes the resources that the outputs name whose own names may say what a subnet is for.
func (r *run) handOn(root *frame) {
	r.program.HandedOn = map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(root.module.Outputs)) {
		if !strings.Contains(strings.ToLower(name), "subnet") {
			continue
		}
		if v, err := root.output(name); err == nil {
			r.addresses(r.Materialize(v), func(address string) {
				r.program.HandedOn[address] = append(r.program.HandedOn[address], name)
			})
		}
	}
}

// absentCall is a call of a module that is not here, which may add to what it is given.
type absentCall struct {
	*scope
	call *config.Block
}
