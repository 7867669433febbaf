package lint

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/suggest"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// unused are the entries of roots that stand for no deployment, the assertions that speak of no function, and their
// destinations that are no resource. It says nothing of a run that looked at less than the configuration is for.
func (r *run) unused() (out []source.Diagnostic) {
	s := r.settings
	if s.file == "" || len(r.Errors) > 0 || !slices.ContainsFunc(orHere(r.paths), s.covers) {
		return nil
	}
	notice := func(at source.Span, format string, args ...any) {
		out = append(out, source.Diagnostic{File: s.file, Span: at, Message: fmt.Sprintf(format, args...)})
	}
	for _, entry := range s.Roots {
		if !slices.ContainsFunc(r.Roots, func(root parsers.Root) bool { return s.names(entry.Key.Value, root.Name) }) {
			const why = "%q is no template or root module that is deployed by itself: these values are for nothing"
			notice(entry.Key.Span, why, entry.Key.Value)
		}
	}
	for _, assertion := range s.Declared().Assertions {
		about := r.networks()
		about = slices.DeleteFunc(about, func(n *graph.Network) bool { return !speaksOf(&assertion, n) })
		if len(about) == 0 {
			notice(assertion.Span, "this assertion speaks of no function")
			continue
		}
		for _, to := range slices.Concat(assertion.MustReach, assertion.MustNotReach) {
			defined := func(n *graph.Network) bool { return to.Flow.To.Defined(n).IsTrue() }
			if !slices.ContainsFunc(about, defined) {
				name := to.Flow.To.Node
				notice(to.Span, "no resource is called %q%s", name, suggest.For(name, suggest.Targets(about[0])))
			}
		}
	}
	return out
}

// covers reports that all that lies beside the configuration and below lies below the path.
func (s *settings) covers(path string) bool {
	rel, err := filepath.Rel(boundary.Absolute(s.dir, path), filepath.Dir(boundary.Absolute(s.dir, s.file)))
	return err == nil && filepath.IsLocal(rel)
}

func speaksOf(a *rules.Assertion, n *graph.Network) bool {
	for f := range n.Functions.All() {
		if !a.SpeaksOf(n.In(nil), f).IsFalse() {
			return true
		}
	}
	return false
}
