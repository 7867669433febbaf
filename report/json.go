package report

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// schemaVersion changes only when a field is renamed or removed; new fields do not change it.
const schemaVersion = 1

// Every slice below is made, never nil, and every pointer is null where there is nothing to say.

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonLocation struct {
	File        string `json:"file"`
	StartLine   *int   `json:"startLine"`
	StartColumn *int   `json:"startColumn"`
	EndLine     *int   `json:"endLine"`
	EndColumn   *int   `json:"endColumn"`
}

type jsonFinding struct {
	Rule        string              `json:"rule"`
	Pack        string              `json:"pack"`
	Severity    string              `json:"severity"`
	Message     string              `json:"message"`
	Remedy      *string             `json:"remedy"`
	Root        string              `json:"root"`
	Resource    string              `json:"resource"`
	Affects     []jsonAffected      `json:"affects"`
	Scenarios   []map[string]string `json:"scenarios"`
	Location    *jsonLocation       `json:"location"`
	Trace       []jsonHop           `json:"trace"`
	Fingerprint string              `json:"fingerprint"`
	URL         *string             `json:"url"`
	Suppressed  *jsonSuppression    `json:"suppressed"`
}

type jsonSuppression struct {
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
}

type jsonAffected struct {
	Address  string        `json:"address"`
	Root     string        `json:"root"`
	Location *jsonLocation `json:"location"`
}

type jsonHop struct {
	Location *jsonLocation `json:"location"`
	Message  string        `json:"message"`
	Cause    *string       `json:"cause"`
}

type jsonUndecided struct {
	Rule     string         `json:"rule"`
	Pack     string         `json:"pack"`
	Root     string         `json:"root"`
	Resource string         `json:"resource"`
	Affects  []jsonAffected `json:"affects"`
	Location *jsonLocation  `json:"location"`
	Message  string         `json:"message"`
	Missing  []jsonMissing  `json:"missing"`
	Hint     *string        `json:"hint"`
}

type jsonMissing struct {
	Kind     string        `json:"kind"`
	Name     string        `json:"name"`
	Location *jsonLocation `json:"location"`
}

type jsonFunction struct {
	Address         string        `json:"address"`
	Root            string        `json:"root"`
	Location        *jsonLocation `json:"location"`
	InVPC           string        `json:"inVpc"`
	VPC             *string       `json:"vpc"`
	SubnetsComplete bool          `json:"subnetsComplete"`
	Missing         []jsonMissing `json:"missing"`
	Subnets         []jsonSubnet  `json:"subnets"`
}

type jsonSubnet struct {
	Subnet    string   `json:"subnet"`
	Internet  jsonPath `json:"internet"`
	Internet6 jsonPath `json:"internet6"`
}

type jsonPath struct {
	Status string  `json:"status"`
	Via    *string `json:"via"`
	Cause  *string `json:"cause"`
}

type jsonMessage struct {
	Location *jsonLocation `json:"location"`
	Message  string        `json:"message"`
}

// member is a resource of the deployment with that root.
type member struct{ root, address string }

// jsonBuilder makes the parts of the document, and knows the places of functions.
type jsonBuilder struct {
	*Report
	functions map[member]source.Span
}

// section is a member of the document.
type section struct {
	name  string
	value func() any
}

