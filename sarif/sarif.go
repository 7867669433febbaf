// Package sarif writes a report as SARIF 2.1.0, for code scanning pages and editors.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
//
// The validator of the SARIF SDK finds no error and no warning in the files, neither by its own rules nor by those for
// GitHub. These of its notes are left on purpose:
//
//   - SARIF2002, message arguments: GitHub takes plain messages only (its own rule GH1007).
//   - SARIF2003, the revision of the repository: no process is started to ask for it, and the uploader knows it.
//   - SARIF2006, addresses that cannot be reached: it has no network where it runs offline.
//   - SARIF2009, rule names such as ABC1001: a rule has one name in the configuration, in comments and in all formats.
//   - SARIF2010 and SARIF2011, snippets: who reads the report has the files, and a report may travel further than they
//     should.
package sarif

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const (
	home   = "https://github.com/lambda-vpc-lint/lambda-vpc-lint"
	schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

// Write writes all findings, the worst first; those that are suppressed are marked as such. Paths are relative to the
// boundary of the run, so that the same commit gives the same file on every machine; what is undecided is part of it
// only when opts asks for it. What code scanning would reject is cut, and said.
func Write(w io.Writer, r *report.Report, opts report.Options) error {
	return write(w, &converter{Report: r, limits: accepted}, opts)
}

// CodeScanning writes what the code scanning page of GitHub is to show: it opens an alert for each result, whether the
// file calls it suppressed or not, so that only findings that stand are written, and no more of them than it shows.
// https://github.com/github/codeql-action/issues/1230
func CodeScanning(w io.Writer, r *report.Report, opts report.Options) error {
	return write(w, &converter{Report: r, limits: shown, standing: true}, opts)
}

// write lowers the number of results until the file is small enough.
func write(w io.Writer, c *converter, opts report.Options) error {
	entries := c.entries(opts)
	c.fixes = c.Fixes()
	for keep := min(len(entries), c.limits.results); ; {
		c.cut = cut{results: len(entries) - keep, of: len(entries)}
		text, err := encode(c.run(entries[:keep]))
		if err != nil {
			return err
		}
		size := compressed(text, c.limits.bytes)
		if size > c.limits.bytes && keep > 0 {
			keep = fewer(keep, size, c.limits.bytes)
			continue
		}
		for _, message := range c.cut.messages(c.limits) {
			opts.Say(message)
		}
		_, err = w.Write(text)
		return err
	}
}

func encode(run *sarif.Run) ([]byte, error) {
	var out bytes.Buffer
	document := &sarif.Report{Version: string(sarif.Version210), Schema: schema, Runs: []*sarif.Run{run}}
	err := report.EncodeJSON(&out, document)
	return out.Bytes(), err
}

// converter makes one file. It counts what it cuts.
type converter struct {
	*report.Report
	limits limits
	fixes  func(rules.Finding) []rules.Edit
	// standing leaves out suppressed findings.
	standing bool
	cut      cut
}

// run has no automationDetails: the id in a file outdoes the category that a workflow gives to an upload, and without
// one the upload makes it of workflow, job and matrix, so that two runs of one workflow do not replace each other.
// https://github.com/github/codeql-action/blob/v4.36.2/src/upload-lib.ts
func (c *converter) run(entries []entry) *sarif.Run {
	run := sarif.NewRunWithInformationURI(c.Tool.Name, home)
	run.Tool.Driver.WithVersion(version(c.Tool.Version)).WithSemanticVersion(version(c.Tool.Version))
	index := map[string]int{}
	for _, pack := range c.Packs {
		for _, rule := range pack.Rules {
			index[rule.Name] = len(index)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, descriptor(pack.Name, rule))
		}
	}
	for _, e := range entries {
		res := c.result(e)
		if i, ok := index[e.Rule.Name]; ok {
			res.WithRuleIndex(i)
		}
		run.Results = append(run.Results, res)
	}
	run.WithColumnKind("unicodeCodePoints")
	run.WithOriginalUriBaseIds(map[string]*sarif.ArtifactLocation{
		root: sarif.NewArtifactLocation().WithDescriptionText(
			"the root of the repository, or the directory that was analyzed"),
	})
	run.AddInvocations(c.invocation())
	return run
}

var semantic = regexp.MustCompile(`^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$`)

// version is the version without the v that Go puts before it. Readers compare versions by number, so that a build
// without one comes before all others. https://semver.org
func version(v string) string {
	if v = strings.TrimPrefix(v, "v"); semantic.MatchString(v) {
		return v
	}
	return "0.0.0-devel"
}

// invocation holds what is to be said about the inputs, and what the file leaves out. An input that could not be read
// makes it unsuccessful.
func (c *converter) invocation() *sarif.Invocation {
	inv := sarif.NewInvocation().WithExecutionSuccess(len(c.Errors) == 0)
	add := func(level string, ds []source.Diagnostic) {
		for _, d := range ds {
			n := sarif.NewNotification().WithLevel(level).WithTextMessage(plain(d.Message))
			switch loc := c.location(d.Span); {
			case loc != nil:
				n.AddLocation(loc)
			case d.File != "":
				n.AddLocation(sarif.NewLocationWithPhysicalLocation(c.file(d.File)))
			}
			inv.AddTToolExecutionNotification(n)
		}
	}
	add("error", c.Errors)
	for _, message := range c.cut.messages(c.limits) {
		add("warning", []source.Diagnostic{{Message: message}})
	}
	add("note", c.Notices)
	return inv
}
