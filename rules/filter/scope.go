package filter

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Scope is what a run looked at. Filters need it to tell an entry that nothing needs any more from one that this run
// could not need.
type Scope struct {
	Files *source.FileSet
	// Base turns a path relative to the working directory into one relative to the boundary of the run. Nil leaves
	// paths as they are.
	Base func(path string) string
	// Known are the rules that there are, Ran those that ran.
	Known, Ran []rules.Pack
	// Roots are the deployments that were looked at, relative to the working directory.
	Roots []string
	// Whole says that the run covered all that lies inside its boundary.
	Whole bool
	// Suggest gives the end of a message about an unknown word, such as `; did you mean "x"?`. Nil suggests nothing.
	Suggest func(word string, candidates []string) string
}

func (s *Scope) base(path string) string {
	if s.Base == nil {
		return path
	}
	return s.Base(path)
}

// files are that of the finding and the one in a downloaded module, relative to the boundary.
func (s *Scope) files(f *rules.Finding) (out []string) {
	for _, span := range []source.Span{f.Span, f.Copied} {
		if file := s.Files.File(span); file != nil {
			out = append(out, s.base(file.Name))
		}
	}
	if len(out) == 0 {
		out = append(out, s.base(f.Root))
	}
	return out
}

// mostUnknown is how many names of one entry are told.
const mostUnknown = 5

// unknown says of the names that are neither a rule nor a pack what is wrong with them.
func (s *Scope) unknown(names []string, span source.Span) (out []source.Diagnostic) {
	var candidates []string
	for _, p := range s.Known {
		candidates = append(candidates, p.Name)
		for _, r := range p.Rules {
			candidates = append(candidates, r.Name)
		}
	}
	slices.Sort(candidates)
	for _, name := range names {
		if len(out) == mostUnknown {
			break
		}
		if slices.Contains(candidates, name) {
			continue
		}
		message := fmt.Sprintf("no rule or pack is called %q", name)
		if s.Suggest != nil {
			message += s.Suggest(name, candidates)
		}
		out = append(out, source.Diagnostic{Span: span, Message: message})
	}
	return out
}
