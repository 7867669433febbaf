package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/trace"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/sample"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

type format func(io.Writer, *report.Report, report.Options) error

var formats = map[string]format{
	"text": report.Text, "json": report.JSON, "github": report.GitHub, "junit": report.JUnit, "gitlab": report.GitLab, "checkstyle": report.Checkstyle,
}

func render(t *testing.T, write format, r *report.Report, opts report.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, r, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFormatsForOtherPrograms(t *testing.T) {
	for _, name := range []string{"github", "junit", "gitlab", "checkstyle"} {
		t.Run(name, func(t *testing.T) {
			sample.Golden(t, update, name+".golden", []byte(render(t, formats[name], sample.Report(), report.Options{})))
		})
		t.Run(name+" with what is undecided", func(t *testing.T) {
			sample.Golden(t, update, name+"_undecided.golden", []byte(render(t, formats[name], sample.Report(), report.Options{Undecided: true})))
		})
	}
}

// hostile is a report on a file that would like to be more than its name, with findings at odd places.
func hostile() *report.Report {
	const name = "a,b:c%25\n::error::]]>\"'<&\x1b[31m\x00\uFFFE\xff.yaml"
	files := source.NewFileSet()
	f := files.Add(name, []byte("first: line\nsecond: line\nthird: line\n"))
	rule := &rules.Rule{Name: "odd_name", Severity: rules.Note, Doc: "Flags odd names.\n", URL: "https://docs.aws.amazon.com/"}
	worse := &rules.Rule{Name: "worse_name", Severity: rules.Error, Doc: "Flags worse names.\n"}
	find := func(rule *rules.Rule, span source.Span) rules.Finding {
		return rules.Finding{
			Rule: rule, Pack: "naming", Root: name, Resource: name, Span: span, Affects: []string{name}, Remedy: "rename\n" + name,
			Message: "function \"" + name + "\" is odd", Trace: []trace.Hop{{Span: span, Message: "through " + name}},
		}
	}
	return &report.Report{
		Tool: report.Tool{Name: "lambda-vpc-lint", Version: "v0"}, Files: files, Inputs: 1,
		Packs: []rules.Pack{{Name: "naming", Rules: []*rules.Rule{rule, worse}}},
		Result: rules.Result{
			Findings: []rules.Finding{
				find(rule, source.Span{}), find(rule, f.Span(0, 5)), find(rule, f.Span(3, 3)), find(rule, f.Span(12, 25)), find(worse, f.Span(12, 30)),
			},
			Undecided: []rules.Undecided{{Finding: find(rule, f.Span(0, 5)), Missing: []fact.Missing{{Kind: fact.Parameter, Name: name}}}},
		},
		Notices: []source.Diagnostic{{File: name, Message: name}},
		Errors:  []source.Diagnostic{{Span: f.Span(0, 5), Message: name}, {Message: "no input declares the parameter \"" + name + "\""}},
	}
}

// TestXMLIsWellFormedWhateverTheInputIs reads the documents back and compares what tells issues apart.
func TestXMLIsWellFormedWhateverTheInputIs(t *testing.T) {
	for _, name := range []string{"junit", "checkstyle"} {
		t.Run(name, func(t *testing.T) {
			text := render(t, formats[name], hostile(), report.Options{Undecided: true})
			if !strings.HasPrefix(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
				t.Errorf("the document begins with %.40q", text)
			}
			d := xml.NewDecoder(strings.NewReader(text))
			odd := 0
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				start, ok := token.(xml.StartElement)
				for i := 0; ok && i < len(start.Attr); i++ {
					if strings.Contains(start.Attr[i].Value, "::error::]]>\"'<&") {
						odd++
					}
				}
			}
			if odd < 5 {
				t.Errorf("%d attributes hold the hostile name, want one for each issue at least", odd)
			}
			if at := strings.IndexAny(text, "\x00\x1b\uFFFE"); at >= 0 {
				t.Errorf("%.20q is no character of XML", text[at:])
			}
		})
	}
}

// TestACommandIsALine reads workflow commands as the runner does.
func TestACommandIsALine(t *testing.T) {
	command := regexp.MustCompile(`^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*,?)+)::(.+)$`)
	lines := strings.Split(strings.TrimSpace(render(t, report.GitHub, hostile(), report.Options{Undecided: true})), "\n")
	if want := 2 + 5 + 1 + 1 + 2; len(lines) != want {
		t.Fatalf("%d lines, want %d: commands and the two of the summary\n%s", len(lines), want, strings.Join(lines, "\n"))
	}
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	ranks := map[string]int{"error": 0, "warning": 1, "notice": 2}
	last := 0
	for _, line := range lines[:len(lines)-2] {
		m := command.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no command: %q", line)
		}
		if ranks[m[1]] < last {
			t.Errorf("%s after something less severe: %q", m[1], line)
		}
		last = ranks[m[1]]
		p := map[string]string{}
		for _, property := range strings.Split(m[2], ",") {
			name, value, _ := strings.Cut(property, "=")
			p[name] = unescape.Replace(value)
		}
		if file, ok := p["file"]; ok && !strings.HasPrefix(file, "a,b:c%25\n::error::]]>") {
			t.Errorf("the file is called %q", file)
		}
		if _, columns := p["col"]; columns && p["line"] != p["endLine"] {
			t.Errorf("columns on several lines: %q", line)
		}
		if strings.ContainsAny(line, "\r\x1b\x00") {
			t.Errorf("a control character is left in %q", line)
		}
	}
}

