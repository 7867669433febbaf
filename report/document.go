package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// schemaVersion changes only when a field is renamed or removed; new fields do not change it.
const schemaVersion = 1

// noFailure is the name of a severity above all others.
const noFailure = "none"

// document is a report as JSON has it.
type document struct {
	SchemaVersion int            `json:"schemaVersion"`
	Tool          docTool        `json:"tool"`
	Summary       docSummary     `json:"summary"`
	Findings      []docFinding   `json:"findings"`
	Undecided     []docUndecided `json:"undecided"`
	Functions     []docFunction  `json:"functions"`
	Notices       []docMessage   `json:"notices"`
	Errors        []docMessage   `json:"errors"`
	Run           *docRun        `json:"run"`
}

type docTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type docSummary struct {
	Files        int `json:"files"`
	Functions    int `json:"functions"`
	VPCFunctions int `json:"vpcFunctions"`
	Decided      int `json:"decided"`
	Undecided    int `json:"undecided"`
	Error        int `json:"error"`
	Warning      int `json:"warning"`
	Note         int `json:"note"`
	Suppressed   int `json:"suppressed"`
}

// docPlace has no lines where only the file is known.
type docPlace struct {
	File        string  `json:"file"`
	StartLine   ordinal `json:"startLine"`
	StartColumn ordinal `json:"startColumn"`
	EndLine     ordinal `json:"endLine"`
	EndColumn   ordinal `json:"endColumn"`
}

type docSpan struct {
	Location *docPlace `json:"location"`
}

// docAbout is what findings and questions have in common.
type docAbout struct {
	Rule     string `json:"rule"`
	Pack     string `json:"pack"`
	Message  string `json:"message"`
	Root     string `json:"root"`
	Resource string `json:"resource"`
	// Deployment and Tenancy are there only in the report of a part of a run, as is Library of a finding.
	Deployment int           `json:"deployment,omitzero"`
	Tenancy    string        `json:"tenancy,omitzero"`
	Affects    []docAffected `json:"affects"`
	Scenarios  []docScenario `json:"scenarios"`
	Location   *docPlace     `json:"location"`
	Trace      []docHop      `json:"trace"`
	Key        optional      `json:"key"`
}

type docFinding struct {
	Severity string `json:"severity"`
	docAbout
	Remedy      optional       `json:"remedy"`
	Edits       []docEdit      `json:"edits"`
	Fingerprint string         `json:"fingerprint"`
	URL         optional       `json:"url"`
	Page        string         `json:"page"`
	Library     *[]docSpan     `json:"library,omitzero"`
	Suppressed  *docSuppressed `json:"suppressed"`
}

// docEdit is a part of the remedy as a change of the files: a place, and what it becomes.
type docEdit struct {
	Location *docPlace `json:"location"`
	Text     string    `json:"text"`
}

type docUndecided struct {
	docAbout
	Missing []docMissing `json:"missing"`
	Hint    optional     `json:"hint"`
}

type docSuppressed struct {
	Kind     string    `json:"kind"`
	Reason   string    `json:"reason"`
	Location *docPlace `json:"location"`
}

type docAffected struct {
	Address  string    `json:"address"`
	Root     string    `json:"root"`
	Location *docPlace `json:"location"`
}

type docHop struct {
	Location *docPlace `json:"location"`
	// Role is what part the place plays; "need" is evidence that the destination is needed, and no step of the way.
	Role    optional `json:"role"`
	Message string   `json:"message"`
	Cause   optional `json:"cause"`
}

type docMissing struct {
	Kind     string     `json:"kind"`
	Name     string     `json:"name"`
	Location *docPlace  `json:"location"`
	Lookup   *docLookup `json:"lookup,omitzero"`
}

// docLookup is what has to be known before the fact can be looked up.
type docLookup struct {
	Missing   []docMissing `json:"missing"`
	Directory string       `json:"directory,omitzero"`
}

type docFunction struct {
	Address         string       `json:"address"`
	Root            string       `json:"root"`
	Deployment      int          `json:"deployment,omitzero"`
	Location        *docPlace    `json:"location"`
	InVPC           string       `json:"inVpc"`
	VPC             optional     `json:"vpc"`
	SubnetsComplete bool         `json:"subnetsComplete"`
	Missing         []docMissing `json:"missing"`
	Subnets         []docSubnet  `json:"subnets"`
}

type docSubnet struct {
	Subnet    string  `json:"subnet"`
	Internet  docPath `json:"internet"`
	Internet6 docPath `json:"internet6"`
}

type docPath struct {
	Status string   `json:"status"`
	Via    optional `json:"via"`
	Cause  optional `json:"cause"`
}

type docMessage struct {
	Location *docPlace `json:"location"`
	Message  string    `json:"message"`
}

// docRun is what a report says of the run itself, so that Read makes of it what it was.
type docRun struct {
	FailOn string    `json:"failOn"`
	Packs  []docPack `json:"packs"`
	Names  []docName `json:"names"`
	Shard  *docShard `json:"shard,omitzero"`
}

