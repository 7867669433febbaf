// Package unit makes units of the files of a run: templates that are files, and modules that are directories. A unit is
// what a front end parses as a whole, and what may be deployed.
package unit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
)

// Reason says why a file or unit is read. Where there are several, the first one counts.
type Reason int

// The reasons, the strongest first.
const (
	// Named is what the user named.
	Named Reason = iota
	// Found is what lies in a directory that the user named.
	Found
	// Called is what another unit calls.
	Called
	// Caller is what seems to call the unit of a named file, and is of no interest if it does not.
	Caller
	// Exporter is what a unit of a named file may take values from, and is of no interest if it takes none. A
	// CalledExporter is in addition called by a unit that may be of no interest: it is no deployment by itself.
	Exporter
	CalledExporter
)

// ForItself says that a unit is looked at for its own sake, and not for that of another.
func (r Reason) ForItself() bool { return r <= Found }

// Exports says that a unit is only read for what others may take from it.
func (r Reason) Exports() bool { return r >= Exporter }

// Input is one file.
type Input struct {
	// Name is the path relative to the working directory, slash-separated.
	Name string
	Text []byte
	// Within bounds what may be read on behalf of the file.
	Within *boundary.Boundary
	Reason Reason
}

// Unit is one file, or one directory with those of its files that belong together.
type Unit struct {
	Name   string
	Front  *frontend.Frontend
	Within *boundary.Boundary
	Reason Reason
	Files  []*source.File
	// Parsed is nil when nothing could be made of the files.
	Parsed frontend.Parsed
	// Calls are the units that this one calls, by what it says itself.
	Calls []string
	// Problems are errors of the files.
	Problems []source.Diagnostic
	// entries are what lies in a unit that is a directory.
	entries []string
	// Cache is for what the files alone are good for, or nil.
	Cache *Cache
	// Failed says that the program has panicked at the files.
	Failed bool
}

// Parse has the front end read the files.
func (u *Unit) Parse() {
	if len(u.Files) == 0 {
		return
	}
	defer func() {
		if p := recover(); p != nil {
			u.Failed, u.Problems = true, append(u.Problems, frontend.Defect(u.Name, p))
		}
	}()
	s := frontend.Sources{Name: u.Name, Files: u.Files, Within: u.Within, Entries: u.entries}
	if u.Cache != nil {
		s.Kept = func(make func() any) any { return u.Cache.of(u, make) }
	}
	parsed, ds := u.Front.Parse(s)
	u.Problems = append(u.Problems, u.Placed(ds)...)
	if parsed != nil {
		for _, name := range parsed.Calls() {
			u.Calls = append(u.Calls, u.Within.Clean(name))
		}
	}
	u.Parsed = parsed
}

// ReadsFiles says that the unit may read files when it is deployed whose places shall be shown.
func (u *Unit) ReadsFiles() bool {
	r, ok := u.Parsed.(frontend.FileReader)
	return ok && r.ReadsFiles()
}

// Placed names the unit in diagnostics that have no place.
func (u *Unit) Placed(ds []source.Diagnostic) []source.Diagnostic {
	ds = slices.Clone(ds)
	for i := range ds {
		if ds[i].File == "" {
			ds[i].File = u.Name
		}
	}
	return ds
}

// Tidy sorts diagnostics by file and place, and drops what is said twice.
func Tidy(ds []source.Diagnostic) []source.Diagnostic {
	slices.SortStableFunc(ds, func(a, b source.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Span.Compare(b.Span), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(ds)
}
