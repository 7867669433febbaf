package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// hover tells of what is found at a position: the way of the packet, what to do, and the page of the rule. Of a
// function without a finding it tells how far its packets get.
func (s *server) hover(ctx context.Context, p *placeParams) (any, error) {
	f, path, err := s.desk.wait(ctx, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	var parts []string
	at := textRange{p.Position, p.Position}
	for _, i := range f.under(path, p.Position) {
		parts, at = append(parts, f.explain(i.finding)), i.Range
	}
	if parts == nil {
		parts, at = f.functionsAt(path, p.Position)
	}
	if parts == nil {
		return nil, nil
	}
	return hover{markup{"markdown", strings.Join(parts, "\n\n---\n\n")}, at}, nil
}

// explain is a finding in markdown.
func (f *found) explain(x *rules.Finding) string {
	var b strings.Builder
	severity, message := report.Severity(*x), literally(x.Message)
	_, _ = fmt.Fprintf(&b, "**%s**: %s [`%s`](%s)\n", severity, message, x.Rule.Name, x.Rule.Page())
	for i, h := range x.Trace {
		sign := "→"
		switch {
		case h.Cause != "":
			sign = "✗"
		case i == 0:
			sign = "•"
		}
		_, _ = fmt.Fprintf(&b, "\n- %s %s", sign, literally(sentence(h)))
		if at, ok := f.location(h.Span); ok {
			line := at.Range.Start.Line + 1
			_, _ = fmt.Fprintf(&b, " ([line %d](%s#L%d))", line, at.URI, line)
		}
	}
	if x.Remedy != "" {
		_, _ = fmt.Fprintf(&b, "\n\n**Fix**: %s", literally(x.Remedy))
	}
	_, _ = fmt.Fprintf(&b, "\n\n%s", about(x.Rule))
	return b.String()
}

// about is what the rule's page says of what it detects and why that hurts.
func about(r *rules.Rule) string {
	text, _, _ := strings.Cut(strings.TrimSpace(r.Doc), "\n## How to fix")
	text = strings.ReplaceAll(text, "\n## ", "\n#### ")
	return text + fmt.Sprintf("\n\n[The page of the rule](%s) · [AWS](%s)", r.Page(), r.URL)
}

// literally is a text that markdown leaves as it is. Names in it come out of files.
func literally(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_{}[]<>()#!|~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// functionsAt says how far the packets get of the functions that are written at the position.
func (f *found) functionsAt(path string, p position) (parts []string, at textRange) {
	if f.report.Files == nil {
		return nil, at
	}
	for _, x := range f.report.Result.Functions {
		of, place, ok := f.place(x.Span)
		if !ok || of != path || !place.holds(p) || len(x.Subnets) == 0 {
			continue
		}
		var b strings.Builder
		_, _ = fmt.Fprintf(&b, "Function `%s`, from its subnets:\n", strings.ReplaceAll(x.Address, "`", ""))
		for _, subnet := range x.Subnets {
			_, _ = fmt.Fprintf(&b, "\n- %s: internet %s", literally(subnet.Subnet), outcome(subnet.Internet))
			if subnet.Internet6.Status == "reachable" {
				_, _ = fmt.Fprintf(&b, ", IPv6 %s", outcome(subnet.Internet6))
			}
		}
		if text := b.String(); !slices.Contains(parts, text) {
			parts, at = append(parts, text), place
		}
	}
	return parts, at
}

func outcome(p rules.PathFact) string {
	switch {
	case p.Cause != "":
		return fmt.Sprintf("%s (%s)", p.Status, literally(string(p.Cause)))
	case p.Via != "":
		return fmt.Sprintf("%s through a %s", p.Status, literally(p.Via))
	}
	return p.Status
}

// definition leads along the way of a packet: from a finding to where it ends, and from a step to the next one.
func (s *server) definition(ctx context.Context, p *placeParams) (any, error) {
	f, path, err := s.desk.wait(ctx, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	var out []location
	add := func(l location) {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	for _, i := range f.under(path, p.Position) {
		if n := len(i.Related); n > 0 {
			add(i.Related[n-1].Location)
		}
	}
	if out != nil {
		return out, nil
	}
	for _, items := range f.at {
		for _, i := range items {
			for n, step := range i.Related {
				if pathOf(step.Location.URI) == path && step.Location.Range.holds(p.Position) && n+1 < len(i.Related) {
					add(i.Related[n+1].Location)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b location) int {
		if a.URI != b.URI {
			return strings.Compare(a.URI, b.URI)
		}
		return a.Range.Start.Line - b.Range.Start.Line
	})
	return out, nil
}
