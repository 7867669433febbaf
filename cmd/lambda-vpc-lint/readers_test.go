package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
)

// told is what a format says of one finding, in an order that does not matter.
type told struct{ Rule, Severity, Message string }

func sorted(all []told) []told {
	slices.SortFunc(all, func(a, b told) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return all
}

// readers are strict parsers of the formats. A message that a format shows on a line is as Line gives it.
var readers = map[string]func(t *testing.T, text string) []told{
	"json": readJSON, "sarif": readSARIF, "code-scanning": readSARIF, "text": readText, "github": readGitHub, "junit": readJUnit, "gitlab": readGitLab, "checkstyle": readCheckstyle,
	"github-summary": readSummary, "concise": readConcise,
}

var conciseLine = regexp.MustCompile(`^.+?:\d+:\d+: (error|warning|note): (.*?) \[([a-z_0-9]+)\](?: - .*)?$`)

func readConcise(_ *testing.T, text string) (out []told) {
	for line := range strings.SplitSeq(text, "\n") {
		if m := conciseLine.FindStringSubmatch(line); m != nil {
			out = append(out, told{m[3], m[1], m[2]})
		}
	}
	return out
}

func strictly(t *testing.T, text string, doc any) {
	t.Helper()
	if _, err := jsontext.NewDecoder(strings.NewReader(text)).ReadValue(); err != nil { // a repeated name is an error
		t.Fatalf("%v in\n%s", err, text)
	}
	if err := json.Unmarshal([]byte(text), doc); err != nil {
		t.Fatal(err)
	}
}

func readJSON(t *testing.T, text string) (out []told) {
	var doc struct {
		Findings []struct {
			Rule, Severity, Message string
			Suppressed              any
		}
	}
	strictly(t, text, &doc)
	for _, f := range doc.Findings {
		if f.Suppressed == nil {
			out = append(out, told{f.Rule, f.Severity, report.Line(f.Message)})
		}
	}
	return out
}

func readSARIF(t *testing.T, text string) (out []told) {
	var doc struct {
		Runs []struct {
			Results []struct {
				RuleID, Level string
				Message       struct{ Text string }
				Suppressions  []any
			}
		}
	}
	strictly(t, text, &doc)
	for _, r := range doc.Runs[0].Results {
		if message, _, _ := strings.Cut(r.Message.Text, "\nTo fix it, "); len(r.Suppressions) == 0 {
			out = append(out, told{r.RuleID, r.Level, report.Line(strings.ReplaceAll(message, "] (", "]("))})
		}
	}
	return out
}

var headLine = regexp.MustCompile(`^.+:\d+:\d+: (error|warning|note): (.*) \[([a-z_0-9]+)\]$`)

// alikeLine stands below a finding for others that differ in names and places, which text does not tell in full.
var alikeLine = regexp.MustCompile(`^  and (\d+) alike:$`)

const alike = "alike"

func readText(_ *testing.T, text string) (out []told) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := headLine.FindStringSubmatch(line); m != nil {
			out = append(out, told{m[3], m[1], m[2]})
		} else if m := alikeLine.FindStringSubmatch(line); m != nil && len(out) > 0 {
			last := out[len(out)-1]
			n, _ := strconv.Atoi(m[1]) // they are digits
			for range n {
				out = append(out, told{last.Rule, last.Severity, alike})
			}
		}
	}
	return out
}

// shortened are the findings as text tells them: those that it does not tell in full are alike.
func shortened(all, text []told) (out []told) {
	full := map[told]int{}
	for _, f := range text {
		full[f]++
	}
	for _, f := range all {
		if full[f]--; full[f] < 0 {
			f.Message = alike
		}
		out = append(out, f)
	}
	return out
}

func readGitHub(t *testing.T, text string) (out []told) {
	command := regexp.MustCompile(`^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*,?)+)::(.+)$`)
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	for line := range strings.Lines(text) {
		m := command.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			if strings.HasPrefix(strings.TrimSpace(line), "::") {
				t.Errorf("no command of the format: %q", line)
			}
			continue
		}
		if strings.Contains(m[2], "title=lambda-vpc-lint") || strings.Contains(m[2], "title=bad_input") {
			continue
		}
		first, _, _ := strings.Cut(unescape.Replace(m[3]), "\n")
		out = append(out, placed(first, strings.Replace(m[1], "notice", "note", 1)))
	}
	return out
}

// placed reads "file:line:column: message [rule]".
func placed(line, severity string) told {
	if m := placedLine.FindStringSubmatch(line); m != nil {
		return told{m[2], severity, m[1]}
	}
	return told{"", severity, line}
}

var placedLine = regexp.MustCompile(`^.+:\d+:\d+: (.*) \[([a-z_0-9]+)\]$`)

func readGitLab(t *testing.T, text string) (out []told) {
	var doc []struct {
		Description string
		CheckName   string `json:"check_name"`
		Severity    string
	}
	strictly(t, text, &doc)
	for _, i := range doc {
		if i.CheckName != "bad_input" {
			severity := map[string]string{"critical": "error", "major": "warning", "minor": "note"}[i.Severity]
			message, _, _ := strings.Cut(i.Description, " ["+i.CheckName+"]")
			out = append(out, told{i.CheckName, severity, message})
		}
	}
	return out
}

func wellFormed(t *testing.T, text string, doc any) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
	}
	if err := xml.Unmarshal([]byte(text), doc); err != nil {
		t.Fatal(err)
	}
}

func readCheckstyle(t *testing.T, text string) (out []told) {
	var doc struct {
		Files []struct {
			Errors []struct {
				Severity string `xml:"severity,attr"`
				Message  string `xml:"message,attr"`
				Source   string `xml:"source,attr"`
			} `xml:"error"`
		} `xml:"file"`
	}
	wellFormed(t, text, &doc)
	for _, f := range doc.Files {
		for _, e := range f.Errors {
			rule := e.Source[strings.LastIndex(e.Source, ".")+1:]
			message, _, _ := strings.Cut(e.Message, " ["+rule+"]")
			if rule != "bad_input" {
				out = append(out, told{rule, strings.Replace(e.Severity, "info", "note", 1), message})
			}
		}
	}
	return out
}

func readJUnit(t *testing.T, text string) (out []told) {
	var doc struct {
		Suites []struct {
			Cases []struct {
				Failure *struct {
					Text string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	wellFormed(t, text, &doc)
	for _, s := range doc.Suites {
		for _, c := range s.Cases {
			if c.Failure == nil {
				continue
			}
			for paragraph := range strings.SplitSeq(c.Failure.Text, "\n\n") {
				first, _, _ := strings.Cut(paragraph, "\n")
				out = append(out, placed(first, ""))
			}
		}
	}
	return out
}

var (
	summaryRow = regexp.MustCompile(`(?m)^\| (error|warning|note) \| (.*) \| .* \| ([^|]+) \|$`)
	escaped    = regexp.MustCompile(`\\(.)`)
)

func readSummary(_ *testing.T, text string) (out []told) {
	plain := func(s string) string {
		return strings.NewReplacer("&lt;", "<", "&amp;", "&").Replace(escaped.ReplaceAllString(s, "$1"))
	}
	for _, m := range summaryRow.FindAllStringSubmatch(text, -1) {
		out = append(out, told{plain(m[3]), m[1], plain(m[2])})
	}
	return out
}
