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

// unknownFrom is a property that is certainly written, whose content would follow from v if more were known of v.
func unknownFrom(v *val, at source.Span) value.Value { return value.Computed(at, unknownOf(v).missing) }

// nonEmptyList is v as a list with at least one element that is certain. CDK refuses an empty selection and elements
// that are nil.
func nonEmptyList(v *val) value.Value {
	if v.form == list {
		out := v.property()
		for i := range out.Items {
			out.Items[i].Set = out.Items[i].Set || out.Items[i].Kind == value.Unknown
		}
		return out
	}
	m := unknownOf(v).missing
	out := value.ListOf(v.span, value.Computed(v.span, m))
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