type docPack struct {
	Name  string    `json:"name"`
	Rules []docRule `json:"rules"`
}

type docRule struct {
	Name string `json:"name"`
}

type docName struct {
	Name       string `json:"name"`
	InBoundary string `json:"inBoundary"`
}

type docShard struct {
	Index     int      `json:"index"`
	Of        int      `json:"of"`
	Inhabited []string `json:"inhabited,omitzero"`
	Uses      []docUse `json:"uses"`
}

type docUse struct {
	Location *docPlace    `json:"location"`
	Troubles []docTrouble `json:"troubles"`
}

type docTrouble struct {
	Rule string   `json:"rule"`
	Key  optional `json:"key"`
	Root optional `json:"root"`
}

// optional is text that is null where it is empty.
type optional string

// MarshalJSONTo is what the library calls.
func (s optional) MarshalJSONTo(e *jsontext.Encoder) error {
	if s == "" {
		return e.WriteToken(jsontext.Null)
	}
	return e.WriteToken(jsontext.String(string(s)))
}

// ordinal counts from 1, and is null where none is known.
type ordinal int

// MarshalJSONTo is what the library calls.
func (n ordinal) MarshalJSONTo(e *jsontext.Encoder) error {
	if n == 0 {
		return e.WriteToken(jsontext.Null)
	}
	return e.WriteToken(jsontext.Int(int64(n)))
}

// docScenario is an object whose members keep their order.
type docScenario struct{ rules.Scenario }

// MarshalJSONTo is what the library calls. The names come from inputs, and two may be one once they are UTF-8. The
// later one is then numbered, for an object that has a name twice means something else to each reader.
func (s docScenario) MarshalJSONTo(e *jsontext.Encoder) error {
	err := e.WriteToken(jsontext.BeginObject)
	seen := map[string]bool{}
	for _, set := range s.Scenario {
		valid := strings.ToValidUTF8(set.Subject, string(utf8.RuneError))
		name := valid
		for i := 2; seen[name]; i++ {
			name = fmt.Sprintf("%s (%d)", valid, i)
		}
		seen[name] = true
		for _, text := range []string{name, set.Value} {
			if err == nil {
				err = e.WriteToken(jsontext.String(text))
			}
		}
	}
	if err != nil {
		return err
	}
	return e.WriteToken(jsontext.EndObject)
}

// UnmarshalJSONFrom is what the library calls.
func (s *docScenario) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	token, err := d.ReadToken()
	if err == nil && token.Kind() != jsontext.BeginObject.Kind() {
		err = fmt.Errorf("a scenario is no object")
	}
	for err == nil && d.PeekKind() != jsontext.EndObject.Kind() {
		var set rules.Setting
		if err = json.UnmarshalDecode(d, &set.Subject); err == nil {
			err = json.UnmarshalDecode(d, &set.Value)
		}
		s.Scenario = append(s.Scenario, set)
	}
	if err == nil {
		_, err = d.ReadToken()
	}
	return err
}

func (p *docPlace) location(dir string) source.Location {
	return source.Location{
		File: under(dir, p.File), StartLine: int(p.StartLine), StartColumn: int(p.StartColumn),
		EndLine: int(p.EndLine), EndColumn: int(p.EndColumn),
	}
}

// isWhole says whether the place has all of its lines and columns, or none.
func (p *docPlace) isWhole() bool {
	known := p.StartLine > 0
	return known == (p.StartColumn > 0) && known == (p.EndLine > 0) && known == (p.EndColumn > 0)
}

// eachPlace calls f with all places that are in the document, some of which are nil.
func (d *document) eachPlace(f func(*docPlace)) {
	for i := range d.Findings {
		of := &d.Findings[i]
		of.eachPlace(f)
		for _, e := range of.Edits {
			f(e.Location)
		}
		if of.Suppressed != nil {
			f(of.Suppressed.Location)
		}
		if of.Library != nil {
			for _, at := range *of.Library {
				f(at.Location)
			}
		}
	}
	for i := range d.Undecided {
		d.Undecided[i].eachPlace(f)
		eachMissing(d.Undecided[i].Missing, f)
	}
	for _, of := range d.Functions {
		f(of.Location)
		eachMissing(of.Missing, f)
	}
	for _, list := range [][]docMessage{d.Notices, d.Errors} {
		for _, m := range list {
			f(m.Location)
		}
	}
	if d.Run.Shard != nil {
		for _, u := range d.Run.Shard.Uses {
			f(u.Location)
		}
	}
}

func (a *docAbout) eachPlace(f func(*docPlace)) {
	f(a.Location)
	for _, h := range a.Trace {
		f(h.Location)
	}
}

func eachMissing(ms []docMissing, f func(*docPlace)) {
	for _, m := range ms {
		f(m.Location)
		if m.Lookup != nil {
			eachMissing(m.Lookup.Missing, f)
		}
	}
}
