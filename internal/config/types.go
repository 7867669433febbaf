package config

import "reflect"

// field is a key of a struct.
type field struct {
	index    int
	name     string // in Go
	key      string
	required bool
}

func fieldsOf(t reflect.Type) []field {
	out := make([]field, t.NumField())
	for i := range out {
		f := t.Field(i)
		out[i] = field{i, f.Name, f.Tag.Get("yaml"), f.Tag.Get("config") == "required"}
	}
	return out
}

func keys(fields []field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.key
	}
	return out
}

// alternativesOf are groups of keys. At least one key of each group must be written.
func alternativesOf(t reflect.Type) [][]string {
	if a, ok := reflect.Zero(t).Interface().(interface{ alternatives() [][]string }); ok {
		return a.alternatives()
	}
	return nil
}

func (At[T]) isAt() {}

func isAt(t reflect.Type) bool { return t.Implements(reflect.TypeFor[interface{ isAt() }]()) }

func (Entries[K, V]) isEntries() {}

func isEntries(t reflect.Type) bool { return t.Implements(reflect.TypeFor[interface{ isEntries() }]()) }
