package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// supplied is an archive of testdata/supply. Its comment has a line "fact: KIND NAME" for the fact that questions wait
// for, and lines "give: NAME=VALUE" for what a person puts in the place of "…". Files below after/ are what commands
// that are no flags of this one leave behind. Facts about programs come from lambda-vpc-vet, so "asks: RULE RESOURCE"
// stands for the question. "input: NAME" is the input of a module that is made of the fact, and
// "key: FILE" the key of a state.
type supplied struct {
	dir   string
	fact  fact.Missing
	asks  string
	input string
	key   string
	give  map[string]string
	after map[string][]byte
}

func unpack(t *testing.T, text []byte) *supplied {
	t.Helper()
	s := &supplied{dir: t.TempDir(), give: map[string]string{}, after: map[string][]byte{}}
	archive := txtar.Parse(text)
	for _, line := range strings.Split(string(archive.Comment), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "fact":
			kind, name, _ := strings.Cut(value, " ")
			s.fact = fact.Missing{Kind: fact.Kind(kind), Name: name}
		case "key":
			s.key = value
		case "input":
			s.input = value
		case "asks":
			s.asks = value
		case "give":
			name, value, _ := strings.Cut(value, "=")
			s.give[name] = value
		}
	}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "after/"); ok {
			s.after[name] = f.Data
		} else {
			s.write(t, f.Name, f.Data)
		}
	}
	return s
}

func (s *supplied) write(t *testing.T, name string, data []byte) {
	t.Helper()
	name = filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// leave writes what a command leaves behind.
func (s *supplied) leave(t *testing.T) {
	t.Helper()
	if len(s.after) == 0 {
		t.Fatal("no files after/ stand for what the command does")
	}
	for name, data := range s.after {
		s.write(t, name, data)
	}
}

func (s *supplied) run(t *testing.T, o lint.Options) *report.Report {
	t.Helper()
	o.Dir, o.Root = s.dir, s.dir
	if o.Context != nil && o.Region == "" {
		o.Region = "eu-west-1"
	}
	r, err := lint.Run(t.Context(), []string{"."}, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Errors {
		t.Errorf("%s: %s", e.File, e.Message)
	}
	return r
}

// waiting are the questions that wait for the fact and nothing else.
func (s *supplied) waiting(r *report.Report) (out []string) {
	for _, u := range r.Result.Undecided {
		other := func(m fact.Missing) bool { return m.Kind != s.fact.Kind || m.Name != s.fact.Name }
		if !slices.ContainsFunc(u.Missing, other) {
			out = append(out, about(u))
		}
	}
	return out
}

func about(u rules.Undecided) string { return fmt.Sprint(u.Rule.Name, " ", u.Resource, " ", u.Key) }

// told are the steps that the report tells for the fact.
func (s *supplied) told(t *testing.T, r *report.Report) (steps []string) {
	t.Helper()
	var out bytes.Buffer
	if err := report.Text(&out, r, report.Options{Undecided: true}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	at := slices.IndexFunc(lines, func(line string) bool {
		return strings.HasPrefix(line, "undecided: ") && strings.Contains(line, s.fact.Name)
	})
	if at < 0 {
		t.Fatalf("the report does not tell of %s:\n%s", s.fact.Name, out.String())
	}
	for _, line := range lines[at+1:] {
		step, ok := strings.CutPrefix(line, "    ")
		if !ok {
			break
		}
		steps = append(steps, step)
	}
	return steps
}

var flag = regexp.MustCompile(`--(parameter|var|region) (?:(\w+)=)?…`)

// follow does what a person does who reads the steps.
func (s *supplied) follow(t *testing.T, steps []string) (o lint.Options) {
	t.Helper()
	if len(steps) == 0 {
		t.Fatal("nothing is suggested")
	}
	for _, step := range steps {
		for _, f := range flag.FindAllStringSubmatch(step, -1) {
			if f[2] == "INPUT" {
				f[2] = s.input
			}
			value := s.give[f[2]]
			switch f[1] {
			case "parameter":
				o.Parameters = append(o.Parameters, lint.Parameter{Name: f[2], Value: value})
			case "var":
				o.Variables = append(o.Variables, lint.Variable{Name: f[2], Value: value})
			case "region":
				o.Region = "eu-west-1"
			}
		}
		switch {
		case flag.MatchString(step):
		case strings.HasPrefix(step, "lambda-vpc-snapshot ") && strings.HasSuffix(step, " > context.json"):
			s.write(t, "context.json", account(t, strings.Contains(step, "--tags '*'")))
		case strings.HasPrefix(step, "terraform state pull > KEY, "):
			s.leave(t)
		case step == "--context KEY --context context.json":
			o.Context = []string{s.key, "context.json"}
		case step == "--context context.json":
			o.Context = []string{"context.json"}
		case strings.HasPrefix(step, "with --context FILE too"):
			s.write(t, "context.json", account(t, false))
			o.Context = []string{"context.json"}
		case strings.HasSuffix(step, "say complete: true in the configuration"):
			s.write(t, ".lambda-vpc-lint.yaml", []byte("roots:\n  \"**\": {complete: true}\n"))
		case step == "terraform get", step == "terraform -chdir=modules/app get", strings.Contains(step, "lint the processed template"),
			strings.Contains(step, "the templates of cdk synth"):
			s.leave(t)
		case strings.Contains(step, "lambda-vpc-snapshot --print-policy"):
			s.write(t, "context.json", account(t, false))
		default:
			t.Errorf("nobody can follow %q", step)
		}
	}
	return o
}

// account is a snapshot of the account that docs/context.md speaks of, with a few things more.
func account(t *testing.T, tags bool) []byte {
	t.Helper()
	var doc map[string]any
	for i, name := range []string{"../docs/examples/context/snapshot.json", "testdata/supply/more.json"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var part map[string]any
		if err := json.Unmarshal(text, &part); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			doc = part
			continue
		}
		doc["calls"] = append(doc["calls"].([]any), part["calls"].([]any)...)
	}
	if !tags {
		doc["redacted"] = []string{"tags"}
	}
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if tags {
		const name = `{"Key":"Name","Value":"private"}`
		out = bytes.ReplaceAll(out, []byte(name), []byte(name+`,{"Key":"Tier","Value":"private"}`))
	}
	return out
}

// decides follows what the report says and holds that the questions are decided by it.
func (s *supplied) decides(t *testing.T) {
	before := s.run(t, lint.Options{})
	if rule, resource, ok := strings.Cut(s.asks, " "); ok {
		q := rules.Finding{Rule: &rules.Rule{Name: rule}, Resource: resource}
		before.Result.Undecided = []rules.Undecided{{Finding: q, Missing: []fact.Missing{s.fact}}}
	}
	questions := s.waiting(before)
	if len(questions) == 0 {
		for _, u := range before.Result.Undecided {
			t.Log(about(u), u.Missing)
		}
		t.Fatalf("no question waits for %s %s alone", s.fact.Kind, s.fact.Name)
	}
	after := s.run(t, s.follow(t, s.told(t, before)))
	if after.Summary().VPCFunctions == 0 {
		t.Error("no function is left")
	}
	for _, u := range after.Result.Undecided {
		if slices.Contains(questions, about(u)) {
			t.Errorf("%s is still undecided: %v", about(u), u.Missing)
		}
	}
}
