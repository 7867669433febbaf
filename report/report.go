// Package report writes what a run found, for people and for programs.
package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// Report is the outcome of one run over all its inputs.
type Report struct {
	Tool Tool
	// Files holds the text that the spans point into.
	Files *source.FileSet
	// Inputs is how many files were analyzed.
	Inputs int
	// Packs are the rules that ran.
	Packs  []rules.Pack
	Result rules.Result
	// Region is the one that is deployed to, and Context says that something is known of the account there.
	Region  string
	Context bool
	// FailOn is the least severity that fails the run. Formats whose readers have a word for failure say it of findings
	// that reach it; zero: of all.
	FailOn rules.Severity
	// Notices are worth knowing and change no exit code; Errors are inputs that could not be read.
	Notices, Errors []source.Diagnostic
	// Rebase turns a path relative to the working directory into one relative to the boundary of the run, which is the
	// same on every machine. Nil leaves paths as they are.
	Rebase func(path string) string
	// Shard is set on the report of a part of a run.
	Shard *Shard
}

// Shard is what the report of a part of a run has beside, so that the report of all parts can be made of them.
type Shard struct {
	// Index is the number of the part, from 1, of Of.
	Index, Of int
	// Uses are the functions of its deployments, by where they are written. A library, which may belong to another
	// part, is not blamed for what all its users are free of.
	Uses map[source.Span]map[Trouble]bool
	// Inhabited are the VPCs that senders of its deployments are in, as rules.Result has them.
	Inhabited []string
}

// Trouble is a question about a function that a rule answered with a finding or could not answer.
type Trouble struct {
	Rule, Key string
	// Root is that of the finding where it is not the function's.
	Root string
}

func (t Trouble) compare(other Trouble) int {
	return cmp.Or(strings.Compare(t.Rule, other.Rule), strings.Compare(t.Key, other.Key),
		strings.Compare(t.Root, other.Root))
}

// Tool names the program.
type Tool struct{ Name, Version string }

// Options choose what is shown.
type Options struct {
	// Undecided lists the questions that wait for facts; without it they are only counted.
	Undecided bool
	// Color and Links are for terminals: colours, and hyperlinks from the name of a rule to its page.
	Color, Links bool
	// Concise has Text write one line for each finding, with the remedy after a dash. Statistics has it count by rule.
	Concise, Statistics bool
	// Quiet leaves out what is no finding and no question, such as the summary that formats for people end with.
	Quiet bool
	// Notice is told, in a sentence, what a format leaves out. Nil: nobody is.
	Notice func(message string)
}

// Say tells Notice.
func (o Options) Say(message string) {
	if o.Notice != nil {
		o.Notice(message)
	}
}

// Summary counts. Decided and Undecided are questions that rules asked; the severities are findings that stand.
type Summary struct {
	Files        int
	Functions    int
	VPCFunctions int
	Decided      int
	Undecided    int
	Error        int
	Warning      int
	Note         int
	Suppressed   int
}

// Summary counts what the report holds.
func (r *Report) Summary() Summary {
	s := Summary{
		Files: r.Inputs, Functions: len(r.Result.Functions),
		Decided: r.Result.Decided, Undecided: len(r.Result.Undecided),
	}
	for _, f := range r.Result.Functions {
		if f.InVPC.IsTrue() {
			s.VPCFunctions++
		}
	}
	for _, f := range r.Result.Findings {
		switch severity := Severity(f); {
		case f.Suppressed != nil:
			s.Suppressed++
		case severity == rules.Error:
			s.Error++
		case severity == rules.Warning:
			s.Warning++
		default:
			s.Note++
		}
	}
	return s
}

// Failed says whether a finding that stands reaches FailOn.
func (r *Report) Failed() bool {
	failing := func(f rules.Finding) bool { return f.Suppressed == nil && Severity(f) >= r.FailOn }
	return slices.ContainsFunc(r.Result.Findings, failing)
}

// Severity is the finding's own severity, or its rule's.
func Severity(f rules.Finding) rules.Severity { return cmp.Or(f.Severity, f.Rule.Severity) }

// Fingerprint is the finding's fingerprint with its root relative to the boundary.
func (r *Report) Fingerprint(f rules.Finding) string {
	if f.Fingerprint != "" {
		return f.Fingerprint
	}
	f.Root = r.Base(f.Root)
	return rules.Fingerprint(f)
}

// Base is path relative to the boundary of the run.
func (r *Report) Base(path string) string {
	if r.Rebase == nil {
		return path
	}
	return r.Rebase(path)
}

// Findings are those of the result that stand, by file, line and rule.
func (r *Report) Findings() []rules.Finding {
	return slices.DeleteFunc(r.AllFindings(), func(f rules.Finding) bool { return f.Suppressed != nil })
}

// AllFindings are those of the result, suppressed ones too, by file, line and rule.
func (r *Report) AllFindings() []rules.Finding {
	out := slices.Clone(r.Result.Findings)
	slices.SortStableFunc(out, r.compare)
	return out
}

// Undecided are those of the result by file, line and rule.
func (r *Report) Undecided() []rules.Undecided {
	out := slices.Clone(r.Result.Undecided)
	slices.SortStableFunc(out, func(a, b rules.Undecided) int { return r.compare(a.Finding, b.Finding) })
	return out
}

func (r *Report) compare(a, b rules.Finding) int {
	x, _ := r.Files.Location(a.Span)
	y, _ := r.Files.Location(b.Span)
	return cmp.Or(strings.Compare(x.File, y.File), x.StartLine-y.StartLine, strings.Compare(a.Rule.Name, b.Rule.Name),
		x.StartColumn-y.StartColumn, strings.Compare(a.Resource, b.Resource), strings.Compare(a.Key, b.Key))
}
