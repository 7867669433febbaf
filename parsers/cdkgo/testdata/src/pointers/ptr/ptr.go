// Package ptr makes pointers.
package ptr

// To makes one of anything.
func To[T any](v T) *T { return &v } // want To:"makes a pointer"

// Last is not one of them.
func Last[T any](v ...T) *T { return &v[0] }

// Rest neither.
func Rest[T any](v ...T) *[]T { return &v }
