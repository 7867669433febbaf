package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/calc"
)

// arguments turns the values of one resource into its configuration.
type arguments struct {
	*builder
	scope    *scope
	resource *tfjson.StateResource
	config   *tfjson.ConfigResource // nil when the plan has none
}

// standalone lists, by type and argument, the types of the resources that hold one item each. The provider shows their
// items in the argument too. owner is the argument by which such a resource names the one it belongs to.
var standalone = map[string][]struct{ typ, owner string }{
	"aws_route_table.route": {{"aws_route", "route_table_id"}},
	"aws_security_group.ingress": {
		{"aws_security_group_rule", "security_group_id"}, {"aws_vpc_security_group_ingress_rule", "security_group_id"},
	},
	"aws_security_group.egress": {
		{"aws_security_group_rule", "security_group_id"}, {"aws_vpc_security_group_egress_rule", "security_group_id"},
	},
}

// blocks are arguments that may be written as dynamic blocks. The configuration part does not show dynamic blocks.
var blocks = []string{"route", "ingress", "egress", "vpc_config"}

// object gives the arguments that the resource's block states.
func (a *arguments) object() cty.Value {
	var unknown map[string]any
	if c := a.plan.changes[a.resource.Address]; c != nil {
		unknown, _ = c.AfterUnknown.(map[string]any)
	}
	secret := sensitive(a.resource)
	names := map[string]bool{}
	for name := range a.resource.AttributeValues {
		names[name] = true
	}
	for name := range unknown {
		names[name] = true
	}
	attrs := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		value := a.resource.AttributeValues[name]
		if !a.stated(name, value) {
			continue
		}
		var e *tfjson.Expression
		if a.config != nil {
			e = a.config.Expressions[name]
		}
		if v, ok := a.value(name, value, unknown[name], part(secret, name), e); ok {
			attrs[name] = v
		}
	}
	return cty.ObjectVal(attrs)
}

// stated reports whether an argument may be written in the block, and is not only what the provider computes.
func (a *arguments) stated(name string, value any) bool {
	if a.config != nil && a.config.Expressions[name] != nil {
		return true
	}
	for _, s := range standalone[a.resource.Type+"."+name] {
		if a.listed(s.typ, s.owner) {
			return false
		}
	}
	if a.config == nil {
		return !slices.Contains([]string{"id", "arn", "tags_all", "owner_id"}, name)
	}
	_, list := value.([]any)
	return list || slices.Contains(blocks, name)
}

// listed reports whether a resource of the type names this one as its owner.
func (a *arguments) listed(typ, owner string) bool {
	key := typ + "." + owner
	if a.owners[key] == nil {
		a.owners[key] = a.ownersOf(typ, owner)
	}
	id, _ := a.resource.AttributeValues["id"].(string)
	return a.owners[key][a.resource.Address] || id != "" && a.owners[key][id]
}

// ownersOf gives the ids and addresses that resources of the type name in the argument owner.
func (b *builder) ownersOf(typ, owner string) map[string]bool {
	out := map[string]bool{}
	for _, e := range b.ordered {
		if e.resource.Type != typ {
			continue
		}
		if id, ok := e.resource.AttributeValues[owner].(string); ok {
			out[id] = true
		}
		s := b.scope(e.module)
		if c := s.resource(e.resource); c != nil {
			if ts, ok := s.through(c.Expressions[owner], 0); ok && len(ts) == 1 {
				out[ts[0].address] = true
			}
		}
	}
	return out
}

// value converts one value. ok is false for what is not set: null, and the empty text of the provider.
func (a *arguments) value(path string, v, unknown, secret any, e *tfjson.Expression) (out cty.Value, ok bool) {
	switch {
	case secret == true:
		return a.open(path + " (sensitive)"), true
	case unknown == true:
		return a.identity(path, e), true
	}
	switch v := v.(type) {
	case string:
		if t, exists := a.identified[v]; exists && t.address != a.resource.Address {
			return a.token(t), true
		}
		return cty.StringVal(symbol.Escape(v)), v != ""
	case bool:
		return cty.BoolVal(v), true
	case float64:
		return cty.NumberFloatVal(v), true
	case []any:
		return a.list(path, v, unknown, secret, e), true
	case map[string]any:
		return a.fields(path, v, unknown, secret, e), true
	}
	if inner, partly := unknown.(map[string]any); partly && len(inner) > 0 {
		return a.fields(path, nil, unknown, secret, e), true
	}
	return cty.NilVal, false
}

func (a *arguments) list(path string, items []any, unknown, secret any, e *tfjson.Expression) cty.Value {
	open, _ := unknown.([]any)
	hidden, _ := secret.([]any)
	var out []cty.Value
	n := max(len(items), len(open)) // unknown items may be missing among the values
	for i := range n {
		var inner *tfjson.Expression
		if e != nil && e.ExpressionData != nil && len(e.NestedBlocks) == n {
			inner = &tfjson.Expression{ExpressionData: &tfjson.ExpressionData{NestedBlocks: e.NestedBlocks[i : i+1]}}
		}
		if v, ok := a.value(path+"["+strconv.Itoa(i)+"]", at(items, i), at(open, i), at(hidden, i), inner); ok {
			out = append(out, v)
		}
	}
	return cty.TupleVal(out)
}

func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

func (a *arguments) fields(path string, values map[string]any, unknown, secret any, e *tfjson.Expression) cty.Value {
	open, _ := unknown.(map[string]any)
	hidden, _ := secret.(map[string]any)
	names := map[string]bool{}
	for name := range values {
		names[name] = true
	}
	for name := range open {
		names[name] = true
	}
	attrs := map[string]cty.Value{}
	for name := range names {
		var inner *tfjson.Expression
		if e != nil && e.ExpressionData != nil && len(e.NestedBlocks) == 1 {
			inner = e.NestedBlocks[0][name]
		}
		if v, ok := a.value(path+"."+name, values[name], open[name], hidden[name], inner); ok {
			attrs[name] = v
		}
	}
	return cty.ObjectVal(attrs)
}

// part is what is secret of the argument: all of it, if the whole resource is secret.
func part(secret any, name string) any {
	if arguments, some := secret.(map[string]any); some {
		return arguments[name]
	}
	return secret
}

// open is a value that the plan does not tell.
func (a *arguments) open(path string) cty.Value {
	address := a.resource.Address
	m := fact.Missing{Kind: fact.Attribute, Name: address + "." + path, Span: a.plan.places[address]}
	return cty.DynamicVal.Mark(calc.Source{Missing: m, Key: m.Name})
}

// identity gives an unknown argument as the ids that its expression refers to, if there is no other choice. That is so
// if all references lead to ids and ARNs, and the argument holds ids or ARNs. Else the argument is open.
func (a *arguments) identity(path string, e *tfjson.Expression) cty.Value {
	name := path[strings.LastIndexAny(path, ".]")+1:]
	if e == nil || e.ExpressionData == nil || len(e.References) == 0 {
		return a.open(path)
	}
	targets, ok := a.scope.targets(e.References, 0)
	if !ok || len(targets) == 0 {
		return a.open(path)
	}
	var tokens []cty.Value
	for _, t := range targets {
		if t.attribute != "id" && t.attribute != "arn" {
			return a.open(path)
		}
		tokens = append(tokens, a.token(t))
	}
	switch {
	case strings.HasSuffix(name, "_ids"), strings.HasSuffix(name, "_arns"),
		name == "security_groups", name == "subnets":
		return cty.TupleVal(tokens)
	case len(tokens) == 1 && (strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_arn") || name == "role"):
		return tokens[0]
	}
	return a.open(path)
}