func TestAnnotationsEndWhereTheTextEnds(t *testing.T) {
	text := render(t, report.GitHub, hostile(), report.Options{})
	for _, want := range []string{
		",line=1,endLine=1,col=1,endColumn=6,title=odd_name",
		",line=1,endLine=1,col=4,endColumn=4,title=odd_name",
		",line=2,endLine=2,title=odd_name", // its end is the beginning of line 3
		",line=2,endLine=3,title=worse_name",
		".yaml,title=odd_name", // no place is known
		"::error title=bad_input (lambda-vpc-lint)::no input declares",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no annotation with %q in\n%s", want, text)
		}
	}
}

func TestGitLabIssuesAreWhole(t *testing.T) {
	severities := regexp.MustCompile(`^(info|minor|major|critical|blocker)$`)
	for name, r := range map[string]*report.Report{"sample": sample.Report(), "hostile": hostile()} {
		t.Run(name, func(t *testing.T) {
			var issues []struct {
				Description string `json:"description"`
				CheckName   string `json:"check_name"`
				Fingerprint string `json:"fingerprint"`
				Severity    string `json:"severity"`
				Location    struct {
					Path  string `json:"path"`
					Lines struct {
						Begin int `json:"begin"`
					} `json:"lines"`
				} `json:"location"`
			}
			if err := json.Unmarshal([]byte(render(t, report.GitLab, r, report.Options{Undecided: true})), &issues); err != nil {
				t.Fatal(err)
			}
			if want := len(r.Errors) + len(r.Result.Findings) + len(r.Result.Undecided); len(issues) != want {
				t.Errorf("%d issues, want %d", len(issues), want)
			}
			seen := map[string]bool{}
			for _, i := range issues {
				if i.Description == "" || i.CheckName == "" || i.Location.Path == "" || strings.HasPrefix(i.Location.Path, "./") || i.Location.Lines.Begin < 1 {
					t.Errorf("incomplete: %+v", i)
				}
				if !severities.MatchString(i.Severity) {
					t.Errorf("GitLab knows no severity %q", i.Severity)
				}
				if seen[i.Fingerprint] {
					t.Errorf("two issues with the fingerprint %s", i.Fingerprint)
				}
				seen[i.Fingerprint] = true
			}
		})
	}
}

// junit is what readers of the format look at.
type junit struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Suites   []struct {
		Name  string `xml:"name,attr"`
		Tests int    `xml:"tests,attr"`
		Cases []struct {
			Class   string    `xml:"classname,attr"`
			Name    string    `xml:"name,attr"`
			Failure *struct{} `xml:"failure"`
			Error   *struct{} `xml:"error"`
			Skipped *struct{} `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func readJUnit(t *testing.T, r *report.Report, opts report.Options) (out junit) {
	t.Helper()
	if err := xml.Unmarshal([]byte(render(t, report.JUnit, r, opts)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTestsHaveOneNameAndAreCounted(t *testing.T) {
	for name, r := range map[string]*report.Report{"sample": sample.Report(), "hostile": hostile()} {
		t.Run(name, func(t *testing.T) {
			doc := readJUnit(t, r, report.Options{Undecided: true})
			seen := map[string]bool{}
			tests, failures, errs, skipped := 0, 0, 0, 0
			for _, s := range doc.Suites {
				if s.Tests != len(s.Cases) {
					t.Errorf("suite %q says it has %d tests and has %d", s.Name, s.Tests, len(s.Cases))
				}
				for _, c := range s.Cases {
					if key := c.Class + " " + c.Name; seen[key] {
						t.Errorf("two tests are called %q; readers keep one", key)
					} else {
						seen[key] = true
					}
					tests++
					count := func(n *int, result *struct{}) {
						if result != nil {
							*n++
						}
					}
					count(&failures, c.Failure)
					count(&errs, c.Error)
					count(&skipped, c.Skipped)
				}
			}
			if doc.Tests != tests || doc.Failures != failures || doc.Errors != errs {
				t.Errorf("says %d, %d, %d; has %d, %d, %d", doc.Tests, doc.Failures, doc.Errors, tests, failures, errs)
			}
			if failures == 0 || errs == 0 || skipped == 0 {
				t.Errorf("%d failures, %d errors, %d skipped: something is not shown", failures, errs, skipped)
			}
		})
	}
}

func TestARunWithoutFindingsIsASuccess(t *testing.T) {
	r := sample.Report()
	r.Result.Findings, r.Errors = nil, nil
	doc := readJUnit(t, r, report.Options{})
	if doc.Tests == 0 || doc.Failures+doc.Errors > 0 {
		t.Errorf("%+v", doc)
	}
	var passing []string
	for _, c := range doc.Suites[0].Cases {
		passing = append(passing, c.Name)
	}
	if got := strings.Join(passing, ", "); strings.Contains(got, "public_subnet_only") || !strings.Contains(got, "odd_worker") {
		t.Errorf("%s pass; public_subnet_only is undecided, and odd_worker finds nothing", got)
	}
}

func TestFindingsBelowTheThresholdFailNoTest(t *testing.T) {
	for failOn, want := range map[rules.Severity]int{0: 2, rules.Note: 2, rules.Warning: 1, rules.Error: 1, rules.Error + 1: 0} {
		r := sample.Report()
		r.FailOn = failOn
		if doc := readJUnit(t, r, report.Options{}); doc.Failures != want {
			t.Errorf("with the threshold %d: %d failures, want %d", failOn, doc.Failures, want)
		}
	}
}

func TestNothingIsAWholeReportToo(t *testing.T) {
	for name, want := range map[string]string{
		"github":     "0 files, 0 functions, 0 in a VPC; 0 undecided\n",
		"gitlab":     "[]\n",
		"checkstyle": xml.Header + "<checkstyle version=\"4.3\"></checkstyle>\n",
	} {
		if got := render(t, formats[name], &report.Report{Files: source.NewFileSet()}, report.Options{}); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
