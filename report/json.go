package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// schemaVersion changes only when a field is renamed or removed; new fields do not change it.
const schemaVersion = 1

// member is a resource of the deployment with that root.
type member struct{ root, address string }

// jsonReport is the document under way. It knows the places of functions.
type jsonReport struct {
	jsonText
	*Report
	functions map[member]source.Span
	// bases are the names that are others relative to the boundary.
	bases map[string]string
}

// JSON writes the report in the stable format. It always lists what is undecided.
func JSON(w io.Writer, r *Report, _ Options) error {
	functions := map[member]source.Span{}
	for _, f := range slices.Backward(r.Result.Functions) {
		functions[member{f.Root, f.Address}] = f.Span // of several with one address the first counts
	}
	out := escapeJSON(w)
	s := &jsonReport{newJSONText(out), r, functions, map[string]string{}}
	s.token(jsontext.BeginObject)
	s.number("schemaVersion", schemaVersion)
	s.tool()
	s.summary()
	array(&s.jsonText, "findings", r.AllFindings(), s.finding)
	array(&s.jsonText, "undecided", r.Undecided(), s.undecided)
	array(&s.jsonText, "functions", r.Result.Functions, s.function)
	array(&s.jsonText, "notices", r.Notices, s.message)
	array(&s.jsonText, "errors", r.Errors, s.message)
	s.run()
	s.token(jsontext.EndObject)
	return cmp.Or(s.err, out.Close())
}

func (s *jsonReport) tool() {
	s.object("tool", func() {
		s.text("name", s.Tool.Name)
		s.text("version", s.Tool.Version)
	})
}

func (s *jsonReport) summary() {
	sum := s.Summary()
	s.object("summary", func() {
		s.number("files", sum.Files)
		s.number("functions", sum.Functions)
		s.number("vpcFunctions", sum.VPCFunctions)
		s.number("decided", sum.Decided)
		s.number("undecided", sum.Undecided)
		s.number("error", sum.Error)
		s.number("warning", sum.Warning)
		s.number("note", sum.Note)
		s.number("suppressed", sum.Suppressed)
	})
}

func (s *jsonReport) finding(f *rules.Finding) {
	s.text("rule", f.Rule.Name)
	s.text("pack", f.Pack)
	s.text("severity", Severity(*f).String())
	s.text("message", f.Message)
	s.optional("remedy", f.Remedy)
	s.of(f)
	s.affects(f)
	array(&s.jsonText, "scenarios", f.Scenarios, s.scenario)
	s.location(f.Span)
	array(&s.jsonText, "trace", f.Trace, s.hop)
	s.text("fingerprint", s.Fingerprint(*f))
	s.optional("key", f.Key)
	s.optional("url", f.Rule.URL)
	if f.Suppressed == nil {
		s.null("suppressed")
		return
	}
	s.object("suppressed", func() {
		s.text("kind", string(f.Suppressed.Kind))
		s.text("reason", f.Suppressed.Reason)
		s.location(f.Suppressed.Span)
	})
}

// of is what a finding or a question is about.
func (s *jsonReport) of(f *rules.Finding) {
	s.root(f.Root)
	s.text("resource", f.Resource)
	s.part(f.Deployment, f.Library)
}

// root is the name of a deployment.
func (s *jsonReport) root(name string) {
	s.text("root", name)
	s.rebase(name)
}

// rebase remembers what the name is relative to the boundary.
func (s *jsonReport) rebase(name string) {
	if base := s.Base(name); base != name {
		s.bases[name] = base
	}
}

// scenario has subjects for names. They come from inputs, and two may be one once they are UTF-8; the later one is then
// numbered, for an object that has a name twice means something else to each reader.
func (s *jsonReport) scenario(of *rules.Scenario) {
	seen := map[string]bool{}
	for _, set := range *of {
		name := strings.ToValidUTF8(set.Subject, string(utf8.RuneError))
		for i := 2; seen[name]; i++ {
			name = fmt.Sprintf("%s (%d)", strings.ToValidUTF8(set.Subject, string(utf8.RuneError)), i)
		}
		seen[name] = true
		s.text(name, set.Value)
	}
}

func (s *jsonReport) undecided(u *rules.Undecided) {
	s.text("rule", u.Rule.Name)
	s.text("pack", u.Pack)
	s.of(&u.Finding)
	s.affects(&u.Finding)
	array(&s.jsonText, "scenarios", u.Scenarios, s.scenario)
	s.location(u.Span)
	array(&s.jsonText, "trace", u.Trace, s.hop)
	s.text("message", u.Message)
	array(&s.jsonText, "missing", u.Missing, s.missing)
	s.optional("hint", Hint(u.Missing))
	s.optional("key", u.Key)
}

func (s *jsonReport) function(f *rules.FunctionFact) {
	s.text("address", f.Address)
	s.root(f.Root)
	s.part(f.Deployment, nil)
	s.location(f.Span)
	s.text("inVpc", f.InVPC.Truth.String())
	s.optional("vpc", f.VPC)
	s.truth("subnetsComplete", f.SubnetsComplete)
	array(&s.jsonText, "missing", f.Missing, s.missing)
	array(&s.jsonText, "subnets", f.Subnets, func(subnet *rules.SubnetFact) {
		s.text("subnet", subnet.Subnet)
		s.path("internet", subnet.Internet)
		s.path("internet6", subnet.Internet6)
	})
}

func (s *jsonReport) path(name string, p rules.PathFact) {
	s.object(name, func() {
		s.text("status", p.Status)
		s.optional("via", p.Via)
		s.optional("cause", string(p.Cause))
	})
}

func (s *jsonReport) affects(f *rules.Finding) {
	array(&s.jsonText, "affects", f.Affects, func(address *string) {
		of := member{f.Root, *address}
		if _, here := s.functions[of]; !here {
			of = s.elsewhere(of)
		}
		s.text("address", of.address)
		s.text("root", of.root)
		s.location(s.functions[of])
	})
}

// elsewhere is the function of another deployment that Affects names, or what it names itself.
func (s *jsonReport) elsewhere(of member) member {
	for _, f := range s.Result.Functions {
		if of.address == rules.Elsewhere(f.Root, f.Address) {
			return member{f.Root, f.Address}
		}
	}
	return of
}

func (s *jsonReport) hop(h *trace.Hop) {
	s.location(h.Span)
	s.text("message", h.Message)
	s.optional("cause", string(h.Cause))
}

func (s *jsonReport) missing(m *fact.Missing) {
	s.text("kind", string(m.Kind))
	s.text("name", m.Name)
	s.location(m.Span)
}

// message knows, of what has no place in the text, the file at least.
func (s *jsonReport) message(d *source.Diagnostic) {
	if l, ok := s.Files.Location(d.Span); ok || d.File != "" {
		s.place(cmp.Or(l, source.Location{File: d.File}))
	} else {
		s.null("location")
	}
	s.text("message", d.Message)
}

func (s *jsonReport) location(span source.Span) {
	if l, ok := s.Files.Location(span); ok {
		s.place(l)
	} else {
		s.null("location")
	}
}

// place is null in all but the file if no line is known.
func (s *jsonReport) place(l source.Location) {
	s.object("location", func() {
		s.text("file", l.File)
		s.rebase(l.File)
		s.position("startLine", l.StartLine)
		s.position("startColumn", l.StartColumn)
		s.position("endLine", l.EndLine)
		s.position("endColumn", l.EndColumn)
	})
}

// position counts from 1.
func (s *jsonReport) position(name string, n int) {
	if n == 0 {
		s.null(name)
	} else {
		s.number(name, n)
	}
}
