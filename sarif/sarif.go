// Package sarif writes a report as SARIF 2.1.0, for code scanning pages and editors.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
package sarif

import (
	"encoding/json"
	"io"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

const (
	home           = "https://github.com/lambda-vpc-lint/lambda-vpc-lint"
	schema         = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	fingerprintKey = "lambdaVpcLint/v1"
)

// Write writes the report. Paths are relative to the boundary of the run, so that the same commit gives the same file
// on every machine; what is undecided is part of it only when opts asks for it.
func Write(w io.Writer, r *report.Report, opts report.Options) error {
	c := &converter{r}
	log := &sarif.Report{Version: string(sarif.Version210), Schema: schema, Runs: []*sarif.Run{c.run(opts)}}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(log)
}

type converter struct{ *report.Report }

func (c *converter) run(opts report.Options) *sarif.Run {
	run := sarif.NewRunWithInformationURI(c.Tool.Name, home)
	if c.Tool.Version != "" {
		run.Tool.Driver.Version = &c.Tool.Version
	}
	for _, pack := range c.Packs {
		for _, rule := range pack.Rules {
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, descriptor(pack.Name, rule))
		}
	}
	for _, f := range c.Findings() {
		level := report.Severity(f).String()
		run.AddResult(c.result(f).WithKind("fail").WithLevel(level))
	}
	if opts.Undecided {
		for _, u := range c.Undecided() {
			run.AddResult(c.open(u))
		}
	}
	run.WithColumnKind("unicodeCodePoints")
	run.WithOriginalUriBaseIds(map[string]*sarif.ArtifactLocation{
		root: sarif.NewArtifactLocation().WithDescriptionText("the root of the repository, or the directory that was analyzed"),
	})
	run.AddInvocations(c.invocation())
	return run
}

// invocation holds what is to be said about the inputs. An input that could not be read makes it unsuccessful.
func (c *converter) invocation() *sarif.Invocation {
	inv := sarif.NewInvocation().WithExecutionSuccess(len(c.Errors) == 0)
	add := func(level string, ds []source.Diagnostic) {
		for _, d := range ds {
			n := sarif.NewNotification().WithLevel(level).WithTextMessage(d.Message)
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
	add("note", c.Notices)
	return inv
}

func (c *converter) result(f rules.Finding) *sarif.Result {
	text := f.Message
	if f.Remedy != "" {
		text += "\nTo fix it, " + f.Remedy + "."
	}
	res := sarif.NewRuleResult(f.Rule.Name).WithMessage(sarif.NewTextMessage(text))
	res.AddLocation(c.primary(f))
	res.WithPartialFingerPrints(map[string]any{fingerprintKey: c.Fingerprint(f)})
	for i, loc := range c.related(f) {
		res.AddRelatedLocation(loc.WithId(i + 1))
	}
	if flow := c.codeFlow(f.Trace); flow != nil {
		res.AddCodeFlow(flow)
	}
	res.PropertyBag = bag(sarif.Properties{"pack": f.Pack, "root": c.Base(f.Root), "resource": f.Resource, "affects": nonNil(f.Affects)})
	return res
}

// open is a question that the files do not answer: neither a pass nor a fault.
func (c *converter) open(u rules.Undecided) *sarif.Result {
	res := c.result(u.Finding).WithKind("open").WithLevel("none")
	text := u.Message
	if hint := report.Hint(u.Missing); hint != "" {
		text += "\nUndecided: " + hint + "."
	}
	return res.WithMessage(sarif.NewTextMessage(text))
}

// primary is the one place of a result. A resource that no file states is placed at its template as a whole.
func (c *converter) primary(f rules.Finding) *sarif.Location {
	loc := c.location(f.Span)
	if loc == nil {
		loc = sarif.NewLocationWithPhysicalLocation(c.file(f.Root))
	}
	loc.AddLogicalLocations(sarif.NewLogicalLocation().WithFullyQualifiedName(f.Resource).WithKind("resource"))
	return loc
}

// related are the hops that have a place, once for each.
func (c *converter) related(f rules.Finding) []*sarif.Location {
	var out []*sarif.Location
	seen := map[source.Span]bool{f.Span: true}
	for _, h := range f.Trace {
		if loc := c.location(h.Span); loc != nil && !seen[h.Span] {
			seen[h.Span] = true
			out = append(out, loc.WithDescriptionText(h.Message))
		}
	}
	return out
}

// codeFlow is the way of the packet. A hop without a place of its own stands where the one before it does, since
// viewers leave out steps without a place.
func (c *converter) codeFlow(hops []trace.Hop) *sarif.CodeFlow {
	flow := sarif.NewThreadFlow()
	var last source.Span
	for _, h := range hops {
		if h.Span.IsValid() {
			last = h.Span
		}
		loc := c.location(last)
		if loc == nil {
			continue
		}
		step := sarif.NewThreadFlowLocation().WithLocation(loc.WithDescriptionText(h.Message)).WithExecutionOrder(len(flow.Locations) + 1)
		if h.Cause != "" {
			step.WithImportance("essential")
			step.PropertyBag = bag(sarif.Properties{"cause": string(h.Cause)})
		}
		flow.AddLocation(step)
	}
	if len(flow.Locations) == 0 {
		return nil
	}
	return sarif.NewCodeFlow().WithThreadFlows([]*sarif.ThreadFlow{flow})
}

func bag(p sarif.Properties) sarif.PropertyBag { return sarif.PropertyBag{Properties: p} }

func nonNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
