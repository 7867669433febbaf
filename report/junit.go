package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

type junitReport struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Suites []*junitSuite `xml:"testsuite"`
}

// junitCounts are attributes that the schema demands of a suite.
type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Skipped int          `xml:"skipped,attr"`
	Cases   []*junitCase `xml:"testcase"`
	Out     string       `xml:"system-out,omitempty"`
}

type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Time    int          `xml:"time,attr"` // not measured, so that one commit gives one report
	Skipped *junitResult `xml:"skipped"`
	Error   *junitResult `xml:"error"`
	Failure *junitResult `xml:"failure"`
	Out     string       `xml:"system-out,omitempty"`
}

type junitResult struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes the report as the results of tests. A file with something to say is a suite, in which each rule that has
// something to say is one test: readers keep only one failure of a test, and only one test of a name. A test fails for
// findings that reach FailOn, as the run does. The first suite has a test for the run and one for each rule that
// is satisfied everywhere, so that a run without findings shows as a success; a rule with undecided questions passes
// nowhere.
//
// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
// https://docs.gitlab.com/ci/testing/unit_test_reports/#junit-xml-format-specification
func JUnit(w io.Writer, r *Report, opts Options) error {
	doc := junitReport{Name: r.Tool.Name, Suites: []*junitSuite{r.satisfied()}}
	suites := map[string]*junitSuite{}
	for _, group := range tests(r.issues(opts)) {
		file := group[0].at.file
		if suites[file] == nil {
			suites[file] = &junitSuite{Name: file}
			doc.Suites = append(doc.Suites, suites[file])
		}
		suites[file].Cases = append(suites[file].Cases, r.test(group))
	}
	for _, s := range doc.Suites {
		s.count()
		doc.Tests += s.Tests
		doc.Failures += s.Failures
		doc.Errors += s.Errors
	}
	return writeXML(w, doc)
}

// satisfied is the suite of what is well.
func (r *Report) satisfied() *junitSuite {
	var out strings.Builder
	for _, n := range r.notices() {
		fmt.Fprintln(&out, n.paragraph())
	}
	newPrinter(&out, r, Options{}).summary(Options{Undecided: true})
	suite := &junitSuite{Name: r.Tool.Name, Out: out.String()}
	suite.Cases = append(suite.Cases, &junitCase{Class: r.Tool.Name, Name: "the analysis runs to its end"})
	open := map[string]bool{}
	for _, i := range r.issues(Options{Undecided: true}) {
		open[i.rule] = true
	}
	for _, pack := range r.Packs {
		for _, rule := range pack.Rules {
			if !open[rule.Name] {
				suite.Cases = append(suite.Cases, &junitCase{Class: r.class(pack.Name), Name: rule.Name})
			}
		}
	}
	return suite
}

// class names tests like a class in a package, the way readers group them.
func (r *Report) class(pack string) string { return r.Tool.Name + "." + pack }

// tests gathers the issues of one rule in one file; what is undecided is apart from what was found.
func tests(issues []issue) [][]issue {
	type key struct {
		file, rule string
		decided    bool
	}
	return grouped(issues, func(i issue) key { return key{i.at.file, i.rule, i.kind != undecided} })
}

// test is the outcome of the issues of one rule in one file. The group has at least one issue.
func (r *Report) test(group []issue) *junitCase {
	first := group[0]
	c := &junitCase{Class: r.class(first.pack), Name: first.rule}
	if first.at.file != "" {
		c.Name += " in " + first.at.file
	}
	result := &junitResult{Message: first.message, Type: first.kind}
	if len(group) > 1 {
		result.Message = fmt.Sprintf("%s, and %d more", first.message, len(group)-1)
	}
	worst := rules.Severity(0)
	texts := make([]string, len(group))
	for n, i := range group {
		texts[n] = i.paragraph()
		if i.severity > worst {
			worst, result.Type = i.severity, i.kind
		}
	}
	result.Text = strings.Join(texts, "\n\n")
	switch {
	case first.kind == badInput:
		c.Error = result
	case first.kind == undecided:
		c.Name = "undecided: " + c.Name
		c.Skipped = result
	case worst >= r.FailOn:
		c.Failure = result
	default:
		c.Out = result.Text
	}
	return c
}

func (s *junitSuite) count() {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Error != nil:
			s.Errors++
		case c.Failure != nil:
			s.Failures++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
}
