package docs

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules/filter"
)

const (
	template      = "template.yaml"
	module        = "main.tf"
	configuration = config.FileName
)

// example is the first one of a rule's fixture, in CloudFormation if that can go wrong there: a file, what is printed
// about it, and the change that mends it.
type example struct {
	name   string
	packs  []rules.Pack
	answer *fixture.Answer
	change string // a diff
}

func newExample(pack rules.Pack, r *rules.Rule, archive *fixture.Archive) (*example, error) {
	name := exampleFile(archive)
	bad, good := archive.File("bad/"+name), archive.File("good/"+name)
	if bad == nil || good == nil || good.Change == "" {
		return nil, fmt.Errorf("its fixture has no good/%[1]s that is written as the change of bad/%[1]s", name)
	}
	only := rules.Pack{Name: pack.Name, Rules: []*rules.Rule{r}}
	answer := archive.Lint(name, fixture.Clean(bad.Data), only)
	answer.Result, _ = filter.Run(answer.Result)
	return &example{name: name, packs: []rules.Pack{only}, answer: answer, change: good.Change}, nil
}

// exampleFile is the file that the example of a fixture is about.
func exampleFile(archive *fixture.Archive) string {
	if archive.File("bad/"+template) == nil {
		return module
	}
	return template
}

// output is what the program prints when it lints the template.
func (e *example) output() (string, error) {
	var b bytes.Buffer
	err := report.Text(&b, e.report(), report.Options{})
	return b.String(), err
}

func (e *example) report() *report.Report {
	return &report.Report{Files: e.answer.Files, Inputs: 1, Packs: e.packs, Result: e.answer.Result}
}

// headline is the first finding, in a line without its rule.
func (e *example) headline() string {
	for _, f := range e.report().Findings() {
		at, _ := e.answer.Files.Location(f.Span)
		return fmt.Sprintf("%s:%d:%d: %s: %s", at.File, at.StartLine, at.StartColumn, report.Severity(f),
			strings.TrimSpace(report.Line(f.Message)))
	}
	return ""
}