// JSON writes the report in the stable format. It always lists what is undecided.
func JSON(w io.Writer, r *Report, _ Options) error {
	b := jsonBuilder{r, map[member]source.Span{}}
	for _, f := range slices.Backward(r.Result.Functions) {
		b.functions[member{f.Root, f.Address}] = f.Span // of several with one address the first counts
	}
	sections := []section{
		{"schemaVersion", func() any { return schemaVersion }},
		{"tool", func() any { return jsonTool(r.Tool) }},
		{"summary", func() any { return r.Summary() }},
		{"findings", func() any { return each(r.AllFindings(), b.jsonFinding) }},
		{"undecided", func() any { return each(r.Undecided(), b.jsonUndecided) }},
		{"functions", func() any { return each(r.Result.Functions, r.jsonFunction) }},
		{"notices", func() any { return each(r.Notices, r.jsonMessage) }},
		{"errors", func() any { return each(r.Errors, r.jsonMessage) }},
	}
	texts := make([][]byte, len(sections))
	var group errgroup.Group // long sections are written side by side
	for i, s := range sections {
		group.Go(func() (err error) {
			texts[i], err = s.text()
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	_, err := w.Write(slices.Concat([]byte("{"), bytes.Join(texts, []byte(",")), []byte("\n}\n")))
	return err
}

// text is the member on lines of its own, without a comma.
func (s section) text() ([]byte, error) {
	var compact bytes.Buffer
	enc := json.NewEncoder(&compact)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s.value()); err != nil {
		return nil, err
	}
	out := newLine(make([]byte, 0, 2*compact.Len()), 1)
	out = append(out, `"`+s.name+`": `...)
	return indent(out, bytes.TrimSuffix(compact.Bytes(), []byte("\n")), 1), nil
}

func (r *jsonBuilder) jsonFinding(f rules.Finding) jsonFinding {
	return jsonFinding{
		Rule: f.Rule.Name, Pack: f.Pack, Severity: Severity(f).String(), Message: f.Message, Remedy: text(f.Remedy),
		Root: f.Root, Resource: f.Resource, Affects: r.jsonAffected(f), Scenarios: []map[string]string{},
		Location: r.jsonLocation(f.Span), Trace: each(f.Trace, r.jsonHop), Fingerprint: r.Fingerprint(f), URL: text(f.Rule.URL),
		Suppressed: toJSONSuppression(f.Suppressed),
	}
}

func toJSONSuppression(s *rules.Suppression) *jsonSuppression {
	if s == nil {
		return nil
	}
	return &jsonSuppression{Kind: string(s.Kind), Reason: s.Reason}
}

func (r *jsonBuilder) jsonUndecided(u rules.Undecided) jsonUndecided {
	return jsonUndecided{
		Rule: u.Rule.Name, Pack: u.Pack, Root: u.Root, Resource: u.Resource, Affects: r.jsonAffected(u.Finding),
		Location: r.jsonLocation(u.Span), Message: u.Message, Missing: each(u.Missing, r.jsonMissing), Hint: text(Hint(u.Missing)),
	}
}

func (r *Report) jsonFunction(f rules.FunctionFact) jsonFunction {
	return jsonFunction{
		Address: f.Address, Root: f.Root, Location: r.jsonLocation(f.Span), InVPC: f.InVPC.Truth.String(), VPC: text(f.VPC),
		SubnetsComplete: f.SubnetsComplete, Missing: each(f.Missing, r.jsonMissing), Subnets: each(f.Subnets, toJSONSubnet),
	}
}

func (r *jsonBuilder) jsonAffected(f rules.Finding) []jsonAffected {
	return each(f.Affects, func(address string) jsonAffected {
		a := jsonAffected{Address: address, Root: f.Root}
		if span, ok := r.functions[member{f.Root, address}]; ok {
			a.Location = r.jsonLocation(span)
		}
		return a
	})
}

func (r *Report) jsonHop(h trace.Hop) jsonHop {
	return jsonHop{Location: r.jsonLocation(h.Span), Message: h.Message, Cause: text(string(h.Cause))}
}

func (r *Report) jsonMissing(m fact.Missing) jsonMissing {
	return jsonMissing{Kind: string(m.Kind), Name: m.Name, Location: r.jsonLocation(m.Span)}
}

func (r *Report) jsonMessage(d source.Diagnostic) jsonMessage {
	loc := r.jsonLocation(d.Span)
	if loc == nil && d.File != "" {
		loc = &jsonLocation{File: d.File}
	}
	return jsonMessage{Location: loc, Message: d.Message}
}

func (r *Report) jsonLocation(s source.Span) *jsonLocation {
	l, ok := r.Files.Location(s)
	if !ok {
		return nil
	}
	return &jsonLocation{l.File, &l.StartLine, &l.StartColumn, &l.EndLine, &l.EndColumn}
}

func toJSONSubnet(s rules.SubnetFact) jsonSubnet {
	return jsonSubnet{s.Subnet, toJSONPath(s.Internet), toJSONPath(s.Internet6)}
}

func toJSONPath(p rules.PathFact) jsonPath {
	return jsonPath{p.Status, text(p.Via), text(string(p.Cause))}
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func each[T, U any](in []T, f func(T) U) []U {
	out := make([]U, 0, len(in))
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}
