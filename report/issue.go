package report

import (
	"fmt"
	"path"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// The kinds of issues that are no findings. Those that are have the name of their severity.
const (
	badInput  = "bad_input"
	undecided = "undecided"
	notice    = "notice"
)

// issue is what programs are told that know files, lines and messages only. Texts are safe to print on a line.
type issue struct {
	kind     string
	severity rules.Severity // Error for a bad input, zero for what is undecided and for notices
	rule     string         // the kind, for a bad input; "" for notices
	pack     string
	at       place
	message  string
	// advice says what to do: how to fix a finding, or how to decide a question.
	advice string
	// page is the rule's, for a finding.
	page string
	// details tell more, a line each: the path of the packet, whom it affects, the remedy, the page to read.
	details     []string
	fingerprint string
}

// issues are the inputs that could not be read, then the findings and, if asked for, what is undecided.
func (r *Report) issues(opts Options) (out []issue) {
	for _, d := range r.Errors {
		i := r.remark(badInput, d)
		i.severity, i.rule, i.pack = rules.Error, badInput, "input"
		i.fingerprint = rules.Fingerprint(rules.Finding{Root: i.at.file, Resource: badInput, Key: d.Message})
		out = append(out, i)
	}
	for _, f := range r.Findings() {
		i := r.issue(f)
		i.kind, i.severity = Severity(f).String(), Severity(f)
		if f.Remedy != "" {
			i.advice = "to fix it, " + Line(f.Remedy)
		}
		i.detail("fix", f.Remedy)
		i.page = f.Rule.Page()
		i.detail("see", i.page)
		out = append(out, i)
	}
	if opts.Undecided {
		for _, u := range r.Undecided() {
			i := r.issue(u.Finding)
			i.kind, i.fingerprint, i.advice = undecided, undecided+"-"+i.fingerprint, Line(Hint(u.Missing))
			i.detail("missing", Hint(u.Missing))
			out = append(out, i)
		}
	}
	return out
}

// waits are the groups of what is undecided, for readers that show a few issues only.
func (r *Report) waits() (out []issue) {
	for _, g := range waiting(r.Undecided()) {
		first := g.questions[0]
		at := g.facts[0].Span
		if _, ok := r.Files.Location(at); !ok {
			at = first.Span
		}
		i := issue{kind: undecided, at: r.place(at, first.Root), message: Line(r.headline(g))}
		for _, step := range g.steps(r) {
			i.details = append(i.details, Line(step))
		}
		i.detail("questions", g.counted())
		i.detail("functions", names(g.functions))
		out = append(out, i)
	}
	return out
}

// notices are what is worth knowing about inputs.
func (r *Report) notices() (out []issue) {
	for _, d := range r.Notices {
		out = append(out, r.remark(notice, d))
	}
	return out
}

func (r *Report) remark(kind string, d source.Diagnostic) issue {
	return issue{kind: kind, at: r.place(d.Span, d.File), message: Line(d.Message)}
}

func (r *Report) issue(f rules.Finding) issue {
	i := issue{
		rule: f.Rule.Name, pack: f.Pack, at: r.place(f.Span, f.Root),
		message: Line(f.Message), fingerprint: r.Fingerprint(f),
	}
	for _, h := range f.Trace {
		step := Line(h.Message)
		if at := r.place(h.Span, ""); at.file != "" {
			step = fmt.Sprintf("%s:%d: %s", clean(at.file), at.StartLine, step)
		}
		sign := "→ "
		if h.Role == trace.RoleNeed {
			sign = "because: "
		}
		i.details = append(i.details, sign+step)
	}
	i.detail("only where", where(f.Scenarios))
	i.detail("affects", list(f.Affects, 8))
	return i
}

func (i *issue) detail(name, text string) {
	if text != "" {
		i.details = append(i.details, name+": "+Line(text))
	}
}

func (i issue) headline() string {
	if i.rule == "" {
		return i.message
	}
	return fmt.Sprintf("%s [%s]", i.message, i.rule)
}

// sentence is the issue for programs that show its place and one line.
func (i issue) sentence() string {
	out := i.headline()
	if i.advice != "" {
		out += "; " + i.advice
	}
	if i.page != "" {
		out += "; see " + i.page
	}
	return out
}

// paragraph is the issue for programs that show several lines. It begins with the place, for those that show no other.
func (i issue) paragraph() string {
	first := i.headline()
	if i.at.file != "" {
		first = i.at.String() + ": " + first
	}
	return strings.Join(append([]string{asLine(first)}, i.details...), "\n")
}

// place is where an issue stands. Its file is relative to the boundary of the run, so that it has the name that it has
// in the repository; "" for an issue of the run as a whole. Without a known line the Location is zero.
type place struct {
	file string
	source.Location
}

// place is that of span or, if it is absent, the file or directory that otherwise names.
func (r *Report) place(span source.Span, otherwise string) place {
	loc, ok := r.Files.Location(span)
	if ok {
		otherwise = loc.File
	}
	if otherwise == "" {
		return place{}
	}
	return place{path.Clean(r.Base(otherwise)), loc}
}

func (p place) String() string {
	if p.StartLine == 0 {
		return clean(p.file)
	}
	return fmt.Sprintf("%s:%d:%d", clean(p.file), p.StartLine, p.StartColumn)
}
