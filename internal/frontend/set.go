package frontend

import (
	"path"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/words"
)

// Set is the front ends of a run, the most specific first.
type Set []Frontend

// Knowing is the first that recognises the file, or nil.
func (s Set) Knowing(name string, text []byte) *Frontend {
	return s.first(func(f *Frontend) bool { return f.Knows(name, text) })
}

// Of is the front end that makes a unit of the file, or of its directory with the file in it. It is nil without one.
func (s Set) Of(name string, text []byte) *Frontend {
	if f := s.OfDirectory(name); f != nil {
		return f
	}
	return s.first(func(f *Frontend) bool { return f.Belongs == nil && f.Knows(name, text) })
}

// OfDirectory is the front end that makes a unit of the file's directory, with the file in it, or nil.
func (s Set) OfDirectory(name string) *Frontend {
	return s.first(func(f *Frontend) bool { return f.Belongs != nil && f.Belongs(name) })
}

func (s Set) first(is func(*Frontend) bool) *Frontend {
	for i := range s {
		if is(&s[i]) {
			return &s[i]
		}
	}
	return nil
}

// With is the set with f in it.
func (s Set) With(f *Frontend) Set {
	if s.Has(f) {
		return s
	}
	return append(s, *f)
}

// Has says that f, which may be nil, is in the set.
func (s Set) Has(f *Frontend) bool {
	return f != nil && slices.ContainsFunc(s, func(g Frontend) bool { return g.Kind == f.Kind })
}

// Kinds lists what people call the inputs.
func (s Set) Kinds() string {
	names := make([]string, len(s))
	for i, f := range s {
		names[i] = f.Kind
	}
	return words.Or(names)
}

// UnitOf names the unit that the front end makes of the file, or of its directory.
func (f *Frontend) UnitOf(name string) string {
	if f.Belongs != nil {
		return path.Dir(name)
	}
	return name
}
