package lsp

import (
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/boundary"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// found is what one run over a unit has found, by the paths of files.
type found struct {
	report *report.Report
	dir    string
	in     encoding
	at     map[string][]*item
	// texts are those of files, as far as they were asked for.
	texts map[string]*text
}

// item is one thing to show, and the finding that it is about, or nil.
type item struct {
	diagnostic
	finding *rules.Finding
}

// The severities of the protocol.
const (
	isError = iota + 1
	isWarning
	isInformation
	isHint
)

// newFound makes what is shown of a report. The directory is that of its run, and open the texts in the editor.
func newFound(r *report.Report, dir string, open map[string]*text, in encoding, undecided bool) *found {
	f := &found{report: r, dir: dir, in: in, at: map[string][]*item{}, texts: map[string]*text{}}
	if r.Files == nil {
		return f
	}
	for path, t := range open {
		f.texts[path] = t
	}
	findings := r.Findings()
	for i := range findings {
		f.finding(&findings[i])
	}
	if undecided {
		for _, u := range r.Undecided() {
			f.undecided(&u)
		}
	}
	for _, d := range r.Errors {
		f.message(d, isError)
	}
	for _, d := range r.Notices {
		f.message(d, isInformation)
	}
	return f
}

func (f *found) finding(x *rules.Finding) {
	severity := isInformation
	switch report.Severity(*x) {
	case rules.Error:
		severity = isError
	case rules.Warning:
		severity = isWarning
	}
	message := x.Message
	if x.Remedy != "" {
		message += "\nfix: " + x.Remedy
	}
	i := &item{f.about(x, severity, message), x}
	for _, h := range x.Trace {
		if at, ok := f.location(h.Span); ok {
			i.Related = append(i.Related, related{at, sentence(h)})
		}
	}
	f.add(x.Span, i)
}

func (f *found) undecided(u *rules.Undecided) {
	message := u.Message
	if hint := report.Hint(u.Missing); hint != "" {
		message += "\n" + hint
	}
	f.add(u.Span, &item{diagnostic: f.about(&u.Finding, isHint, message)})
}

func (f *found) about(x *rules.Finding, severity int, message string) diagnostic {
	return diagnostic{
		Severity: severity, Source: lint.Name, Message: message,
		Code: x.Rule.Name, Describe: &description{x.Rule.Page()},
	}
}

// message is what there is to say of an input. Without a place it stands at the beginning of the file.
func (f *found) message(d source.Diagnostic, severity int) {
	i := &item{diagnostic: diagnostic{Severity: severity, Source: lint.Name, Message: d.Message}}
	if d.Span.IsValid() {
		f.add(d.Span, i)
	} else if d.File != "" {
		path := boundary.Absolute(f.dir, d.File)
		f.at[path] = append(f.at[path], i)
	}
}

// add shows i where the span is. What has no place in a text is not shown.
func (f *found) add(span source.Span, i *item) {
	path, at, ok := f.place(span)
	if ok {
		i.Range = at
		f.at[path] = append(f.at[path], i)
	}
}

// place is where a span is.
func (f *found) place(span source.Span) (path string, at textRange, ok bool) {
	file := f.report.Files.File(span)
	if file == nil || !file.HasText() {
		return "", textRange{}, false
	}
	path, t := f.text(file)
	return path, t.place(file.Offset(span.Pos), file.Offset(max(span.Pos, span.End))), true
}

// text is that of a file of the run, with its path.
func (f *found) text(file *source.File) (path string, t *text) {
	path = boundary.Absolute(f.dir, file.Name)
	t = f.texts[path]
	if t == nil || len(t.bytes) != len(file.Text) {
		t = newText(file.Text, f.in)
		f.texts[path] = t
	}
	return path, t
}

func (f *found) location(span source.Span) (location, bool) {
	path, at, ok := f.place(span)
	return location{uriOf(path), at}, ok
}

// mark adds the paths that something is shown of.
func (f *found) mark(paths map[string]bool) {
	if f != nil {
		for path := range f.at {
			paths[path] = true
		}
	}
}

// under are the findings that are shown at the position.
func (f *found) under(path string, p position) (out []*item) {
	for _, i := range f.at[path] {
		if i.finding != nil && i.Range.holds(p) {
			out = append(out, i)
		}
	}
	return out
}

// sentence is a hop in words.
func sentence(h trace.Hop) string {
	if h.Cause == "" {
		return h.Message
	}
	return strings.TrimSuffix(h.Message, ".") + " (" + string(h.Cause) + ")"
}
