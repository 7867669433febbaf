package cdkgo

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"
)

// propertyName is the CloudFormation name of a field of an L1 props struct. Fields are named like the property, except
// for some names that begin with several capitals.
func propertyName(name string) string {
	switch name {
	case "DbSubnetGroupName":
		return "DBSubnetGroupName"
	case "DbClusterIdentifier":
		return "DBClusterIdentifier"
	case "VpcSecurityGroups":
		return "VPCSecurityGroups"
	case "VpcOptions":
		return "VPCOptions"
	}
	return name
}

// known is a text that is certain. at is the code that implies it.
func known(s string, at source.Span) value.Value {
	return value.Value{Kind: value.Text, Span: at, Text: s, Single: true}
}

// notKnown is a property that is certainly written and has unknown content.
func notKnown(at source.Span, m fact.Missing) value.Value {
	return value.Value{Kind: value.Unknown, Span: at, Set: true, Missing: []fact.Missing{m}}
}

// unknownFrom is a property that is certainly written, whose content would follow from v if more were known of v.
func unknownFrom(v *val, at source.Span) value.Value { return notKnown(at, unknownOf(v).missing) }

// listOf is a property that holds the items.
func listOf(at source.Span, items ...value.Value) value.Value {
	return value.Value{Kind: value.List, Span: at, Items: items}
}

// nonEmptyList is v as a list with at least one element that is certain. CDK refuses an empty selection and elements
// that are nil.
func nonEmptyList(v *val) value.Value {
	if v.kind == list {
		out := v.property()
		for i := range out.Items {
			out.Items[i].Set = out.Items[i].Set || out.Items[i].Kind == value.Unknown
		}
		return out
	}
	m := unknownOf(v).missing
	out := listOf(v.span, notKnown(v.span, m))
	out.Open = []fact.Gap{{Missing: []fact.Missing{m}}}
	return out
}

// mapOf is a property that holds other properties. Absent ones are left out.
func mapOf(at source.Span, fields ...value.Field) value.Value {
	v := value.Value{Kind: value.Map, Span: at}
	for _, f := range fields {
		if f.Value.Kind != value.Absent {
			v.Fields = append(v.Fields, f)
		}
	}
	return v
}

// property names a value. The name is taken to stand where the value does.
func property(name string, v value.Value) value.Field { return propertyAt(name, v.Span, v) }

// propertyAt names a value. at is where the name is written: that of the prop which the property comes from.
func propertyAt(name string, at source.Span, v value.Value) value.Field {
	return value.Field{Name: name, NameSpan: at, Value: v}
}
