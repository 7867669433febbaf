package filter

import (
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// Exception is an entry of the configuration that accepts findings: those that meet all of its conditions.
type Exception struct {
	// Rules are names of rules and packs; empty: all.
	Rules []string
	// Paths are globs over the file of the finding, relative to the boundary of the run; empty: every file.
	Paths []string
	// Resources are globs over the address of the resource; empty: every one.
	Resources []string
	// For are globs over the addresses of affected functions; findings stand for all others. Empty: for all.
	For    []string
	Reason string
	// Expires is the last day on which the exception counts; zero: it always does.
	Expires time.Time
	// Span is its place in the configuration.
	Span source.Span
}
