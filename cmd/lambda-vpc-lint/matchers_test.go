package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const matchers = "docs/problem-matchers/"

// place is what an editor makes of a line of the text format.
type place struct{ File, Line, Column, Severity, Message, Code string }

// printed is the output of one run: what people read, and what it has to say by the JSON.
type printed struct {
	dir           string // that it was printed in
	text, concise string
	heads, hops   []place
}

// outputs are of the examples, and of a template with what is hard on a pattern in its path and in its messages.
func outputs(t *testing.T) []printed {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	odd := t.TempDir()
	for name, text := range map[string]string{
		"my stacks/app: 1.yaml": "# an excerpt is no finding: x.yaml:1:2: error: y [z]\nResources:\n  Api:\n    Type: AWS::Lambda::Function\n" +
			"    Properties: { VpcConfig: { SubnetIds: [subnet-1] } } # broken.yaml:1:2: error: y [z]\n",
		"infra (old)/main.tf": "resource \"aws_lambda_function\" \"api\" {\n  for_each = { \"a: [b]\" = 1 }\n  vpc_config {\n    subnet_ids = [\"subnet-1\"]\n  }\n}\n",
	} {
		if err := os.MkdirAll(filepath.Join(odd, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(odd, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	defer t.Chdir(here)
	return []printed{printOut(t, filepath.Join(here, "../.."), "testdata/examples"), printOut(t, odd, ".")}
}

func printOut(t *testing.T, dir, path string) printed {
	t.Helper()
	t.Chdir(dir)
	format := func(name string) []byte {
		var out, errs bytes.Buffer
		if code := run([]string{"-f", name, path}, strings.NewReader(""), &out, &errs); code != exitFindings || errs.Len() > 0 {
			t.Fatalf("exit %d, %s", code, errs.String())
		}
		return out.Bytes()
	}
	type location struct {
		File                   string
		StartLine, StartColumn int
	}
	var report struct {
		Findings []struct {
			Rule, Severity, Message string
			Location                location
			Trace                   []struct {
				Location *location
				Message  string
				Cause    *string
			}
		}
	}
	if err := json.Unmarshal(format("json"), &report); err != nil {
		t.Fatal(err)
	}
	p := printed{dir: dir, text: string(format("text")), concise: string(format("concise"))}
	for _, f := range report.Findings {
		p.heads = append(p.heads, place{f.Location.File, fmt.Sprint(f.Location.StartLine), fmt.Sprint(f.Location.StartColumn), f.Severity, f.Message, f.Rule})
		for _, h := range f.Trace {
			if h.Location == nil {
				continue
			}
			if h.Cause != nil && *h.Cause != "" {
				h.Message += " (" + *h.Cause + ")"
			}
			p.hops = append(p.hops, place{File: h.Location.File, Line: fmt.Sprint(h.Location.StartLine), Message: h.Message})
		}
	}
	if len(p.heads) < 2 {
		t.Fatalf("only %d findings in %s", len(p.heads), dir)
	}
	return p
}

// matcher is one of a file of problem matchers, of either make.
type matcher struct {
	Owner, Severity string
	Pattern         patterns
}

type pattern struct {
	Regexp                                      string
	File, Line, Column, Severity, Message, Code int
}

// patterns is one, as VS Code takes it, or a list.
type patterns []pattern

func (ps *patterns) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return json.Unmarshal(text, (*[]pattern)(ps))
	}
	*ps = patterns{{}}
	return json.Unmarshal(text, &(*ps)[0])
}

// matchersIn reads a file for GitHub, or the tasks of VS Code.
func matchersIn(t *testing.T, file string) map[string]matcher {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", matchers, file))
	if err != nil {
		t.Fatal(err)
	}
	type list struct{ ProblemMatcher []matcher }
	var content struct {
		list
		Tasks []list
	}
	if err := json.Unmarshal(text, &content); err != nil {
		t.Fatal(err)
	}
	out := map[string]matcher{}
	for _, l := range append(content.Tasks, content.list) {
		for _, m := range l.ProblemMatcher {
			if len(m.Pattern) != 1 || m.Pattern[0].Regexp == "" {
				t.Fatalf("%s: %s is not of one line", file, m.Owner)
			}
			out[m.Owner] = m
		}
	}
	return out
}

// engines match a regular expression with each of the lines: the groups, or nothing.
var engines = map[string]func(t *testing.T, expr string, lines []string) [][]string{
	"go": func(t *testing.T, expr string, lines []string) (out [][]string) {
		re, err := regexp.Compile(expr)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			out = append(out, re.FindStringSubmatch(l))
		}
		return out
	},
	"node": func(t *testing.T, expr string, lines []string) (out [][]string) {
		if _, err := exec.LookPath("node"); err != nil {
			t.Skip(err)
		}
		in, err := json.Marshal(lines)
		if err != nil {
			t.Fatal(err)
		}
		const script = `const re = new RegExp(process.argv[1]);
const lines = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(lines.map(l => { const m = re.exec(l); return m && Array.from(m, g => g ?? ""); })));`
		cmd := exec.Command("node", "-e", script, expr)
		cmd.Stdin = bytes.NewReader(in)
		text, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &out); err != nil {
			t.Fatal(err)
		}
		return out
	},
}

