package filter

import (
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// ran reports that every rule ran that the name of a rule or pack stands for. The name of a pack does not stand for
// rules that have to be asked for.
func (s *Scope) ran(name string) bool {
	known := false
	for _, p := range s.Known {
		for _, r := range p.Rules {
			if r.Name != name && (p.Name != name || r.OptIn) {
				continue
			}
			known = true
			if !slices.ContainsFunc(s.Ran, func(p rules.Pack) bool { return slices.Contains(p.Rules, r) }) {
				return false
			}
		}
	}
	return known
}

// allRan reports that no rule was left out.
func (s *Scope) allRan() bool {
	return !slices.ContainsFunc(s.Known, func(p rules.Pack) bool { return !s.ran(p.Name) })
}

// concerns reports whether the run would have found what the entry stands for.
func (s *Scope) concerns(e Entry) bool {
	known := slices.ContainsFunc(s.Known, func(p rules.Pack) bool {
		return slices.ContainsFunc(p.Rules, func(r *rules.Rule) bool { return r.Name == e.Rule })
	})
	read := s.Whole || slices.ContainsFunc(s.Roots, func(root string) bool { return s.base(root) == e.Root })
	return read && (!known || s.ran(e.Rule))
}

func (s *Scope) fingerprint(f rules.Finding) string {
	f.Root = s.base(f.Root)
	return rules.Fingerprint(f)
}
