package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fuzz"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/sample"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/report"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/rules"
)

// programFiles are the kinds of files that the program reads, each with a seed, and what has to be beside it to be
// read. More seeds are the files of the archives that end in the suffix.
var programFiles = []struct {
	name, suffix string
	seed         string
	beside       map[string]string
	given        lint.Options // what names the file, if it is not found
}{
	{name: "template.yaml", suffix: ".yaml", seed: plainTemplate},
	{name: "template.json", suffix: "te.json", seed: `{"Resources": {"F": {"Type": "AWS::Lambda::Function",
"Properties": {"VpcConfig": {"SubnetIds": ["s"]}}}}}`},
	{name: "main.tf", suffix: ".tf", seed: plainModule},
	{name: "main.tf.json", suffix: ".tf.json", seed: hostile("main.tf.json")},
	{name: "plan.json", suffix: "plan.json", seed: hostile("plan.json")},
	{name: "app/terragrunt.hcl", suffix: ".hcl", seed: hostile("app/terragrunt.hcl"),
		beside: map[string]string{"mod/main.tf": plainModule}},
	{name: "terraform.tfvars", suffix: ".tfvars", seed: "p = [\"n\", { a = null }]\n", beside: besideModule},
	{name: ".lambda-vpc-lint.yaml", suffix: "lint.yaml", seed: hostile(".lambda-vpc-lint.yaml"), beside: besideModule},
	{name: ".gitignore", suffix: ".gitignore", seed: "*.tf\n!main.tf\n/[a-\n", beside: besideModule},
	{name: "samconfig.toml", suffix: ".toml", seed: "[default.deploy.parameters]\nparameter_overrides = \"P=s\"\n",
		beside: besideTemplate, given: lint.Options{ParameterFiles: []string{"samconfig.toml"}}},
	{name: "parameters.json", suffix: "parameters.json", seed: `[{"ParameterKey": "P", "ParameterValue": "subnet-1"}]`,
		beside: besideTemplate, given: lint.Options{ParameterFiles: []string{"parameters.json"}}},
	{name: "account.json", suffix: "snapshot.json", seed: plainAccount,
		beside: besideTemplate, given: lint.Options{Context: []string{"account.json"}, Parameters: oneSubnet}},
	{name: "facts.yaml", suffix: "facts.yaml",
		seed:   "vpc-1: {cidr: 10.0.0.0/16}\nsubnet-1: {vpc: vpc-1, public: true}\n",
		beside: besideTemplate, given: lint.Options{Context: []string{"facts.yaml"}, Parameters: oneSubnet}},
	{name: "snapshot.json", suffix: "snapshot.json", seed: plainAccount},
	{name: "baseline.json", suffix: "line.json",
		seed:   `{"schemaVersion": 1, "findings": [{"rule": "x", "fingerprint": "y"}]}`,
		beside: besideTemplate, given: lint.Options{Baseline: "baseline.json"}},
}

// hostile is the file of that name among the hostile inputs.
func hostile(name string) string {
	for _, in := range hostileInputs {
		if text, ok := in.files("n")[name]; ok {
			return text
		}
	}
	panic("no hostile input has " + name)
}

var (
	besideModule   = map[string]string{"main.tf": plainModule}
	besideTemplate = map[string]string{"template.yaml": plainTemplate}
	oneSubnet      = []lint.Parameter{{Name: "P", Value: "subnet-1"}}
)

var (
	plainModule  = "variable \"p\" {}\n" + strings.ReplaceAll(hostileModule, "NAME", `"n"`)
	plainAccount = `{"format": "lambda-vpc-lint-snapshot", "version": 1, "takenAt": "2026-11-30T02:50:00Z", "calls": [
{"region": "eu-west-1", "service": "ec2", "operation": "describe-subnets", "output": {"Subnets": [
{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}]}},
{"region": "eu-west-1", "service": "lambda", "operation": "list-functions", "output": {"Functions": [
{"FunctionName": "f", "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:f",
"Role": "arn:aws:iam::123456789012:role/r",
"VpcConfig": {"VpcId": "vpc-1", "SubnetIds": ["subnet-1"], "SecurityGroupIds": []}}]}}]}`
	plainTemplate = `AWSTemplateFormatVersion: '2010-09-09'
Parameters: {P: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Fn: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, VpcConfig: {SubnetIds: [!Ref P]}}}
`
)

