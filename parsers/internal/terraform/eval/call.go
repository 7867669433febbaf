package eval

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/models"
)

// calls is all instances of one module call. Without frames the module is not here.
type calls struct {
	copies *copies
	frames map[string]*frame
	whole  cty.Value
}

// child expands a module call, once.
func (f *frame) child(name string) (*calls, error) {
	call := f.module.Call(name)
	if call == nil {
		return nil, fmt.Errorf("there is no module %q here", name)
	}
	_, err := f.once("module."+name, call.Range, func() (cty.Value, error) {
		c, err := f.expand(call.Body, "module."+name, false)
		if err != nil {
			return cty.NilVal, err
		}
		out := &calls{copies: c, frames: map[string]*frame{}}
		callee := f.find(call)
		for _, e := range c.turns {
			if callee.module != nil {
				out.frames[e.key] = f.enter(call, callee, e)
			}
			if callee.module == nil || len(callee.strangers) > 0 {
				f.run.absent = append(f.run.absent, absentCall{f.scope().with(e.names), call})
			}
		}
		out.whole = c.value(func(e turn) cty.Value {
			if in := out.frames[e.key]; in != nil {
				return in.handle().Value()
			}
			return f.absent(call, e.key).Value()
		})
		f.calls[name] = out
		return cty.True, nil
	})
	return f.calls[name], err
}

// callee is what a call names: a module that was read, or a model of one.
type callee struct {
	module *config.Module
	dir    string
	model  *models.Model
	called *models.Called
	// strangers are the arguments that the model does not know.
	strangers []string
}

// enter makes an instance of a called module.
func (f *frame) enter(call *config.Block, to callee, e turn) *frame {
	in := newFrame(f.run, to.module, to.dir)
	in.model, in.called, in.strangers = to.model, to.called, to.strangers
	in.address = f.prefix() + "module." + call.Name + e.key
	in.manifest = strings.TrimPrefix(f.manifest+"."+call.Name, ".")
	in.call, in.level, in.when = call, f.level+1, f.when.And(e.when)
	in.summary = f.summary || e.summary
	if in.fetch = f.fetch; f.level == 0 && f.in.Apart {
		in.fetch = &fact.Lookup{Dir: to.dir}
		for key, dir := range f.loader.Installed(to.dir) {
			f.installed[in.manifest+"."+key] = dir
		}
	}
	in.copied = f.copied || to.model != nil || !isLocal(call)
	in.caller = f.scope()
	if e.names != nil {
		in.caller = in.caller.with(e.names)
	}
	return in
}

// find reads the module that a call names, or takes the model of one that is not here. Where there is neither, the
// callee has no module, and the run says so at its end.
func (f *frame) find(call *config.Block) callee {
	if f.level >= budget.HCLModules.Max {
		f.limit(f.span(call), "this module is not read: "+budget.HCLModules.Exceeded())
		return callee{}
	}
	to, gone := f.lookUp(call)
	if gone != nil {
		f.run.elsewhere = append(f.run.elsewhere, *gone)
	}
	return to
}

// lookUp is find without a word. What is not here is gone.
func (f *frame) lookUp(call *config.Block) (to callee, gone *elsewhere) {
	dir := ""
	key := strings.TrimPrefix(f.manifest+"."+call.Name, ".")
	from, isLocal := config.Local(call)
	if isLocal {
		dir = path.Join(f.dir, from)
	} else {
		dir = f.installed[key]
	}
	outside := false
	if dir != "" {
		module, err := f.load(dir)
		if err == nil && len(module.Files) > 0 {
			return callee{module: module, dir: dir}, nil
		}
		outside = errors.Is(err, config.ErrOutside)
	}
	if isLocal {
		return callee{}, &elsewhere{from: dir, name: call.Name, local: true, outside: outside, span: f.span(call)}
	}
	return f.standIn(call, from)
}

// absent is an instance of a module that is not here. Its outputs are defined elsewhere.
func (f *frame) absent(call *config.Block, index string) *calc.Handle {
	address := f.prefix() + "module." + call.Name
	m := fact.Missing{Kind: fact.Resource, Name: address, Span: f.span(call), Lookup: f.fetch}
	h := &calc.Handle{Key: address + index, Names: func() []string { return nil }}
	h.Attr = func(name string) (cty.Value, error) {
		return f.Provided(symbol.Symbol{Key: h.Key + "." + name, Missing: m}, name), nil
	}
	h.At = func(index string) *calc.Handle { return f.absent(call, index) }
	return h
}

// moduleReference evaluates module.name. Of its instances, only the output that is asked for is evaluated.
func (f *frame) moduleReference(name string, t hcl.Traversal) (cty.Value, hcl.Traversal, error) {
	c, err := f.child(name)
	if err != nil {
		return cty.NilVal, nil, err
	}
	return c.whole, rest(t, 2), nil
}

