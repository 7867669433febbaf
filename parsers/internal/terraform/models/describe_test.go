package models_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
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
			if _, ok := node.Interface().(*graph.Function); ok {
				out[head.Address] += " after " + strings.Join(policies(n, head.Depends), " ")
			}
		}
	}
	return out
}

// policies are the addresses of what gives a role its permissions, as far as there is any: a function that does not
// wait for them may fail.
func policies(n *graph.Network, depends []string) []string {
	depends = slices.DeleteFunc(slices.Clone(depends), func(address string) bool {
		return !strings.Contains(address, "aws_iam_role_policy") || n.Head(address+"[0]") == nil
	})
	slices.Sort(depends)
	return depends
}

// silent are types and fields that are no statement about the network. Properties are all that a function says, how its
// code is packed too. Open names what is undecided anywhere in a root, in other calls too; what is
// undecided says so itself.
var (
	silentTypes  = []reflect.Type{reflect.TypeFor[source.Span](), reflect.TypeFor[graph.Places]()}
	silentFields = []string{"Depends", "Exported", "Tags", "TagList", "IPv6Native", "Open", "IsSet", "Props", "Properties", "Why"}
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
		if slices.Contains(silentFields, name) {
			continue
		}
		if text := written(v.Field(i)); text != "" && text != "[]" && text != "{}" && text != "false" && text != "0" {
			items = append(items, name+":"+text)
		}
	}
	return "{" + strings.Join(items, " ") + "}"
}
