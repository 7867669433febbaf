package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

func TestWhatSteersIsShownAsAnEscape(t *testing.T) {
	for in, want := range map[string]string{
		"plain, größe, 日本, 🙂 and 👩\u200d💻": "plain, größe, 日本, 🙂 and 👩\u200d💻",
		"\x1b[31mred":               `\x1b[31mred`,
		"a\u202eb\u2066c":           `a\u202eb\u2066c`,
		"del\x7f csi\u009b":         `del\x7f csi\x9b`,
		"not UTF-8 \xff.":           `not UTF-8 \xff.`,
		"mark\ufeff tag\U000e0041":  `mark\ufeff tag\U000e0041`,
		"# ##vso[task.setvariable]": `# \x23#vso[task.setvariable]`,
		"##VSO[task] ##[error]x":    `\x23#VSO[task] \x23#[error]x`,
		"### a heading":             "### a heading",
		"::/0 of IPv6":              "::/0 of IPv6",
	} {
		if got := report.Line(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"one\n::error::two":   "one\n\\x3a:error::two",
		"one\n \t::stop::two": "one\n \t\\x3a:stop::two",
		"one\r::error::two":   `one\x0d::error::two`,
	} {
		if got := report.Lines(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// steering is what no format may hold as it is.
const steering = "\u202e\u2066\u200f\u061c\u007f\u009b\u0085\u2028\u2029\ufeff"

func TestStructuredFormatsHoldEscapesOfWhatSteers(t *testing.T) {
	name := "a" + steering + "##vso[x]"
	files := source.NewFileSet()
	f := files.Add(name, []byte("text\n"))
	r := &report.Report{Files: files, Result: rules.Result{Findings: []rules.Finding{{
		Rule: &rules.Rule{Name: "r", Severity: rules.Note}, Message: "m", Resource: name, Span: f.Span(0, 4),
	}}}}
	for format, read := range map[string]func(string) (string, error){
		"json": func(text string) (string, error) {
			var doc struct {
				Findings []struct{ Location struct{ File string } }
			}
			err := json.Unmarshal([]byte(text), &doc)
			return doc.Findings[0].Location.File, err
		},
		"gitlab": func(text string) (string, error) {
			var doc []struct{ Location struct{ Path string } }
			err := json.Unmarshal([]byte(text), &doc)
			return doc[0].Location.Path, err
		},
		"checkstyle": func(text string) (string, error) {
			var doc struct {
				File []struct {
					Name string `xml:"name,attr"`
				} `xml:"file"`
			}
			err := xml.Unmarshal([]byte(text), &doc)
			return doc.File[0].Name, err
		},
		"junit": func(text string) (string, error) {
			var doc junit
			err := xml.Unmarshal([]byte(text), &doc)
			return doc.Suites[1].Name, err
		},
	} {
		text := render(t, formats[format], r, report.Options{})
		if strings.ContainsAny(text, steering) || strings.Contains(text, "##vso[") {
			t.Errorf("%s shows the name as it is:\n%q", format, text)
		}
		if got, err := read(text); err != nil || got != name {
			t.Errorf("%s: %q is read back, %v", format, got, err)
		}
	}
}

func TestScenariosAreMembersWhateverTheirSubjects(t *testing.T) {
	subjects := []string{`var.get_env("APP")`, "\"}],\n\"x\": [{\"", `\`, "<&>", "\u2028", "a\xff", "a\xfe", "a\ufffd (2)", "\x1b"}
	var scenario rules.Scenario
	for _, s := range subjects {
		scenario = append(scenario, rules.Setting{Subject: s, Value: s})
	}
	r := &report.Report{Files: source.NewFileSet(), Result: rules.Result{Findings: []rules.Finding{{
		Rule: &rules.Rule{Name: "r", Severity: rules.Error}, Scenarios: []rules.Scenario{scenario},
	}}}}
	text := render(t, formats["json"], r, report.Options{})
	d := jsontext.NewDecoder(strings.NewReader(text)) // it is strict: a repeated name is an error
	if _, err := d.ReadValue(); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Findings []struct {
			Severity  string
			Scenarios []map[string]string
		}
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Findings) != 1 || doc.Findings[0].Severity != "error" {
		t.Fatalf("%+v", doc)
	}
	got := doc.Findings[0].Scenarios[0]
	if len(got) != len(subjects) {
		t.Errorf("%d of %d subjects: %q", len(got), len(subjects), got)
	}
	for _, s := range subjects[:5] {
		if got[s] != s {
			t.Errorf("%q is %q", s, got[s])
		}
	}
}

func TestJSONIsLaidOutAsEncodingJSONDoes(t *testing.T) {
	for name, r := range map[string]*report.Report{"hostile": hostile(), "nothing": {Files: source.NewFileSet()}} {
		text := render(t, formats["json"], r, report.Options{})
		var again bytes.Buffer
		if err := json.Indent(&again, bytes.TrimSpace([]byte(text)), "", "  "); err != nil {
			t.Fatal(err)
		}
		if again.String()+"\n" != text {
			t.Errorf("%s: got\n%s", name, text)
		}
	}
}
