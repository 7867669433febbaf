// Package jsii mirrors what the tests use of github.com/aws/jsii-runtime-go v1.112.0.
package jsii

func Close()                         {}
func Bool(v bool) *bool              { return &v }
func String(v string) *string        { return &v }
func Strings(v ...string) *[]*string { return nil }

func Number[T int | float64](v T) *float64 { return nil }
