package report

import (
	"cmp"
	"io"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// JSON writes the report in the stable format. It always lists what is undecided. What is not UTF-8 becomes U+FFFD, and
// what breaks a line in JavaScript is escaped.
func JSON(w io.Writer, r *Report, _ Options) error { return writeJSON(w, newDocument(r)) }

func writeJSON(w io.Writer, of any) error {
	out := escapeJSON(w)
	enc := jsontext.NewEncoder(out,
		jsontext.WithIndent("  "), jsontext.EscapeForJS(true), jsontext.AllowInvalidUTF8(true))
	return cmp.Or(json.MarshalEncode(enc, of), out.Close())
}

// member is a resource of the deployment with that root.
type member struct{ root, address string }

// documenter makes a document of a report.
type documenter struct {
	*Report
	// functions are their places.
	functions map[member]source.Span
	fixes     func(rules.Finding) []rules.Edit
	// bases are the names that are others relative to the boundary.
	bases map[string]string
}

func newDocument(r *Report) *document {
	d := &documenter{r, map[member]source.Span{}, r.Fixes(), map[string]string{}}
	for _, f := range slices.Backward(r.Result.Functions) {
		d.functions[member{f.Root, f.Address}] = f.Span // of several with one address the first counts
	}
	out := &document{
		SchemaVersion: schemaVersion, Tool: docTool(r.Tool), Summary: docSummary(r.Summary()),
		Findings: each(r.AllFindings(), d.finding), Undecided: each(r.Undecided(), d.undecided),
		Functions: each(r.Result.Functions, d.function),
		Notices:   each(r.Notices, d.message), Errors: each(r.Errors, d.message),
	}
	out.Run = d.run() // last, for it says what the others were called
	return out
}

// each applies f to all items.
func each[T, U any](items []T, f func(*T) U) []U {
	out := make([]U, len(items))
	for i := range items {
		out[i] = f(&items[i])
	}
	return out
}

func (d *documenter) finding(f *rules.Finding) docFinding {
	out := docFinding{
		docAbout: d.about(f), Severity: Severity(*f).String(), Remedy: optional(f.Remedy),
		Fingerprint: d.Fingerprint(*f), URL: optional(f.Rule.URL), Page: f.Rule.Page(),
		Edits: each(d.fixes(*f), func(e *rules.Edit) docEdit { return docEdit{d.location(e.Span), e.Text} }),
	}
	if d.Shard != nil && f.Library != nil {
		library := each(f.Library.Functions, func(at *source.Span) docSpan { return docSpan{d.location(*at)} })
		out.Library = &library
	}
	if s := f.Suppressed; s != nil {
		out.Suppressed = &docSuppressed{Kind: string(s.Kind), Reason: s.Reason, Location: d.location(s.Span)}
	}
	return out
}

func (d *documenter) undecided(u *rules.Undecided) docUndecided {
	return docUndecided{
		docAbout: d.about(&u.Finding), Missing: each(u.Missing, d.missing), Hint: optional(Hint(u.Missing)),
	}
}

func (d *documenter) about(f *rules.Finding) docAbout {
	return docAbout{
		Rule: f.Rule.Name, Pack: f.Pack, Message: f.Message, Root: d.name(f.Root), Resource: f.Resource,
		Key: optional(f.Key), Deployment: d.deployment(f.Deployment), Tenancy: d.tenancy(f), Affects: d.affects(f),
		Scenarios: each(f.Scenarios, func(s *rules.Scenario) docScenario { return docScenario{*s} }),
		Location:  d.location(f.Span), Trace: each(f.Trace, d.hop),
	}
}

// deployment is a number that only the report of a part of a run has.
func (d *documenter) deployment(number int) int {
	if d.Shard == nil {
		return 0
	}
	return number
}

// tenancy, too, is nobody's business but that of Merge.
func (d *documenter) tenancy(f *rules.Finding) string {
	if d.Shard == nil {
		return ""
	}
	return f.Tenancy
}

// name is that of a file or a deployment. It remembers what it is relative to the boundary.
func (d *documenter) name(name string) string {
	if base := d.Base(name); base != name {
		d.bases[name] = base
	}
	return name
}

func (d *documenter) function(f *rules.FunctionFact) docFunction {
	return docFunction{
		Address: f.Address, Root: d.name(f.Root), Deployment: d.deployment(f.Deployment), Location: d.location(f.Span),
		InVPC: f.InVPC.Truth.String(), VPC: optional(f.VPC), SubnetsComplete: f.SubnetsComplete,
		Missing: each(f.Missing, d.missing),
		Subnets: each(f.Subnets, func(s *rules.SubnetFact) docSubnet {
			return docSubnet{s.Subnet, pathOf(s.Internet), pathOf(s.Internet6)}
		}),
	}
}

func pathOf(p rules.PathFact) docPath { return docPath{p.Status, optional(p.Via), optional(p.Cause)} }

func (d *documenter) affects(f *rules.Finding) []docAffected {
	return each(f.Affects, func(address *string) docAffected {
		of := member{f.Root, *address}
		if _, here := d.functions[of]; !here {
			of = d.elsewhere(of)
		}
		return docAffected{Address: of.address, Root: of.root, Location: d.location(d.functions[of])}
	})
}

// elsewhere is the function of another deployment that Affects names, or what it names itself.
func (d *documenter) elsewhere(of member) member {
	for _, f := range d.Result.Functions {
		if of.address == rules.Elsewhere(f.Root, f.Address) {
			return member{f.Root, f.Address}
		}
	}
	return of
}

func (d *documenter) hop(h *trace.Hop) docHop {
	return docHop{
		Location: d.location(h.Span), Role: optional(h.Role), Message: h.Message, Cause: optional(h.Cause),
	}
}

func (d *documenter) missing(m *fact.Missing) docMissing {
	out := docMissing{Kind: string(m.Kind), Name: m.Name, Location: d.location(m.Span)}
	if m.Lookup != nil {
		out.Lookup = &docLookup{Missing: each(m.Lookup.Missing, d.missing), Directory: m.Lookup.Dir}
	}
	return out
}

// message knows, of what has no place in the text, the file at least.
func (d *documenter) message(m *source.Diagnostic) docMessage {
	at := d.location(m.Span)
	if at == nil && m.File != "" {
		at = &docPlace{File: d.name(m.File)}
	}
	return docMessage{Location: at, Message: m.Message}
}

// location is nil where no place is known.
func (d *documenter) location(span source.Span) *docPlace {
	l, ok := d.Files.Location(span)
	if !ok {
		return nil
	}
	return &docPlace{
		File: d.name(l.File), StartLine: ordinal(l.StartLine), StartColumn: ordinal(l.StartColumn),
		EndLine: ordinal(l.EndLine), EndColumn: ordinal(l.EndColumn),
	}
}

func (d *documenter) run() *docRun {
	out := &docRun{FailOn: noFailure, Shard: d.shard(), Packs: each(d.Packs, func(p *rules.Pack) docPack {
		return docPack{p.Name, each(p.Rules, func(r **rules.Rule) docRule { return docRule{(*r).Name} })}
	})}
	if d.FailOn <= rules.Error {
		out.FailOn = d.FailOn.String()
	}
	for _, name := range slices.Sorted(maps.Keys(d.bases)) {
		out.Names = append(out.Names, docName{name, d.bases[name]})
	}
	return out
}

func (d *documenter) shard() *docShard {
	if d.Shard == nil {
		return nil
	}
	uses := slices.SortedFunc(maps.Keys(d.Shard.Uses), source.Span.Compare)
	return &docShard{d.Shard.Index, d.Shard.Of, d.Shard.Inhabited, each(uses, func(at *source.Span) docUse {
		troubles := slices.SortedFunc(maps.Keys(d.Shard.Uses[*at]), Trouble.compare)
		return docUse{d.location(*at), each(troubles, func(t *Trouble) docTrouble {
			return docTrouble{t.Rule, optional(t.Key), optional(t.Root)}
		})}
	})}
}
