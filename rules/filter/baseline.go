package filter

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Baseline is a set of findings that were there before: only new ones count.
type Baseline struct {
	// Name is that of the file.
	Name    string
	Entries []Entry
}

// Entry is one finding of a baseline. Only the fingerprint identifies it; the rest tells people what it is, and a run
// whether it has looked at it.
type Entry struct {
	Rule        string `json:"rule"`
	Root        string `json:"root"` // relative to the boundary
	Resource    string `json:"resource"`
	Message     string `json:"message"`
	Fingerprint string `json:"fingerprint"`
}

// Filter accepts the findings of the baseline, and reports how many of its entries are no longer found.
func (b *Baseline) Filter(scope *Scope) Filter {
	s := &seen{baseline: b, scope: scope, found: map[string]bool{}}
	for _, e := range b.Entries {
		s.found[e.Fingerprint] = false
	}
	return s
}

type seen struct {
	baseline *Baseline
	scope    *Scope
	found    map[string]bool // by fingerprint
}

func (s *seen) Apply(f *rules.Finding) {
	key := s.scope.fingerprint(*f)
	if _, listed := s.found[key]; !listed {
		return
	}
	s.found[key] = true
	if f.Suppressed == nil {
		f.Suppressed = &rules.Suppression{Kind: rules.InBaseline}
	}
}

func (s *seen) Notices() []source.Diagnostic {
	gone := 0
	for _, e := range s.baseline.Entries {
		if !s.found[e.Fingerprint] && s.scope.concerns(e) {
			gone++
		}
	}
	what := fmt.Sprintf("%d entries of the baseline are", gone)
	switch gone {
	case 0:
		return nil
	case 1:
		what = "1 entry of the baseline is"
	}
	return []source.Diagnostic{{File: s.baseline.Name, Message: what + " no longer found: write it again"}}
}

// Next is the baseline that accepts the findings that stand, and keeps of the old one, which may be nil, what the run
// did not look at or left open.
func (b *Baseline) Next(name string, findings []rules.Finding, open []rules.Undecided, scope *Scope) *Baseline {
	next := &Baseline{Name: name}
	for _, f := range rules.Instances(findings) {
		if f.Suppressed == nil {
			next.Entries = append(next.Entries, Entry{
				Rule: f.Rule.Name, Root: scope.base(f.Root), Resource: rules.WithoutIndex(f.Resource),
				Message: f.Message, Fingerprint: scope.fingerprint(f),
			})
		}
	}
	undecided := map[string]bool{}
	for _, u := range open {
		undecided[scope.fingerprint(u.Finding)] = true
	}
	if b != nil {
		for _, e := range b.Entries {
			if undecided[e.Fingerprint] || !scope.concerns(e) {
				next.Entries = append(next.Entries, e)
			}
		}
	}
	slices.SortStableFunc(next.Entries, Entry.compare)
	next.Entries = slices.CompactFunc(next.Entries, func(a, b Entry) bool { return a.Fingerprint == b.Fingerprint })
	return next
}
