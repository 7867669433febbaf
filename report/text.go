package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fatih/color"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Text writes the report for people: each finding with its source line, the path of the packet and the remedy, and a
// last line that says what was looked at, so that silence never reads as a pass. Findings that differ in nothing but
// names and places are told once.
func Text(w io.Writer, r *Report, opts Options) error {
	out := bufio.NewWriter(w)
	p := newPrinter(out, r, opts)
	switch {
	case opts.Statistics:
		p.statistics()
	case opts.Concise:
		p.concise()
	default:
		for _, group := range alike(r.Findings()) {
			p.findings(group)
		}
	}
	if opts.Undecided {
		p.undecided()
	}
	p.summary(opts)
	return out.Flush()
}

// Diagnostics writes what is to be said about the inputs, one line each. kind is "error" or "notice".
func Diagnostics(w io.Writer, files *source.FileSet, kind string, ds []source.Diagnostic, colored bool) {
	ink := newInk(Options{Color: colored})
	for _, d := range ds {
		at := d.File
		if loc, ok := files.Location(d.Span); ok {
			at = position(loc)
		}
		if at != "" {
			at = ink.strong(clean(at)+":") + " "
		}
		_, _ = fmt.Fprintln(w, asLine(fmt.Sprintf("%s%s %s", at, ink.severity(kind)(kind+":"), Line(d.Message))))
	}
}

type printer struct {
	w   io.Writer
	r   *Report
	ink ink
	excerpts
}

func newPrinter(w io.Writer, r *Report, opts Options) *printer {
	return &printer{w: w, r: r, ink: newInk(opts)}
}

func (p *printer) line(format string, args ...any) {
	_, _ = fmt.Fprintln(p.w, asLine(fmt.Sprintf(format, args...)))
}

// findings tells the first of findings that are alike in full, and of the others where they are.
func (p *printer) findings(alike []rules.Finding) {
	f := alike[0]
	p.line("%s", p.head(f, f.Message))
	p.excerpt(f)
	p.path(f.Trace)
	for _, h := range f.Trace {
		if h.Role == trace.RoleNeed {
			p.line("  %s %s%s", p.ink.faint("because:"), p.ink.faint(p.place(h)), Line(h.Message))
		}
	}
	p.detail("only where", where(f.Scenarios))
	p.detail("affects", list(f.Affects, 8))
	p.others(alike[1:])
	p.detail("fix", f.Remedy)
	p.detail("see", f.Rule.Page())
	p.line("")
}

// head is the line that editors and people jump from, with the message.
func (p *printer) head(f rules.Finding, message string) string {
	severity := Severity(f).String()
	name := p.ink.link("["+f.Rule.Name+"]", f.Rule.Page())
	return fmt.Sprintf("%s %s %s %s", p.ink.strong(p.at(f)+":"), p.ink.severity(severity)(severity+":"),
		p.ink.strong(Line(message)), p.ink.faint(name))
}

// at is the finding's place, or what it is about as a whole.
func (p *printer) at(f rules.Finding) string {
	if loc, ok := p.r.Files.Location(f.Span); ok {
		return position(loc)
	}
	return clean(f.Root)
}

// excerpt is the source line with marks under it, where there is a text.
func (p *printer) excerpt(f rules.Finding) {
	loc, ok := p.r.Files.Location(f.Span)
	if !ok {
		return
	}
	file := p.r.Files.File(f.Span)
	if !file.HasText() {
		return
	}
	x := p.of(file, loc)
	blank := strings.Repeat(" ", len(x.gutter))
	p.line("  %s %s %s", p.ink.faint(x.gutter), p.ink.faint("│"), x.line)
	p.line("  %s %s %s", blank, p.ink.faint("│"), p.ink.severity(Severity(f).String())(x.marks))
}

// place is the file and line of a hop, with the blanks behind it, or "" where it is not known.
func (p *printer) place(h trace.Hop) string {
	loc, ok := p.r.Files.Location(h.Span)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s:%d  ", clean(loc.File), loc.StartLine)
}

// path writes one hop a line: its place in a column of its own, then what happens there. Evidence is no step of it.
func (p *printer) path(hops []trace.Hop) {
	hops = slices.DeleteFunc(slices.Clone(hops), func(h trace.Hop) bool { return h.Role == trace.RoleNeed })
	places := make([]string, len(hops))
	column := 0
	for i, h := range hops {
		places[i] = p.place(h)
		column = max(column, utf8.RuneCountInString(places[i]))
	}
	for i, h := range hops {
		sign, cause := "→", ""
		switch {
		case h.Cause != "":
			sign, cause = p.ink.severity("error")("✗"), " "+p.ink.faint("("+string(h.Cause)+")")
		case i == 0:
			sign = "•"
		}
		pad := strings.Repeat(" ", column-utf8.RuneCountInString(places[i]))
		p.line("    %s %s%s%s%s", sign, p.ink.faint(places[i]), pad, Line(h.Message), cause)
	}
}

func (p *printer) detail(name, text string) {
	if text != "" {
		p.line("  %s %s", p.ink.faint(name+":"), Line(text))
	}
}

func (p *printer) summary(opts Options) {
	if opts.Quiet {
		return
	}
	s := p.r.Summary()
	if n := s.Error + s.Warning + s.Note; n > 0 {
		p.line("%s: %s, %s, %s",
			count(n, "finding"), count(s.Error, "error"), count(s.Warning, "warning"), count(s.Note, "note"))
	}
	tail := ""
	if s.Undecided > 0 && !opts.Undecided {
		tail = most(waiting(p.r.Result.Undecided), s.Undecided)
	}
	if s.Suppressed > 0 {
		tail += "; " + count(s.Suppressed, "finding") + " suppressed"
	}
	p.line("%s, %s, %d in a VPC; %d undecided%s",
		count(s.Files, "file"), count(s.Functions, "function"), s.VPCFunctions, s.Undecided, tail)
}

func position(l source.Location) string {
	return fmt.Sprintf("%s:%d:%d", clean(l.File), l.StartLine, l.StartColumn)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// list joins at most limit names and counts the others.
func list(names []string, limit int) string {
	if len(names) <= limit {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:limit], ", "), len(names)-limit)
}

// ink colours text, or not.
type ink struct {
	strong, faint func(string) string
	levels        map[string]func(string) string
	links         bool
}

func plain(s string) string { return s }

func newInk(opts Options) ink {
	paint := func(attrs ...color.Attribute) func(string) string {
		if !opts.Color {
			return plain
		}
		c := color.New(attrs...)
		c.EnableColor()
		return func(s string) string { return c.Sprint(s) }
	}
	return ink{
		links:  opts.Links,
		strong: paint(color.Bold), faint: paint(color.Faint),
		levels: map[string]func(string) string{
			"error": paint(color.FgRed, color.Bold), "warning": paint(color.FgYellow, color.Bold),
			"note": paint(color.FgCyan, color.Bold), "notice": paint(color.FgCyan, color.Bold),
			"undecided": paint(color.FgMagenta, color.Bold),
		},
	}
}

func (k ink) severity(name string) func(string) string { return k.levels[name] }

// link makes text a hyperlink, if links are shown: OSC 8, which terminals that do not know it pass over.
// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
func (k ink) link(text, url string) string {
	if !k.links {
		return text
	}
	return "\x1b]8;;" + url + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// where tells scenarios in a line.
func where(scenarios []rules.Scenario) string {
	texts := make([]string, len(scenarios))
	for i, s := range scenarios {
		texts[i] = s.String()
	}
	return strings.Join(texts, ", or ")
}
