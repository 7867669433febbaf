package report

import "github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"

// document is a report as JSON has it, for reading.
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
	File        string `json:"file"`
	StartLine   int    `json:"startLine"`
	StartColumn int    `json:"startColumn"`
	EndLine     int    `json:"endLine"`
	EndColumn   int    `json:"endColumn"`
}

type docSpan struct {
	Location *docPlace `json:"location"`
}

// docAbout is what findings and questions have in common.
type docAbout struct {
	Rule       string        `json:"rule"`
	Pack       string        `json:"pack"`
	Message    string        `json:"message"`
	Root       string        `json:"root"`
	Resource   string        `json:"resource"`
	Key        string        `json:"key"`
	Deployment int           `json:"deployment"`
	Affects    []docAffected `json:"affects"`
	Scenarios  []docScenario `json:"scenarios"`
	Location   *docPlace     `json:"location"`
	Trace      []docHop      `json:"trace"`
}

type docFinding struct {
	docAbout
	Severity    string         `json:"severity"`
	Remedy      string         `json:"remedy"`
	Fingerprint string         `json:"fingerprint"`
	URL         string         `json:"url"`
	Library     *[]docSpan     `json:"library"`
	Suppressed  *docSuppressed `json:"suppressed"`
}

type docUndecided struct {
	docAbout
	Missing []docMissing `json:"missing"`
	Hint    string       `json:"hint"`
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
	Message  string    `json:"message"`
	Cause    string    `json:"cause"`
}

type docMissing struct {
	Kind     string    `json:"kind"`
	Name     string    `json:"name"`
	Location *docPlace `json:"location"`
}

type docFunction struct {
	Address         string       `json:"address"`
	Root            string       `json:"root"`
	Deployment      int          `json:"deployment"`
	Location        *docPlace    `json:"location"`
	InVPC           string       `json:"inVpc"`
	VPC             string       `json:"vpc"`
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
	Status string `json:"status"`
	Via    string `json:"via"`
	Cause  string `json:"cause"`
}

type docMessage struct {
	Location *docPlace `json:"location"`
	Message  string    `json:"message"`
}

type docRun struct {
	FailOn string    `json:"failOn"`
	Packs  []docPack `json:"packs"`
	Names  []docName `json:"names"`
	Shard  *docShard `json:"shard"`
}

type docPack struct {
	Name  string `json:"name"`
	Rules []struct {
		Name string `json:"name"`
	} `json:"rules"`
}

type docName struct {
	Name       string `json:"name"`
	InBoundary string `json:"inBoundary"`
}

type docShard struct {
	Index int      `json:"index"`
	Of    int      `json:"of"`
	Uses  []docUse `json:"uses"`
}

type docUse struct {
	Location *docPlace    `json:"location"`
	Troubles []docTrouble `json:"troubles"`
}

type docTrouble struct {
	Rule string `json:"rule"`
	Key  string `json:"key"`
	Root string `json:"root"`
}

func (p *docPlace) location(dir string) source.Location {
	return source.Location{
		File: under(dir, p.File), StartLine: p.StartLine, StartColumn: p.StartColumn,
		EndLine: p.EndLine, EndColumn: p.EndColumn,
	}
}

// eachPlace calls f with all places that are in the document, some of which are nil.
func (d *document) eachPlace(f func(*docPlace)) {
	for i := range d.Findings {
		of := &d.Findings[i]
		of.eachPlace(f)
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
	}
}
