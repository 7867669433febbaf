package report

import (
	"maps"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// What a report in JSON says of the run itself, so that Read makes of it what it was.

// noFailure is the name of a severity above all others.
const noFailure = "none"

func (s *jsonReport) run() {
	s.object("run", func() {
		failOn := noFailure
		if s.FailOn <= rules.Error {
			failOn = s.FailOn.String()
		}
		s.text("failOn", failOn)
		array(&s.jsonText, "packs", s.Packs, func(p *rules.Pack) {
			s.text("name", p.Name)
			array(&s.jsonText, "rules", p.Rules, func(r **rules.Rule) { s.text("name", (*r).Name) })
		})
		array(&s.jsonText, "names", slices.Sorted(maps.Keys(s.bases)), func(name *string) {
			s.text("name", *name)
			s.text("inBoundary", s.bases[*name])
		})
		if s.Shard != nil {
			s.object("shard", s.shard)
		}
	})
}

func (s *jsonReport) shard() {
	s.number("index", s.Shard.Index)
	s.number("of", s.Shard.Of)
	array(&s.jsonText, "uses", slices.SortedFunc(maps.Keys(s.Shard.Uses), source.Span.Compare), func(at *source.Span) {
		s.location(*at)
		troubles := slices.SortedFunc(maps.Keys(s.Shard.Uses[*at]), Trouble.compare)
		array(&s.jsonText, "troubles", troubles, func(t *Trouble) {
			s.text("rule", t.Rule)
			s.optional("key", t.Key)
			s.optional("root", t.Root)
		})
	})
}

// part is what only the report of a part of a run has: the number of the deployment and, of a finding about a library,
// the places of the functions affected.
func (s *jsonReport) part(deployment int, library *rules.Library) {
	if s.Shard == nil {
		return
	}
	s.number("deployment", deployment)
	if library != nil {
		array(&s.jsonText, "library", library.Functions, func(at *source.Span) { s.location(*at) })
	}
}
