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
	if s.file == "" || r.Shards > 0 || len(r.Errors) > 0 || !slices.ContainsFunc(orHere(r.paths), s.covers) {
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
	for i, assertion := range s.Declared().Assertions {
		about := r.spokenOf(i)
		if len(about) == 0 {
			notice(assertion.Span, "this assertion speaks of no function")
			continue
		}
		for j, to := range destinations(&assertion) {
			if !slices.ContainsFunc(about, func(s spoken) bool { return s.defined[j] }) {
				name := to.Flow.To.Node
				notice(to.Span, "no resource is called %q%s", name, suggest.For(name, about[0].targets))
			}
		}
	}
	return out
}

// spoken is what a network knows of one assertion of the configuration.
type spoken struct {
	// of says that the assertion may speak of a function of the network.
	of bool
	// defined says of each destination whether the network has it, and targets are the names that one may have.
	defined []bool
	targets []string
}

func spokenOf(assertions []rules.Assertion, n *graph.Network) (out []spoken) {
	for _, a := range assertions {
		s := spoken{of: speaksOf(&a, n)}
		if s.of {
			s.targets = suggest.Targets(n)
			for _, to := range destinations(&a) {
				s.defined = append(s.defined, to.Flow.To.Defined(n).IsTrue())
			}
		}
		out = append(out, s)
	}
	return out
}

// spokenOf are the networks that assertion i speaks of.
func (r *run) spokenOf(i int) (out []spoken) {
	for _, c := range r.all() {
		if i < len(c.spoken) && c.spoken[i].of {
			out = append(out, c.spoken[i])
		}
	}
	return out
}

func destinations(a *rules.Assertion) []rules.Asserted {
	return slices.Concat(a.MustReach, a.MustNotReach)
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
