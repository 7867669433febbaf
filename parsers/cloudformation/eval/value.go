// Package eval evaluates the intrinsic functions of a template into values that may be partly known.
package eval

import "github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/value"

// Value, Kind and Field are those of both languages.
type (
	Value = value.Value
	Kind  = value.Kind
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
