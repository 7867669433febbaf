package sarif

import (
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// result is an entry as SARIF has it. An open question is neither a pass nor a fault.
func (c *converter) result(e entry) *sarif.Result {
	kind, level, text := "fail", report.Severity(e.Finding).String(), e.Message
	switch {
	case e.open != nil:
		kind, level = "open", "none"
		if hint := report.Hint(e.open.Missing); hint != "" {
			text += "\nUndecided: " + hint + "."
		}
	case e.Remedy != "":
		text += "\nTo fix it, " + e.Remedy + "."
	}
	message := sarif.NewTextMessage(plain(text))
	res := sarif.NewRuleResult(e.Rule.Name).WithKind(kind).WithLevel(level).WithMessage(message)
	res.AddLocation(c.primary(e.Finding))
	res.WithPartialFingerPrints(e.fingerprints())
	related, flow := c.related(e.Finding), c.flow(e.Trace)
	if len(related) >= c.limits.places || len(flow) > c.limits.steps {
		c.cut.shortened++
		related, flow = related[:min(len(related), c.limits.places-1)], flow[:min(len(flow), c.limits.steps)]
	}
	for i, loc := range related {
		res.AddRelatedLocation(loc.WithId(i + 1))
	}
	if len(flow) > 0 {
		thread := sarif.NewThreadFlow().WithLocations(flow)
		res.AddCodeFlow(sarif.NewCodeFlow().WithThreadFlows([]*sarif.ThreadFlow{thread}))
	}
	if edits := c.fixes(e.Finding); len(edits) > 0 {
		res.AddFix(c.fix(e.Finding, edits))
	}
	if e.Suppressed != nil {
		res.WithSuppression([]*sarif.Suppression{c.suppression(e)})
	}
	properties := sarif.Properties{
		"pack": e.Pack, "root": c.Base(e.Root), "resource": e.Resource, "affects": nonNil(e.Affects),
	}
	if len(e.Scenarios) > 0 {
		properties["scenarios"] = scenarios(e.Scenarios)
	}
	res.PropertyBag = bag(properties)
	return res
}

// primary is the one place of a result. A resource that no file states is placed at the beginning of its template, for
// GitHub shows no result without a line.
func (c *converter) primary(f rules.Finding) *sarif.Location {
	loc := c.location(f.Span)
	if loc == nil {
		start := sarif.NewRegion().WithStartLine(1).WithStartColumn(1).WithEndLine(1).WithEndColumn(1)
		loc = sarif.NewLocationWithPhysicalLocation(c.file(f.Root).WithRegion(start))
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
			out = append(out, loc.WithDescriptionText(plain(h.Message)))
		}
	}
	return out
}

// flow is the way of the packet. A hop without a place of its own stands where the one before it does, since viewers
// leave out steps without a place.
func (c *converter) flow(hops []trace.Hop) []*sarif.ThreadFlowLocation {
	var out []*sarif.ThreadFlowLocation
	var last source.Span
	for _, h := range hops {
		if h.Span.IsValid() {
			last = h.Span
		}
		loc := c.location(last)
		if loc == nil {
			continue
		}
		loc = loc.WithDescriptionText(plain(h.Message))
		step := sarif.NewThreadFlowLocation().WithLocation(loc).WithExecutionOrder(len(out) + 1)
		if h.Cause != "" {
			step.WithImportance("essential")
			step.PropertyBag = bag(sarif.Properties{"cause": string(h.Cause)})
		}
		out = append(out, step)
	}
	return out
}

// plain takes from names the power to make links: "[text](target)" is one in any SARIF message, and a target that is a
// number must be the id of a place.
func plain(message string) string { return strings.ReplaceAll(message, "](", "] (") }

func bag(p sarif.Properties) sarif.PropertyBag { return sarif.PropertyBag{Properties: p} }

func nonNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func scenarios(of []rules.Scenario) (texts []string) {
	for _, s := range of {
		texts = append(texts, s.String())
	}
	return texts
}