// FuzzProgram lints a file of each kind twice and writes all formats. Whatever is in the file, both runs say the same
// byte for byte, strict readers read each format, and all formats tell the same findings. The edits change the text
// word by word, so that most of it stays what somebody might have written.
func FuzzProgram(f *testing.F) {
	seeds := append(fuzz.Fixtures(f, ""), fuzz.Archived(f, os.DirFS("testdata"), "script/*.txtar", "")...)
	for i, kind := range programFiles {
		f.Add(uint8(i), kind.seed, []byte{})
		for _, seed := range seeds {
			if strings.HasSuffix(seed.Name, kind.suffix) {
				f.Add(uint8(i), string(seed.Data), []byte{})
			}
		}
	}
	root := f.TempDir()
	f.Fuzz(func(t *testing.T, kind uint8, text string, edits []byte) {
		in := programFiles[int(kind)%len(programFiles)]
		dir := filepath.Join(root, strings.ReplaceAll(in.name, "/", "_"))
		put(t, dir, in.beside)
		put(t, dir, map[string]string{in.name: fuzz.Mutate(text, edits)})
		undecided := int(kind)/len(programFiles)%2 == 1
		options := in.given
		options.Dir, options.Root, options.FailOn, options.Now = dir, ".", "note", time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)
		first, second := inAllFormats(t, options, undecided), inAllFormats(t, options, undecided)
		for format, text := range first {
			if text != second[format] {
				t.Fatalf("two runs differ in %s:\n%s", format, cmp.Diff(text, second[format]))
			}
		}
		readAll(t, first, undecided)
		if json, ok := first["json"]; ok {
			merged, err := lint.Merge([]report.Document{{Text: []byte(json)}}, lint.Options{})
			if err != nil {
				t.Fatalf("merge does not read the report: %v", err)
			}
			if d := cmp.Diff(json, written(t, merged, undecided)["json"]); d != "" {
				t.Errorf("merging one report changes it:\n%s", d)
			}
		}
	})
}

// FuzzMerge merges whatever claims to be two reports: they are refused, or strict readers read what is written of them.
func FuzzMerge(f *testing.F) {
	var one bytes.Buffer
	if err := report.JSON(&one, sample.Report(), report.Options{Undecided: true}); err != nil {
		f.Fatal(err)
	}
	shard := func(i int) string {
		return strings.Replace(one.String(), `"run": {`, fmt.Sprintf(`"run": {"shard": {"index": %d, "of": 2},`, i), 1)
	}
	f.Add(one.String(), "", []byte{})
	f.Add(one.String(), one.String(), []byte{})
	f.Add(shard(1), shard(2), []byte{})
	f.Add(one.String(), `{"schemaVersion": 1, "run": {}}`, []byte("edits of it"))
	f.Fuzz(func(t *testing.T, a, b string, edits []byte) {
		docs := []report.Document{{Name: "a.json", Text: []byte(fuzz.Mutate(a, edits)), Under: "a"}}
		if b != "" {
			docs = append(docs, report.Document{Name: "b.json", Text: []byte(b), Under: "b"})
		}
		r, err := lint.Merge(docs, lint.Options{Packs: sample.Report().Packs, FailOn: "note"})
		if err != nil {
			harmless(t, "the error", report.Line(err.Error()))
			return
		}
		undecided := len(edits)%2 == 1
		readAll(t, written(t, r, undecided), undecided)
	})
}

// readAll has strict readers read what was written, by format, and compares what they tell.
func readAll(t *testing.T, texts map[string]string, undecided bool) {
	t.Helper()
	all := map[string][]told{}
	for format, text := range texts {
		harmless(t, format, text)
		if read := readers[format]; read != nil { // statistics have counts alone
			all[format] = read(t, text)
		}
	}
	if !undecided { // some formats tell it as if it were found
		tellTheSame(t, all)
	}
}

func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

// inAllFormats is what the program writes of the directory, by format; nothing if it refuses to run.
func inAllFormats(t *testing.T, options lint.Options, undecided bool) map[string]string {
	t.Helper()
	r, err := lint.Run(t.Context(), nil, options)
	if err != nil {
		harmless(t, "the error", report.Line(err.Error()))
		return nil
	}
	for _, d := range slices.Concat(r.Errors, r.Notices) {
		checkDiagnostic(t, r.Files, d)
	}
	r.Packs = spoken(r)
	return written(t, r, undecided)
}

// written is the report in all formats.
func written(t *testing.T, r *report.Report, undecided bool) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, format := range formats {
		var text bytes.Buffer
		if err := format.render(&text, r, report.Options{Undecided: undecided}); err != nil {
			t.Fatalf("%s: %v", format.name, err)
		}
		out[format.name] = text.String()
	}
	return out
}

// spoken are the packs with the rules that have something to say. What SARIF tells of all others is always the same, and
// takes nine tenths of the time.
func spoken(r *report.Report) (packs []rules.Pack) {
	says := map[*rules.Rule]bool{}
	for _, f := range r.Result.Findings {
		says[f.Rule] = true
	}
	for _, u := range r.Result.Undecided {
		says[u.Rule] = true
	}
	for _, p := range r.Packs {
		p.Rules = slices.DeleteFunc(slices.Clone(p.Rules), func(rule *rules.Rule) bool { return !says[rule] })
		if len(p.Rules) > 0 {
			packs = append(packs, p)
		}
	}
	return packs
}

func checkDiagnostic(t *testing.T, files *source.FileSet, d source.Diagnostic) {
	t.Helper()
	if strings.Contains(d.Message, "which is a defect") {
		t.Fatal(d.Message)
	}
	if d.Message == "" || d.File == "" && !d.Span.IsValid() {
		t.Errorf("%+v says nothing, or of no file", d)
	}
	if file := files.File(d.Span); d.Span.IsValid() && (file == nil || !file.Holds(d.Span)) {
		t.Errorf("%+v has a place outside of its file", d)
	}
}
