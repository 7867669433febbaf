package lint

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/all"
)

// Merge makes one report of reports in JSON. A report of another tool is refused. Those of shards that are under one
// name must be all of one run, and are put together first. Of the options it needs Packs and, unless the runs have said
// it, FailOn.
func Merge(docs []report.Document, o Options) (*report.Report, error) {
	if o.Packs == nil {
		o.Packs = all.Packs()
	}
	read, err := report.Read(docs, o.Packs)
	if err != nil {
		return nil, err
	}
	for i, r := range read {
		if r.Tool.Name != Name {
			return nil, fmt.Errorf("%s: not a report of %s: its tool is called %q", docs[i].Name, Name, r.Tool.Name)
		}
	}
	runs, err := runsOf(docs, read)
	if err != nil {
		return nil, err
	}
	out, err := join(runs)
	if err == nil && o.FailOn != "" {
		out.FailOn, err = threshold(o.FailOn)
	}
	return out, err
}

// runsOf are the reports of runs without shards, and one of the shards of each name.
func runsOf(docs []report.Document, read []*report.Report) (runs []*report.Report, err error) {
	var names []string
	shards := map[string][]*report.Report{}
	for i, r := range read {
		if r.Shard == nil {
			runs = append(runs, r)
			continue
		}
		name := docs[i].Under
		if shards[name] == nil {
			names = append(names, name)
		}
		shards[name] = append(shards[name], r)
	}
	for _, name := range names {
		r, err := whole(shards[name])
		if err != nil && name != "" {
			err = fmt.Errorf("%s: %w", name, err)
		}
		if err != nil {
			return nil, err
		}
		runs = append(runs, r)
	}
	return runs, nil
}

func (o *Options) checkShard() error {
	switch {
	case o.Shard == 0 && o.Shards == 0:
		return nil
	case o.Shard < 1 || o.Shard > o.Shards:
		return fmt.Errorf("--shard %d/%d: want I/N with I from 1 to N", o.Shard, o.Shards)
	case o.WriteBaseline != "":
		return errors.New("--write-baseline: a shard does not know all findings")
	}
	return nil
}

// join makes one report of the reports of several runs. An error names a deployment that is in two of them.
func join(runs []*report.Report) (*report.Report, error) {
	if len(runs) == 1 {
		return runs[0], nil
	}
	out := &report.Report{Tool: runs[0].Tool, Files: runs[0].Files, FailOn: runs[0].FailOn}
	of := map[string]*report.Report{}
	for _, r := range runs {
		for _, f := range r.Result.Functions {
			if other := of[f.Root]; other != nil && other != r {
				return nil, fmt.Errorf("two reports speak of %q: put a name before each, "+
					"as in api=api.json web=web.json", f.Root)
			}
			of[f.Root] = r
		}
		out.Inputs += r.Inputs
		out.FailOn = min(out.FailOn, r.FailOn)
		out.Packs = append(out.Packs, r.Packs...)
		out.Errors, out.Notices = append(out.Errors, r.Errors...), append(out.Notices, r.Notices...)
		out.Result.Decided += r.Result.Decided
		out.Result.Functions = append(out.Result.Functions, r.Result.Functions...)
		out.Result.Findings = append(out.Result.Findings, r.Result.Findings...)
		out.Result.Undecided = append(out.Result.Undecided, r.Result.Undecided...)
	}
	out.Packs = distinct(out.Packs)
	out.Errors, out.Notices = inOrder(out.Files, out.Errors), inOrder(out.Files, out.Notices)
	out.Rebase = func(name string) string {
		for _, r := range runs {
			if base := r.Rebase(name); base != name {
				return base
			}
		}
		return name
	}
	return out, nil
}

// distinct puts packs of one name together, with each rule once.
func distinct(packs []rules.Pack) (out []rules.Pack) {
	for _, p := range packs {
		i := slices.IndexFunc(out, func(q rules.Pack) bool { return q.Name == p.Name })
		if i < 0 {
			i, out = len(out), append(out, rules.Pack{Name: p.Name})
		}
		for _, r := range p.Rules {
			if !slices.Contains(out[i].Rules, r) {
				out[i].Rules = append(out[i].Rules, r)
			}
		}
	}
	return out
}

