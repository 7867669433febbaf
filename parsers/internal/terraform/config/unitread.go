package config

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// read_terragrunt_config gives the locals and inputs of another file. It is read where a local is that and nothing
// else, and the path is a text or a folder above. Paths start at the unit, in files that it includes too.
// https://terragrunt.gruntwork.io/docs/reference/hcl/functions/#read_terragrunt_config

// mostConfigs bounds the files that one unit reads so.
const mostConfigs = 16

// readsConfig is the path that the expression reads a configuration from, and a text for it, "" where it is not plain.
func readsConfig(x hclsyntax.Expression) (at hclsyntax.Expression, key string) {
	call, ok := x.(*hclsyntax.FunctionCallExpr)
	if !ok || call.Name != "read_terragrunt_config" || len(call.Args) == 0 {
		return nil, ""
	}
	if name, whole := literalEnd(call.Args[0]); whole {
		return call.Args[0], name
	}
	if folders, ok := call.Args[0].(*hclsyntax.FunctionCallExpr); ok {
		return call.Args[0], callText(folders)
	}
	return nil, ""
}

// readConfigs finds the files that the locals of a file read, and those that these read.
func (u *Unit) readConfigs(body *hclsyntax.Body, find func(name string) *source.File) {
	locals := localsOf(body)
	for _, name := range slices.Sorted(maps.Keys(locals)) { // the same ones in every run
		at, key := readsConfig(locals[name].Expr)
		if key == "" || u.configs[key] != nil || len(u.configs) == mostConfigs {
			continue
		}
		if f := u.include(at, find); f != nil {
			u.configs[key] = f
			u.readConfigs(bodyOf(f), find)
		}
	}
}

// config is the file that the expression reads, or nil.
func (u *Unit) config(x hclsyntax.Expression) *source.File {
	_, key := readsConfig(x)
	return u.configs[key]
}

// bodyOf is what the file says. Terragrunt refuses a file that is wrong, and what is wrong in it is not known here.
func bodyOf(f *source.File) *hclsyntax.Body {
	r := &reader{module: &Module{sources: map[string]*source.File{f.Name: f}}}
	return r.parse(f, false)
}

func localsOf(body *hclsyntax.Body) map[string]*hclsyntax.Attribute {
	out := map[string]*hclsyntax.Attribute{}
	for _, b := range body.Blocks {
		if b.Type == "locals" {
			for name, a := range b.Body.Attributes {
				out[name] = a
			}
		}
	}
	return out
}

// gives are the names of what a file gives to one that reads it: of locals and of inputs.
type gives struct{ locals, inputs []string }

// readConfig puts the locals and inputs of a file that the local of that name reads among the locals of the stack.
func (s *scope) readConfig(name string, f *source.File) {
	body := bodyOf(f)
	inner := s.stack.scope(s.unit, s.prefix+".config."+name, body, nil, s.depth+1)
	of := gives{locals: slices.Sorted(maps.Keys(inner.locals))}
	if a := body.Attributes["inputs"]; a != nil {
		items, open := inputs(a.Expr, inner.items)
		for _, it := range items {
			key := keyOf(it)
			if key == "" {
				open = true
				continue
			}
			of.inputs = append(of.inputs, key)
			s.module.Locals[inner.prefix+".inputs."+key] = &hclsyntax.Attribute{
				Name: key, Expr: inner.translate(it.ValueExpr), SrcRange: a.SrcRange, NameRange: a.NameRange,
			}
		}
		if open {
			of.inputs = nil
		}
	}
	s.configs[name] = of
}

// items are what local.NAME.locals or local.NAME.inputs of a file that is read stands for; open is true for any other
// expression.
func (s *scope) items(x *hclsyntax.ScopeTraversalExpr) (items []hclsyntax.ObjectConsItem, open bool) {
	if len(x.Traversal) != 3 || x.Traversal.RootName() != "local" {
		return nil, true
	}
	of, read := s.configs[attrAt(x.Traversal, 1)]
	kind := attrAt(x.Traversal, 2)
	names := of.locals
	if kind == "inputs" {
		names = of.inputs
	}
	if !read || kind != "locals" && kind != "inputs" || len(names) == 0 {
		return nil, true
	}
	for _, name := range names {
		at := append(hcl.Traversal{}, x.Traversal...)
		items = append(items, hclsyntax.ObjectConsItem{
			KeyExpr: &hclsyntax.LiteralValueExpr{Val: cty.StringVal(name), SrcRange: x.SrcRange},
			ValueExpr: &hclsyntax.ScopeTraversalExpr{
				Traversal: append(at, hcl.TraverseAttr{Name: name, SrcRange: x.SrcRange}), SrcRange: x.SrcRange,
			},
		})
	}
	return items, false
}

// fromConfig is the local of the stack that stands for NAME.locals.KEY or NAME.inputs.KEY, which the traversal has at
// the step from; "" where there is none. prefix is that of the file whose local NAME reads another.
func (s *scope) fromConfig(prefix string, t hcl.Traversal, from int) string {
	key := prefix + ".config." + attrAt(t, from) + "."
	switch attrAt(t, from+1) {
	case "locals":
	case "inputs":
		key += "inputs."
	default:
		return ""
	}
	if key += attrAt(t, from+2); s.module.Locals[key] == nil {
		return ""
	}
	return key
}

// attrAt is the name at a step of a traversal, or "".
func attrAt(t hcl.Traversal, i int) string {
	if i < len(t) {
		if a, ok := t[i].(hcl.TraverseAttr); ok {
			return a.Name
		}
	}
	return ""
}
