package report

import (
	"io"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// docWalk is a Walk as JSON has it. docs/trace.schema.json describes it.
type docWalk struct {
	SchemaVersion int       `json:"schemaVersion"`
	From          docSender `json:"from"`
	To            string    `json:"to"`
	Cases         []docCase `json:"cases"`
	docEnding
}

type docSender struct {
	Address string `json:"address"`
	Root    string `json:"root"`
}

// docEnding is an answer: reachable, blocked or unknown, and what would decide it.
type docEnding struct {
	Status  string       `json:"status"`
	Missing []docMissing `json:"missing"`
	Hint    optional     `json:"hint"`
}

// docCase is a world of conditions. Outside is true for a function that is in no VPC.
type docCase struct {
	Conditions []docCondition `json:"conditions"`
	Outside    bool           `json:"outside"`
	Paths      []docWay       `json:"paths"`
	docEnding
}

type docCondition struct {
	Subject string `json:"subject"`
	Is      bool   `json:"is"`
	Value   string `json:"value"`
}

type docWay struct {
	Subnet string   `json:"subnet"`
	Via    optional `json:"via"`
	Hops   []docHop `json:"hops"`
	docEnding
}

// JSON writes the walk with every subnet.
func (k *Walk) JSON(w io.Writer) error {
	d := &documenter{Report: &Report{Files: k.Files}}
	doc := docWalk{
		SchemaVersion: schemaVersion, From: docSender{k.From, k.Root}, To: k.To, docEnding: d.ending(k.Reach),
		Cases: []docCase{},
	}
	for i, reach := range k.Reaches {
		doc.Cases = append(doc.Cases, docCase{
			Conditions: each(k.Worlds[i].Assignments(), func(a *fact.Assignment) docCondition {
				return docCondition{a.Subject, a.Is, a.Literal}
			}),
			Outside: reach.Outside, Paths: each(reach.Paths, d.way), docEnding: d.ending(reach.Everywhere),
		})
	}
	return writeJSON(w, doc)
}

func (d *documenter) way(p *trace.Path) docWay {
	hops := p.Evidence()
	return docWay{
		Subnet: p.Subnet.Address, Via: optional(p.Via), Hops: each(hops, d.hop), docEnding: d.ending(p.Reachable),
	}
}

func (d *documenter) ending(v fact.Verdict) docEnding {
	return docEnding{Status: rules.Status(v), Missing: each(v.Missing, d.missing), Hint: optional(Hint(v.Missing))}
}
