package filter

import (
	"fmt"
	"slices"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Exception is an entry of the configuration that accepts findings: those that meet all of its conditions.
type Exception struct {
	// Rules are names of rules and packs; empty: all.
	Rules []string
	// Paths are globs over the file of the finding, relative to the boundary of the run; empty: every file.
	Paths []string
	// Resources are globs over the address of the resource, with or without its indexes; empty: every one.
	Resources []string
	// For are globs over the addresses of affected functions; findings stand for all others. Empty: for all.
	For    []string
	Reason string
	// Expires is the last day on which the exception counts; zero: it always does.
	Expires time.Time
	// Span is its place in the configuration.
	Span source.Span
}

// Exceptions accepts the findings that the exceptions speak of. One that has expired before the day of now accepts
// nothing and is reported; so are unknown names of rules, and, of a whole run, what accepts nothing. A pattern that is
// no glob matches nothing but itself.
func Exceptions(list []Exception, scope *Scope, now time.Time) Filter {
	return &exceptions{list, scope, now, make([]usage, len(list))}
}

type exceptions struct {
	list  []Exception
	scope *Scope
	now   time.Time
	used  []usage
}

func (e *exceptions) Apply(f *rules.Finding) {
	files := e.scope.files(f)
	var claims []claim
	for i, x := range e.list {
		if e.expired(x) || !x.speaksOf(f, files) {
			continue
		}
		c := claim{
			by:  rules.Suppression{Kind: rules.InConfiguration, Reason: x.Reason, Span: x.Span},
			use: func() { e.used[i].mark(f) },
		}
		if len(x.For) > 0 {
			c.speaks = func(function string) bool { return rules.MatchesAddress(x.For, function) }
		}
		claims = append(claims, c)
	}
	accept(f, claims)
}

func (e *exceptions) expired(x Exception) bool {
	return !x.Expires.IsZero() && day(x.Expires) < day(e.now)
}

func (e *exceptions) Notices() (out []source.Diagnostic) {
	for i, x := range e.list {
		unknown := e.scope.unknown(x.Rules, x.Span)
		out = append(out, unknown...)
		switch {
		case e.expired(x):
			message := fmt.Sprintf("this suppression has expired on %s: what it accepted counts again", day(x.Expires))
			out = append(out, source.Diagnostic{Span: x.Span, Message: message})
		case len(unknown) == 0 && e.scope.Whole:
			out = append(out, e.used[i].unused(e.scope, x.Rules, x.Span)...)
		}
	}
	return out
}

func (x *Exception) speaksOf(f *rules.Finding, files []string) bool {
	return (len(x.Rules) == 0 || names(x.Rules, f)) &&
		(len(x.Paths) == 0 || slices.ContainsFunc(files, func(file string) bool { return matches(x.Paths, file) })) &&
		(len(x.Resources) == 0 || rules.MatchesAddress(x.Resources, f.Resource))
}

func matches(globs []string, name string) bool {
	return slices.ContainsFunc(globs, func(g string) bool { return g == name || doublestar.MatchUnvalidated(g, name) })
}
