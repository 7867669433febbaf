package filter

import (
	"slices"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// names reports whether one of the names is that of the finding's rule or pack.
func names(list []string, f *rules.Finding) bool {
	return slices.Contains(list, f.Rule.Name) || slices.Contains(list, f.Pack)
}

// day is the date of a moment in its own time zone, in a form that sorts.
func day(t time.Time) string { return t.Format(time.DateOnly) }