// whole makes one report of the reports of all shards of one run. An error says which is missing. What is said of
// libraries is decided here: only now all who use them have spoken.
func whole(shards []*report.Report) (*report.Report, error) {
	if err := complete(shards); err != nil {
		return nil, err
	}
	out := *shards[0]
	out.Rebase = func(name string) string {
		for _, s := range shards {
			if base := s.Rebase(name); base != name {
				return base
			}
		}
		return name
	}
	out.Inputs, out.Shard, out.Result, out.Errors, out.Notices = 0, nil, rules.Result{}, nil, nil
	var said rules.Result
	var libraries []rules.Finding
	used := users{}
	for _, s := range shards {
		out.Inputs += s.Inputs
		out.Errors, out.Notices = append(out.Errors, s.Errors...), append(out.Notices, s.Notices...)
		said.Decided += s.Result.Decided
		said.Functions = append(said.Functions, s.Result.Functions...)
		said.Undecided = append(said.Undecided, s.Result.Undecided...)
		for _, f := range s.Result.Findings {
			if f.Library == nil {
				said.Findings = append(said.Findings, f)
			} else {
				libraries = append(libraries, f)
			}
		}
		said.Inhabited = append(said.Inhabited, s.Shard.Inhabited...)
		used.add(s.Shard.Uses)
	}
	slices.SortStableFunc(said.Functions, func(a, b rules.FunctionFact) int { return a.Deployment - b.Deployment })
	slices.SortStableFunc(said.Findings, byDeployment)
	slices.SortStableFunc(libraries, byDeployment)
	slices.SortStableFunc(said.Undecided, func(a, b rules.Undecided) int { return byDeployment(a.Finding, b.Finding) })
	out.Result = rules.Merge([]rules.Result{said})
	for left := used.without(libraries); len(left) > 0; {
		next := slices.IndexFunc(left, func(f rules.Finding) bool { return f.Deployment != left[0].Deployment })
		if next < 0 {
			next = len(left)
		}
		out.Result.Findings = slices.Concat(out.Result.Findings, unsaid(out.Result.Findings, left[:next]))
		left = left[next:]
	}
	out.Errors, out.Notices = once(inOrder(out.Files, out.Errors)), once(inOrder(out.Files, out.Notices))
	return &out, nil
}

// complete says whether these are all shards of one run, each once.
func complete(shards []*report.Report) error {
	of := shards[0].Shard.Of
	seen := map[int]bool{}
	for _, r := range shards {
		s := r.Shard
		if s.Of != of {
			return fmt.Errorf("shard %d/%d and shard %d/%d are no parts of one run",
				shards[0].Shard.Index, of, s.Index, s.Of)
		}
		if seen[s.Index] {
			return fmt.Errorf("shard %d/%d is there twice", s.Index, of)
		}
		seen[s.Index] = true
	}
	for i := 1; i <= of; i++ {
		if !seen[i] {
			return fmt.Errorf("shard %d/%d is missing", i, of)
		}
	}
	return nil
}

func (u users) add(uses users) {
	for span, troubles := range uses {
		maps.Copy(u.at(span), troubles)
	}
}

func byDeployment(a, b rules.Finding) int { return a.Deployment - b.Deployment }

// once are the diagnostics, which are in order, each once: all shards find the same files.
func once(ds []source.Diagnostic) []source.Diagnostic { return slices.Compact(ds) }

// inOrder sorts by file, place and message. What is about a file as a whole comes behind its places, and what is about
// the run comes last.
func inOrder(files *source.FileSet, ds []source.Diagnostic) []source.Diagnostic {
	at := func(d source.Diagnostic) source.Location {
		l, ok := files.Location(d.Span)
		if !ok {
			l.File, l.StartLine = d.File, int(^uint(0)>>1)
		}
		return l
	}
	slices.SortStableFunc(ds, func(a, b source.Diagnostic) int {
		x, y := at(a), at(b)
		return cmp.Or(
			last(x.File == "", y.File == ""), strings.Compare(x.File, y.File), cmp.Compare(x.StartLine, y.StartLine),
			x.StartColumn-y.StartColumn, strings.Compare(a.Message, b.Message),
		)
	})
	return ds
}

func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
