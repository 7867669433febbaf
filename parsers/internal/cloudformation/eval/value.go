// Package eval evaluates the intrinsic functions of a template into values that may be partly known.
package eval

import "github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"

// CloudFormation and Terraform share these types.
type (
	// Value is an evaluated node.
	Value = value.Value
	// Kind is the shape of a value.
	Kind = value.Kind
	// Field is one entry of a Map.
	Field = value.Field
)

// The kinds. Absent is what is not written, null, or AWS::NoValue.
const (
	Absent  = value.Absent
	Text    = value.Text
	List    = value.List
	Map     = value.Map
	Unknown = value.Unknown
	Choice  = value.Choice
)
