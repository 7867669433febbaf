package models_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/policy"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// describe writes down every node of a network: all that its fields say, without places. Plain resources are left out:
// no rule looks at their properties.
func describe(n *graph.Network, _ int) map[string]string {
	out := map[string]string{}
	v := reflect.ValueOf(n).Elem()
	for i := range v.NumField() {
		all := v.Field(i).Addr().MethodByName("All")
		if name := v.Type().Field(i).Name; !all.IsValid() || name == "Resources" || name == "Misreferences" || name == "Crossings" {
			continue
		}
		for node := range all.Call(nil)[0].Seq() {
			head := node.MethodByName("Head").Call(nil)[0].Interface().(*graph.Header)
			out[head.Address] = v.Type().Field(i).Name + " " + written(node.Elem())
			if f, ok := node.Interface().(*graph.Function); ok {
				out[head.Address] += early(n, f)
			}
		}
	}
	return out
}

// early tells that a function does not wait for all that grants its role something: it may fail at first.
func early(n *graph.Network, f *graph.Function) string {
	id, _ := f.Role.Get(nil)
	role := n.Roles.Get(id)
	if role == nil {
		return ""
	}
	for _, p := range role.Policies.Items {
		by := p.Value.By
		block := strings.TrimRight(by, "[]0123456789")
		if !slices.Contains(f.Depends, by) && !slices.Contains(f.Depends, block) {
			return " before its permissions"
		}
	}
	return ""
}

// silent are types and fields that are no statement about the network. By names what attaches a policy, whose permissions
// stand beside it. Properties are all that a function says, how its
// code is packed too. Open names what is undecided anywhere in a root, in other calls too; what is
// undecided says so itself.
var (
	silentTypes  = []reflect.Type{reflect.TypeFor[source.Span](), reflect.TypeFor[graph.Places]()}
	silentFields = []string{"Depends", "Exported", "Tags", "TagList", "IPv6Native", "Open", "IsSet", "Props", "Properties", "Why", "By"}
)

// written is a value as a text. Nodes inside others are their addresses.
func written(v reflect.Value) string {
	switch {
	case !v.IsValid(), slices.Contains(silentTypes, v.Type()):
		return ""
	case v.Type() == reflect.TypeFor[fact.Missing]():
		return "?"
	case v.Type() == reflect.TypeFor[netip.Prefix]() && v.CanInterface():
		return fmt.Sprint(v.Interface())
	}
	switch v.Kind() {
	case reflect.Struct:
		return fields(v)
	case reflect.Slice, reflect.Array:
		var items []string
		for i := range v.Len() {
			items = append(items, written(v.Index(i)))
		}
		slices.Sort(items)
		return "[" + strings.Join(slices.DeleteFunc(items, func(s string) bool { return s == "" }), " ") + "]"
	case reflect.Map:
		var items []string
		for it := v.MapRange(); it.Next(); {
			items = append(items, written(it.Key())+"="+written(it.Value()))
		}
		slices.Sort(items)
		return "[" + strings.Join(items, " ") + "]"
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return ""
		}
		if v.Type() == reflect.TypeFor[*graph.SecurityGroupRule]() { // whatever makes it, it lets the same through
			rule := *v.Interface().(*graph.SecurityGroupRule)
			rule.Header = graph.Header{When: rule.When}
			return written(reflect.ValueOf(rule))
		}
		if head := v.Elem(); v.Kind() == reflect.Pointer && head.Kind() == reflect.Struct && head.FieldByName("Address").IsValid() {
			return head.FieldByName("Address").String()
		}
		return written(v.Elem())
	case reflect.Func, reflect.Chan:
		return ""
	}
	return fmt.Sprint(v)
}

func fields(v reflect.Value) string {
	var items []string
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if slices.Contains(silentFields, name) || isOwnPolicy(v) && name == "ARN" {
			continue
		}
		if text := written(v.Field(i)); text != "" && text != "[]" && text != "{}" && text != "false" && text != "0" {
			items = append(items, name+":"+text)
		}
	}
	return "{" + strings.Join(items, " ") + "}"
}

// isOwnPolicy reports a policy of this configuration, which the role has as its own or as a managed one alike.
func isOwnPolicy(v reflect.Value) bool {
	if v.Type() != reflect.TypeFor[policy.Attached]() {
		return false
	}
	for _, part := range v.FieldByName("ARN").Seq2() {
		if part.FieldByName("Address").String() != "" {
			return true
		}
	}
	return false
}
