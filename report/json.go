package report

import (
	"cmp"
	"io"
	"slices"
	"sync"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// schemaVersion changes only when a field is renamed or removed; new fields do not change it.
const schemaVersion = 1

// member is a resource of the deployment with that root.
type member struct{ root, address string }

// jsonSection is a member of the document, and knows the places of functions.
type jsonSection struct {
	jsonText
	*Report
	functions map[member]source.Span
}

// JSON writes the report in the stable format. It always lists what is undecided.
func JSON(w io.Writer, r *Report, _ Options) error {
	functions := map[member]source.Span{}
	for _, f := range slices.Backward(r.Result.Functions) {
		functions[member{f.Root, f.Address}] = f.Span // of several with one address the first counts
	}
	write := slices.Concat(
		[]func(*jsonSection){
			func(s *jsonSection) { s.number("schemaVersion", schemaVersion) },
			(*jsonSection).tool,
			(*jsonSection).summary,
		},
		inRuns("findings", r.AllFindings(), (*jsonSection).finding),
		inRuns("undecided", r.Undecided(), (*jsonSection).undecided),
		inRuns("functions", r.Result.Functions, (*jsonSection).function),
		inRuns("notices", r.Notices, (*jsonSection).message),
		inRuns("errors", r.Errors, (*jsonSection).message),
	)
	sections := make([]jsonSection, len(write))
	var group sync.WaitGroup // long sections are written side by side
	for i := range sections {
		s := &sections[i]
		*s = jsonSection{jsonText{depth: 1, inside: i > 0}, r, functions}
		group.Go(func() { write[i](s) })
	}
	group.Wait()
	parts := [][]byte{[]byte("{")}
	for _, s := range sections {
		parts = append(parts, s.out)
	}
	for _, part := range append(parts, []byte("\n}\n")) {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// runLength is how many items of a long array one section has.
const runLength = 200

// inRuns gives the sections that write an array of the report side by side.
func inRuns[T any](name string, items []T, write func(*jsonSection, *T)) []func(*jsonSection) {
	if len(items) <= runLength {
		return []func(*jsonSection){func(s *jsonSection) { array(&s.jsonText, name, items, func(it *T) { write(s, it) }) }}
	}
	var sections []func(*jsonSection)
	for run := range slices.Chunk(items, runLength) {
		first := len(sections) == 0
		sections = append(sections, func(s *jsonSection) {
			if first {
				s.name(name)
				s.open('[')
			} else {
				s.depth++
			}
			objects(&s.jsonText, run, func(it *T) { write(s, it) })
		})
	}
	return append(sections, func(s *jsonSection) {
		s.depth++
		s.close(']')
	})
}

func (s *jsonSection) tool() {
	s.object("tool", func() {
		s.text("name", s.Tool.Name)
		s.text("version", s.Tool.Version)
	})
}

func (s *jsonSection) summary() {
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

func (s *jsonSection) finding(f *rules.Finding) {
	s.text("rule", f.Rule.Name)
	s.text("pack", f.Pack)
	s.text("severity", Severity(*f).String())
	s.text("message", f.Message)
	s.optional("remedy", f.Remedy)
	s.text("root", f.Root)
	s.text("resource", f.Resource)
	s.affects(f)
	array(&s.jsonText, "scenarios", f.Scenarios, func(of *rules.Scenario) {
		for _, set := range *of {
			s.text(set.Subject, set.Value)
		}
	})
	s.location(f.Span)
	array(&s.jsonText, "trace", f.Trace, s.hop)
	s.text("fingerprint", s.Fingerprint(*f))
	s.optional("url", f.Rule.URL)
	if f.Suppressed == nil {
		s.null("suppressed")
		return
	}
	s.object("suppressed", func() {
		s.text("kind", string(f.Suppressed.Kind))
		s.text("reason", f.Suppressed.Reason)
	})
}

func (s *jsonSection) undecided(u *rules.Undecided) {
	s.text("rule", u.Rule.Name)
	s.text("pack", u.Pack)
	s.text("root", u.Root)
	s.text("resource", u.Resource)
	s.affects(&u.Finding)
	s.location(u.Span)
	s.text("message", u.Message)
	array(&s.jsonText, "missing", u.Missing, s.missing)
	s.optional("hint", Hint(u.Missing))
}

func (s *jsonSection) function(f *rules.FunctionFact) {
	s.text("address", f.Address)
	s.text("root", f.Root)
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

func (s *jsonSection) path(name string, p rules.PathFact) {
	s.object(name, func() {
		s.text("status", p.Status)
		s.optional("via", p.Via)
		s.optional("cause", string(p.Cause))
	})
}

func (s *jsonSection) affects(f *rules.Finding) {
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
func (s *jsonSection) elsewhere(of member) member {
	for _, f := range s.Result.Functions {
		if of.address == rules.Elsewhere(f.Root, f.Address) {
			return member{f.Root, f.Address}
		}
	}
	return of
}

func (s *jsonSection) hop(h *trace.Hop) {
	s.location(h.Span)
	s.text("message", h.Message)
	s.optional("cause", string(h.Cause))
}

func (s *jsonSection) missing(m *fact.Missing) {
	s.text("kind", string(m.Kind))
	s.text("name", m.Name)
	s.location(m.Span)
}

// message knows, of what has no place in the text, the file at least.
func (s *jsonSection) message(d *source.Diagnostic) {
	if l, ok := s.Files.Location(d.Span); ok || d.File != "" {
		s.place(cmp.Or(l, source.Location{File: d.File}))
	} else {
		s.null("location")
	}
	s.text("message", d.Message)
}

func (s *jsonSection) location(span source.Span) {
	if l, ok := s.Files.Location(span); ok {
		s.place(l)
	} else {
		s.null("location")
	}
}

// place is null in all but the file if no line is known.
func (s *jsonSection) place(l source.Location) {
	s.object("location", func() {
		s.text("file", l.File)
		s.position("startLine", l.StartLine)
		s.position("startColumn", l.StartColumn)
		s.position("endLine", l.EndLine)
		s.position("endColumn", l.EndColumn)
	})
}

// position counts from 1.
func (s *jsonSection) position(name string, n int) {
	if n == 0 {
		s.null(name)
	} else {
		s.number(name, n)
	}
}