// configuration finds a provider configuration, such as "aws" or "aws.west", in the module or in those above it, which
// hand theirs down. It gives the frame that it stands in; nil where nobody configures the provider.
func (f *frame) configuration(provider string) (*frame, *config.Block) {
	name, alias, _ := strings.Cut(provider, ".")
	for _, b := range f.module.Providers {
		if b.Name == name && config.AliasOf(b) == alias {
			return f, b
		}
	}
	if f.caller == nil {
		return nil, nil
	}
	if x, ok := f.call.Attr("providers").(*hclsyntax.ObjectConsExpr); ok {
		for _, it := range x.Items {
			if providerName(it.KeyExpr) == provider {
				return f.caller.frame.configuration(providerName(it.ValueExpr))
			}
		}
	}
	if alias != "" {
		return nil, nil
	}
	return f.caller.frame.configuration(name)
}

// region is the region of a provider configuration: a text, which may be a token. The one that the user gives stands in
// for an unknown one of the configuration without an alias alone. An alias is there to mean another.
func (f *frame) region(provider string) cty.Value {
	in, b := f.configuration(provider)
	if b == nil {
		if strings.Contains(provider, ".") {
			return f.unknownRegion(provider, source.Span{})
		}
		return f.defaultRegion()
	}
	x := b.Attr("region")
	if x == nil {
		return f.defaultRegion()
	}
	v, err := in.scope().settled(x)
	if err != nil || !calc.IsText(v) {
		v = in.unknownRegion(provider, in.span(b))
	}
	if f.in.Region != "" && calc.HasToken(v) && config.AliasOf(b) == "" {
		return f.defaultRegion()
	}
	return v
}

// unknownRegion is the region of a provider configuration that is not here, or does not tell.
func (f *frame) unknownRegion(provider string, at source.Span) cty.Value {
	name := f.prefix() + "provider." + provider + ".region"
	m := fact.Missing{Kind: fact.Resource, Name: name, Span: at}
	return f.Token(symbol.Symbol{Key: name, Single: true, Missing: m})
}

// defaultTags are the tags in a provider configuration, NilVal without any. Those that cannot be evaluated are unknown.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging
func (f *frame) defaultTags(provider string) cty.Value {
	in, b := f.configuration(provider)
	if b == nil {
		return cty.NilVal
	}
	for _, inner := range b.Body.Blocks {
		tags := inner.Body.Attributes["tags"]
		isDynamic := inner.Type == "dynamic" && len(inner.Labels) == 1 && inner.Labels[0] == "default_tags"
		if isDynamic || inner.Type == "default_tags" && tags == nil {
			return in.unknownTags(provider, b)
		}
		if inner.Type != "default_tags" {
			continue
		}
		v, err := in.once("provider."+provider+".default_tags", tags.SrcRange, func() (cty.Value, error) {
			return in.scope().settled(tags.Expr)
		})
		if err != nil {
			return in.unknownTags(provider, b)
		}
		return v
	}
	return cty.NilVal
}

func (f *frame) unknownTags(provider string, b *config.Block) cty.Value {
	m := fact.Missing{Kind: fact.Intrinsic, Name: "the default tags of provider " + provider, Span: f.span(b)}
	return cty.UnknownVal(cty.Map(cty.String)).Mark(calc.Source{Missing: m})
}

func (f *frame) defaultRegion() cty.Value {
	if f.in.Region != "" {
		return cty.StringVal(f.in.Region)
	}
	return f.Token(symbol.Pseudo("AWS::Region"))
}

// providerName reads aws or aws.west, also in quotes.
func providerName(x hclsyntax.Expression) string {
	if k, ok := x.(*hclsyntax.ObjectConsKeyExpr); ok {
		x = k.Wrapped
	}
	if t, diags := hcl.AbsTraversalForExpr(x); !diags.HasErrors() {
		name := t.RootName()
		if alias := attrName(t, 1); alias != "" {
			name += "." + alias
		}
		return name
	}
	return config.ConstantText(x)
}

// region is the region that an instance is in: its own argument, which version 6 of the provider has, or else that of
// its provider configuration.
func (o *object) region() cty.Value {
	v, err := o.ownRegion()
	switch {
	case v == cty.NilVal && err == nil:
		return o.frame.region(o.provider())
	case err == nil && calc.IsText(v):
		return v
	case err == nil && calc.IsNull(v):
		return o.frame.region(o.provider())
	}
	return o.Token(o.symbol(o.address, "region"))
}

// ownRegion is the argument region of the instance, or of the call of its module where a model stands in for that;
// NilVal where there is none. What IAM holds is in no region.
func (o *object) ownRegion() (cty.Value, error) {
	if a := o.set.block.Body.Attributes["region"]; a != nil {
		return o.settled(a.Expr)
	}
	isGlobal := strings.HasPrefix(o.set.block.Type, "aws_iam_")
	if o.frame.model == nil || isGlobal || o.frame.call.Attr("region") == nil {
		return cty.NilVal, nil
	}
	return o.frame.caller.settled(o.frame.call.Attr("region"))
}

// provider names the provider configuration of the resource, such as "aws" or "aws.west".
func (o *object) provider() string {
	if a := o.set.block.Body.Attributes["provider"]; a != nil {
		return providerName(a.Expr)
	}
	name, _, _ := strings.Cut(o.set.block.Type, "_")
	return name
}
