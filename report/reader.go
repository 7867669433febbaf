package report

import (
	"fmt"
	"slices"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// reader makes a report of a document. The first thing that is wrong is its err.
type reader struct {
	*document
	under string
	spans map[source.Location]source.Span
	rules map[string]*rules.Rule
	packs []rules.Pack
	err   error
}

func (r *reader) wrong(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *reader) report(files *source.FileSet) *Report {
	bases := map[string]string{}
	for _, n := range r.Run.Names {
		bases[r.name(n.Name)] = r.name(n.InBoundary)
	}
	out := &Report{
		Tool: Tool(r.Tool), Files: files, Inputs: r.Summary.Files, Packs: r.ran(), FailOn: r.severity(r.Run.FailOn),
		Result: rules.Result{Decided: r.Summary.Decided}, Notices: r.messages(r.Notices), Errors: r.messages(r.Errors),
		Rebase: func(name string) string {
			if base, ok := bases[name]; ok {
				return base
			}
			return name
		},
		Shard: r.shard(),
	}
	for i := range r.Findings {
		out.Result.Findings = append(out.Result.Findings, r.finding(&r.Findings[i]))
	}
	for i := range r.Undecided {
		u := &r.Undecided[i]
		of := rules.Undecided{Finding: r.about(&u.docAbout), Missing: r.missing(u.Missing)}
		out.Result.Undecided = append(out.Result.Undecided, of)
	}
	for i := range r.Functions {
		out.Result.Functions = append(out.Result.Functions, r.function(&r.Functions[i]))
	}
	return out
}

func (r *reader) name(of string) string { return under(r.under, of) }

// span is that of a place, absent where no line is known.
func (r *reader) span(p *docPlace) source.Span {
	if p == nil {
		return source.Span{}
	}
	return r.spans[p.location(r.under)]
}

func (r *reader) rule(name string) *rules.Rule {
	if r.rules[name] == nil {
		r.wrong("this program has no rule that is called %q", name)
		return &rules.Rule{Name: name}
	}
	return r.rules[name]
}

// ran are the rules that ran, in the order of the program.
func (r *reader) ran() (out []rules.Pack) {
	names := map[string]bool{}
	for _, p := range r.Run.Packs {
		for _, of := range p.Rules {
			names[r.rule(of.Name).Name] = true
		}
	}
	return choose(r.packs, func(rule *rules.Rule) bool { return names[rule.Name] })
}

// choose are the rules of packs of which keep says so, in packs that are not empty.
func choose(packs []rules.Pack, keep func(*rules.Rule) bool) (out []rules.Pack) {
	for _, p := range packs {
		p.Rules = slices.DeleteFunc(slices.Clone(p.Rules), func(rule *rules.Rule) bool { return !keep(rule) })
		if len(p.Rules) > 0 {
			out = append(out, p)
		}
	}
	return out
}

func (r *reader) severity(name string) rules.Severity {
	for s := rules.Note; s <= rules.Error; s++ {
		if s.String() == name {
			return s
		}
	}
	if name != noFailure {
		r.wrong("%q is no severity", name)
	}
	return rules.Error + 1
}

func (r *reader) about(d *docAbout) rules.Finding {
	f := rules.Finding{
		Rule: r.rule(d.Rule), Pack: d.Pack, Message: d.Message, Root: r.name(d.Root), Resource: d.Resource,
		Key:  string(d.Key),
		Span: r.span(d.Location), Deployment: d.Deployment, Tenancy: d.Tenancy,
	}
	for _, a := range d.Affects {
		if address := a.Address; r.name(a.Root) != f.Root {
			f.Affects = append(f.Affects, rules.Elsewhere(r.name(a.Root), address))
		} else {
			f.Affects = append(f.Affects, address)
		}
	}
	for _, s := range d.Scenarios {
		f.Scenarios = append(f.Scenarios, s.Scenario)
	}
	for _, h := range d.Trace {
		f.Trace = append(f.Trace, trace.Hop{
			Span: r.span(h.Location), Role: trace.Role(h.Role), Message: h.Message, Cause: trace.Cause(h.Cause),
		})
	}
	return f
}

func (r *reader) finding(d *docFinding) rules.Finding {
	f := r.about(&d.docAbout)
	f.Severity, f.Remedy, f.Fingerprint = r.severity(d.Severity), string(d.Remedy), d.Fingerprint
	if f.Severity > rules.Error || f.Fingerprint == "" {
		r.wrong("a finding of %s has no severity or fingerprint", d.Rule)
	}
	for _, e := range d.Edits {
		at := r.span(e.Location)
		if !at.IsValid() {
			r.wrong("an edit of a finding of %s has no place", d.Rule)
		}
		f.Edits = append(f.Edits, rules.Edit{Span: at, Text: e.Text})
	}
	if d.Library != nil {
		f.Library = &rules.Library{}
		for _, at := range *d.Library {
			f.Library.Functions = append(f.Library.Functions, r.span(at.Location))
		}
	}
	if s := d.Suppressed; s != nil {
		kind := rules.SuppressionKind(s.Kind)
		f.Suppressed = &rules.Suppression{Kind: kind, Reason: s.Reason, Span: r.span(s.Location)}
	}
	return f
}

func (r *reader) function(d *docFunction) rules.FunctionFact {
	f := rules.FunctionFact{
		Address: d.Address, Root: r.name(d.Root), Deployment: d.Deployment, Span: r.span(d.Location),
		VPC:             string(d.VPC),
		SubnetsComplete: d.SubnetsComplete, Missing: r.missing(d.Missing),
	}
	switch d.InVPC {
	case fact.True.String():
		f.InVPC = fact.Yes()
	case fact.False.String():
		f.InVPC = fact.No()
	case fact.Unknown.String():
	default:
		r.wrong("%q of function %q is neither true, false nor unknown", d.InVPC, d.Address)
	}
	for _, s := range d.Subnets {
		f.Subnets = append(f.Subnets, rules.SubnetFact{
			Subnet: s.Subnet, Internet: s.Internet.fact(), Internet6: s.Internet6.fact(),
		})
	}
	return f
}

func (p docPath) fact() rules.PathFact {
	return rules.PathFact{Status: p.Status, Via: string(p.Via), Cause: trace.Cause(p.Cause)}
}

func (r *reader) missing(ds []docMissing) (out []fact.Missing) {
	for _, d := range ds {
		of := fact.Missing{Kind: fact.Kind(d.Kind), Name: d.Name, Span: r.span(d.Location)}
		if d.Lookup != nil {
			of.Lookup = &fact.Lookup{Missing: r.missing(d.Lookup.Missing), Dir: d.Lookup.Directory}
		}
		out = append(out, of)
	}
	return out
}

func (r *reader) messages(ds []docMessage) (out []source.Diagnostic) {
	for _, d := range ds {
		of := source.Diagnostic{Span: r.span(d.Location), Message: d.Message}
		if d.Location != nil && !of.Span.IsValid() {
			of.File = r.name(d.Location.File)
		}
		out = append(out, of)
	}
	return out
}

func (r *reader) shard() *Shard {
	d := r.Run.Shard
	if d == nil {
		return nil
	}
	if d.Of < 1 || d.Index < 1 || d.Index > d.Of {
		r.wrong("%d/%d is no shard", d.Index, d.Of)
	}
	out := &Shard{Index: d.Index, Of: d.Of, Inhabited: d.Inhabited, Uses: map[source.Span]map[Trouble]bool{}}
	for _, u := range d.Uses {
		troubles := map[Trouble]bool{}
		for _, t := range u.Troubles {
			troubles[Trouble{Rule: t.Rule, Key: string(t.Key), Root: r.name(string(t.Root))}] = true
		}
		out.Uses[r.span(u.Location)] = troubles
	}
	return out
}