// find is what a tool with the engine and the matcher finds in the text.
func (m matcher) find(t *testing.T, engine, text string) (out []place) {
	t.Helper()
	p := m.Pattern[0]
	for _, groups := range engines[engine](t, p.Regexp, strings.Split(text, "\n")) {
		if groups == nil {
			continue
		}
		group := func(i int) string {
			if i == 0 {
				return ""
			}
			return groups[i]
		}
		found := place{group(p.File), group(p.Line), group(p.Column), group(p.Severity), group(p.Message), group(p.Code)}
		if found.Severity == "" {
			found.Severity = m.Severity
		}
		out = append(out, found)
	}
	return out
}

func TestProblemMatchersFindWhatIsPrinted(t *testing.T) {
	github, hops, code := matchersIn(t, "github.json"), matchersIn(t, "github-path.json"), matchersIn(t, "vscode-tasks.json")
	all := outputs(t)
	for engine := range engines {
		t.Run(engine, func(t *testing.T) {
			for _, p := range all {
				var failing, notes []place // GitHub knows errors, warnings and notices
				for _, h := range p.heads {
					if h.Severity == "note" {
						h.Severity = "notice"
						notes = append(notes, h)
					} else {
						failing = append(failing, h)
					}
				}
				for _, c := range []struct {
					what, in string
					matcher  matcher
					want     []place
				}{
					{"GitHub, findings", p.text, github["lambda-vpc-lint"], failing},
					{"GitHub, notes", p.text, github["lambda-vpc-lint-note"], notes},
					{"GitHub, steps", p.text, hops["lambda-vpc-lint-path"], severe("notice", p.hops)},
					{"VS Code, findings", p.text, code["lambda-vpc-lint"], p.heads},
					{"VS Code, steps", p.text, code["lambda-vpc-lint-path"], severe("info", p.hops)},
					{"GitHub, concise findings", p.concise, github["lambda-vpc-lint"], failing},
					{"GitHub, concise notes", p.concise, github["lambda-vpc-lint-note"], notes},
					{"VS Code, concise findings", p.concise, code["lambda-vpc-lint"], p.heads},
				} {
					if d := cmp.Diff(c.want, c.matcher.find(t, engine, c.in)); d != "" {
						t.Errorf("%s in %s (-want +got)\n%s", c.what, p.dir, d)
					}
				}
			}
		})
	}
}

func severe(severity string, places []place) (out []place) {
	for _, p := range places {
		p.Severity = severity
		out = append(out, p)
	}
	return out
}

// What this machine does not print: the drive of another system, and an input that cannot be read.
func TestProblemMatchersOnOtherLines(t *testing.T) {
	code, github := matchersIn(t, "vscode-tasks.json")["lambda-vpc-lint"], matchersIn(t, "github.json")["lambda-vpc-lint"]
	for _, c := range []struct {
		line             string
		inCode, inGitHub []place
	}{
		{
			`D:/a b/x.tf:12:3: warning: subnet "a[0]": odd: yes [single_zone]`,
			[]place{{"D:/a b/x.tf", "12", "3", "warning", `subnet "a[0]": odd: yes`, "single_zone"}},
			[]place{{"D:/a b/x.tf", "12", "3", "warning", `subnet "a[0]": odd: yes`, "single_zone"}},
		},
		{
			`a.tf:1:2: error: rule "x[0]": odd - really [role_trust] - do [this] - and that [too]`,
			[]place{{"a.tf", "1", "2", "error", `rule "x[0]": odd - really`, "role_trust"}},
			[]place{{"a.tf", "1", "2", "error", `rule "x[0]": odd - really`, "role_trust"}},
		},
		{`x.yaml:2:1: error: found a tab`, []place{{"x.yaml", "2", "1", "error", "found a tab", ""}}, nil},
		{`x.yaml:2:1: error: no item [0]`, []place{{"x.yaml", "2", "1", "error", "no item [0]", ""}}, nil},
		{`x.c:2:1: warning: unused [-Wunused]`, []place{{"x.c", "2", "1", "warning", "unused [-Wunused]", ""}}, nil},
		{`x.yaml:2:1: notice: something [else]`, nil, nil},
		{`x.yaml:2:1: undecided: something [else]`, nil, nil},
	} {
		for engine := range engines {
			t.Run(engine+" "+c.line, func(t *testing.T) {
				if d := cmp.Diff(c.inCode, code.find(t, engine, c.line)); d != "" {
					t.Errorf("VS Code: %s", d)
				}
				if d := cmp.Diff(c.inGitHub, github.find(t, engine, c.line)); d != "" {
					t.Errorf("GitHub: %s", d)
				}
			})
		}
	}
}
