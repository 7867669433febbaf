package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/budget"
)

// brokenTemplate has a function that cannot be deployed, and brokenModule too.
const (
	brokenTemplate = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::LanguageExtensions
Resources:
` + brokenFunction
	brokenFunction = `  Broken:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: a.b
      Code: {ZipFile: x}
      Role: arn:aws:iam::123456789012:role/x
      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: []}
`
	brokenModule = `resource "aws_lambda_function" "broken" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/x"
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = []
  }
}
`
)

// nest makes n stacks of the template in other.yaml, and then one of the broken template.
func nest(n int, other string) map[string]string {
	var top strings.Builder
	top.WriteString("AWSTemplateFormatVersion: 2010-09-09\nResources:\n")
	for i := range n {
		fmt.Fprintf(&top, "  S%d: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./other.yaml}}\n", i)
	}
	top.WriteString("  Z: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./broken.yaml}}\n")
	return map[string]string{"a.yaml": top.String(), "other.yaml": other, "broken.yaml": brokenTemplate}
}

func each(n int, format string) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, format, i)
	}
	return out.String()
}

// excess is an input that goes beyond a budget before, or behind, a broken function.
type excess struct {
	budget budget.Budget
	files  func() map[string]string
	args   []string
	says   string // where it is not Exceeded of the budget
}

// beyond are the inputs. They are big, and this binary is also the program that the scripts start some hundred times,
// so that they are not made before a test asks.
func beyond() []excess {
	return []excess{
		{budget.File, template(brokenTemplate + "#" + strings.Repeat("x", 5<<20)), nil, "larger than 4 MiB"},
		{budget.Baseline, func() map[string]string {
			return map[string]string{"a.yaml": brokenTemplate, "b.json": strings.Repeat(" ", budget.Baseline.Max+1)}
		}, []string{"--baseline", "b.json", "."}, "larger than 32 MiB"},
		{budget.Report, func() map[string]string {
			return map[string]string{"r.json": strings.Repeat(" ", budget.Report.Max+1)}
		}, []string{"merge", "r.json"}, "larger than 128 MiB"},
		{budget.Configuration, func() map[string]string {
			return map[string]string{
				"a.yaml": brokenTemplate, ".lambda-vpc-lint.yaml": strings.Repeat("#", budget.Configuration.Max+1),
			}
		}, nil, "256 KiB"},
		{budget.TOML, func() map[string]string {
			return map[string]string{"a.yaml": brokenTemplate, "s.toml": strings.Repeat("#", budget.TOML.Max+1)}
		}, []string{"--parameters", "s.toml", "."}, "256 KiB"},
		{budget.Errors, template(brokenTemplate + each(100, "  R%d: [x]\n")), nil, "and 80 more errors"},
		{budget.Document, func() map[string]string {
			text := []byte{0xFF, 0xFE}
			for _, unit := range utf16.Encode([]rune(brokenTemplate + "#" + strings.Repeat("€", 1_900_000))) {
				text = binary.LittleEndian.AppendUint16(text, unit)
			}
			return map[string]string{"a.yaml": string(text)}
		}, nil, ""},
		{budget.DocumentOpen, template(brokenTemplate + "Metadata: {a: " + lists(300) + "} # {{ x }}\n"), nil, ""},
		{budget.DocumentLevels, template(brokenTemplate + "Metadata: {a: " + lists(101) + "} # {{ x }}\n"), nil, ""},
		{budget.DocumentValues, template(brokenTemplate + "Metadata:\n  a0: &a0 [x" + strings.Repeat(", x", 1000) +
			"]\n  a1: &a1 [*a0" + strings.Repeat(", *a0", 1000) + "]\n"), nil, ""},
		{budget.Snapshot, func() map[string]string {
			return map[string]string{"a.yaml": brokenTemplate, "s.json": strings.Repeat(" ", budget.Snapshot.Max+1)}
		}, []string{"--context", "s.json", "."}, "larger than 64 MiB"},
		{budget.SnapshotValues, func() map[string]string {
			snapshot := `{"Vpcs": [1` + strings.Repeat(",1", 2_000_000) + "]}"
			return map[string]string{"a.yaml": brokenTemplate, "s.json": snapshot}
		}, []string{"--context", "s.json", "."}, ""},
		{budget.SnapshotFiles, func() map[string]string {
			files := map[string]string{"a.yaml": brokenTemplate}
			for i := range budget.SnapshotFiles.Max + 1 {
				files[fmt.Sprintf("context/%d.json", i)] = `{"Vpcs": []}`
			}
			return files
		}, []string{"--context", "context", "a.yaml"}, ""},
		{budget.HCL, module(brokenModule + "# {{ x }}" + strings.Repeat("x", 3<<20)), nil, ""},
		{budget.HCLLevels, local(lists(501) + " # {{ x }}"), nil, ""},
		{budget.HCLSigns, local(strings.Repeat("!", 5_001) + "true"), nil, ""},
		{budget.HCLChoices, local(strings.Repeat("true ? 1 : ", 20_001) + "1"), nil, ""},
		{budget.HCLSplats, local("x.y" + strings.Repeat("[*]", 20_001)), nil, ""},
		{budget.HCLControls, local(`"` + strings.Repeat("%{if true}", 5_001) + `"`), nil, ""},
		{budget.HCLTokens, local("1" + strings.Repeat("+1", 250_001)), nil, ""},
		{budget.Text, func() map[string]string {
			files := map[string]string{}
			for i := range budget.Text.Max/budget.File.Max + 1 {
				comment := "#" + strings.Repeat("x", budget.File.Max-len(brokenTemplate)-1)
				files[fmt.Sprintf("%d.yaml", i)] = brokenTemplate + comment
			}
			return files
		}, nil, ""},
		{budget.HCLDigits, local(strings.Repeat("9", 10_001)), nil, ""},
		{budget.Directories, func() map[string]string {
			return map[string]string{strings.Repeat("d/", 202) + "main.tf": brokenModule}
		}, nil, ""},
		{budget.Stacks, func() map[string]string { return nest(205, "Resources:\n  R: {Type: AWS::SNS::Topic}\n") }, nil, ""},
		{budget.StackText, func() map[string]string {
			return nest(6, "Resources:\n  R: {Type: AWS::SNS::Topic}\n#"+strings.Repeat("x", 3_900_000))
		}, nil, ""},
		{budget.StackWidth, func() map[string]string {
			return nest(3, "Resources:\n"+each(4000, "  R%d: {Type: AWS::SNS::Topic}\n"))
		}, nil, ""},
		{budget.Resources, template("Resources:\n" + each(20_001, "  R%d: {Type: AWS::SNS::Topic}\n") +
			brokenFunction), nil, ""},
		{budget.SAM, template("Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    Layers: [x" +
			strings.Repeat(", x", 10_000) + "]\nResources:\n" +
			each(51, "  F%d: {Type: AWS::Serverless::Function, Properties: {Layers: [y]}}\n") + brokenFunction), nil, ""},
		{budget.EvalSteps, func() map[string]string {
			list := "[x" + strings.Repeat(", x", 15_000) + "]"
			return nest(100, "Resources:\n  R: {Type: AWS::SNS::Topic, Properties: {X: "+list+"}}\n")
		}, nil, ""},
		{budget.EvalLoops, template(`Transform: AWS::LanguageExtensions
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Fn::ForEach::L:
        - V
        - [a` + each(300, ", a%d") + `]
        - Fn::ForEach::M: [W, [b` + each(400, ", b%d") + `], {"R${V}${W}": x}]
  Fn::ForEach::Z:
    - V
    - [x]
    - Broken${V}: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: []}}}
`), nil, ""},
		{budget.EvalText, template("Parameters: {P: {Type: String, Default: " + strings.Repeat("x", 200_000) + "}}\n" +
			brokenTemplate +
			"  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${P}${P}'}}\n"), nil, ""},
		{budget.EvalAllText, template("Parameters: {P: {Type: String, Default: " + strings.Repeat("x", 250_000) + "}}\n" +
			brokenTemplate +
			"  T: {Type: AWS::SNS::Topic, Properties: {X: [" + each(300, "!Sub '${P}%d', ") + "x]}}\n"), nil, ""},
		{budget.HCLSteps, module(brokenModule +
			"locals {\n  l = [for a in range(1000) : [for b in range(900) : a + b + a]]\n}\n" + countOf("local.l")), nil, ""},
		{budget.HCLNesting, module(strings.Replace(brokenModule, "function_name",
			"count = 1"+strings.Repeat("+0", 1600)+"\n  function_name", 1)), nil, ""},
		{budget.HCLElements, module(brokenModule +
			"locals {\n  l = [for a in range(1000) : [for b in range(1001) : 1]]\n}\n" + countOf("local.l")), nil, ""},
		{budget.HCLWork, module(brokenModule + "locals {\n" +
			"  l = distinct(flatten([for a in range(100) : [for b in range(100) : \"${a}-${b}\"]]))\n}\n" +
			countOf("local.l")), nil, ""},
		{budget.HCLParts, module(brokenModule + "locals {\n  l0 = [1, 2]\n" + func() (out string) {
			for i := range 60 {
				out += fmt.Sprintf("  l%d = [local.l%d, local.l%d]\n", i+1, i, i)
			}
			return out
		}() + "}\n" + countOf("local.l60")), nil, ""},
		{budget.NetworkWork, template(brokenTemplate + "  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/8}}\n" +
			func() (out string) {
				for i := range 3_600 {
					out += fmt.Sprintf("  S%d: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.%d.%d.0/24}}\n",
						i, i/256, i%256)
				}
				return out
			}()), nil, ""},
		{budget.HCLText, module(brokenModule + "locals {\n  s0 = \"aaaaaaaaaa\"\n" +
			func() (out string) {
				for i := range 20 {
					out += fmt.Sprintf("  s%d = \"${local.s%d}${local.s%d}\"\n", i+1, i, i)
				}
				return out
			}() + "}\n" + countOf("local.s20")), nil, ""},
		{budget.HCLAllText, module(brokenModule + "locals {\n  s = \"" + strings.Repeat("x", 1_000_000) +
			"\"\n  l = [for a in range(70) : \"${local.s}${a}\"]\n}\n" + countOf("local.l")), nil, ""},
		{budget.HCLInstances, module(brokenModule + "resource \"aws_vpc\" \"t\" {\n  count = 10001\n}\n"), nil, ""},
		{budget.HCLModules, func() map[string]string {
			files := map[string]string{"main.tf": "module \"a\" {\n  source = \"./m0\"\n}\n", "m40/main.tf": brokenModule}
			for i := range 40 {
				files[fmt.Sprintf("m%d/main.tf", i)] = fmt.Sprintf("module \"a\" {\n  source = \"../m%d\"\n}\n", i+1)
			}
			return files
		}, nil, ""},
		{budget.PlanSteps, func() map[string]string {
			module := `{"outputs": {}}`
			for range 13 {
				const all = `{"expression": {"references": ["module.m.o", "module.m.p", "module.m.q", "module.m.r"]}}`
				module = `{"outputs": {"o": ` + all + `, "p": ` + all + `, "q": ` + all + `, "r": ` + all + `}, ` +
					`"module_calls": {"m": {"module": ` + module + `}}}`
			}
			return map[string]string{"plan.json": brokenPlan(module)}
		}, nil, ""},
	}
}

// brokenPlan has a broken function whose role refers to output o of module m.
func brokenPlan(m string) string {
	return `{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": [{
"address": "aws_lambda_function.broken", "mode": "managed", "type": "aws_lambda_function", "name": "broken",
"provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0,
"values": {"function_name": "f", "vpc_config": [{"subnet_ids": ["subnet-1"], "security_group_ids": []}]}}]}},
"configuration": {"root_module": {"module_calls": {"m": {"module": ` + m + `}}, "resources": [{
"address": "aws_lambda_function.broken", "mode": "managed", "type": "aws_lambda_function", "name": "broken",
"provider_config_key": "aws", "schema_version": 0, "expressions": {"role": {"references": ["module.m.o", "module.m"]},
"vpc_config": [{"subnet_ids": {"constant_value": ["subnet-1"]}}]}}]}}}`
}

func template(text string) func() map[string]string {
	return func() map[string]string { return map[string]string{"a.yaml": text} }
}

func module(text string) func() map[string]string {
	return func() map[string]string { return map[string]string{"main.tf": text} }
}

// local is the broken module with a local value.
func local(value string) func() map[string]string {
	return module(brokenModule + "locals {\n  a = " + value + "\n}\n")
}

// lists are n lists in each other.
func lists(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

// countOf is a resource whose number depends on the value.
func countOf(value string) string {
	return "resource \"aws_sns_topic\" \"t\" {\n  count = length(" + value + ") > 5 ? 1 : 0\n}\n"
}

// lintFiles lints the files, by name, in a directory of their own: the working directory, or what args say.
func lintFiles(t *testing.T, files map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	t.Chdir(t.TempDir())
	write(t, files)
	var out, failures bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &failures)
	return code, out.String(), failures.String()
}

func TestNoBudgetRunsOutInSilence(t *testing.T) {
	// See TestTheTimeOfADeploymentEnds and TestTheTimeOfARunEnds.
	tried := map[string]bool{budget.Time.Name: true, budget.RunTime.Name: true}
	for _, c := range beyond() {
		tried[c.budget.Name] = true
		t.Run(c.budget.Name, func(t *testing.T) {
			code, _, stderr := lintFiles(t, c.files(), c.args...)
			says := c.says
			if says == "" {
				says = c.budget.Exceeded()
			}
			if code != exitFailure || !strings.Contains(stderr, says) {
				t.Errorf("exit %d, want %d and %q:\n%.2000s", code, exitFailure, says, stderr)
			}
		})
	}
	for _, b := range budget.All() {
		if !tried[b.Name] {
			t.Errorf("no input goes beyond the budget of %s", b.Name)
		}
	}
}

func TestTheTimeOfADeploymentEnds(t *testing.T) {
	before := budget.Time
	defer func() { budget.Time = before }()
	budget.Time.Max = 0
	files := module(brokenModule + "locals {\n  l = [for a in range(1000) : [for b in range(400) : a + b + a]]\n}\n" +
		countOf("local.l"))
	code, _, stderr := lintFiles(t, files())
	if code != exitFailure || !strings.Contains(stderr, budget.Time.Exceeded()) {
		t.Errorf("exit %d, want %d and %q:\n%.2000s", code, exitFailure, budget.Time.Exceeded(), stderr)
	}
}

func TestTheTimeOfARunEnds(t *testing.T) {
	before := budget.RunTime
	defer func() { budget.RunTime = before }()
	budget.RunTime.Max = 0
	files := map[string]string{"a/template.yaml": brokenTemplate, "b/template.yaml": brokenTemplate}
	for _, args := range [][]string{{"."}, {"--shard", "1/2", "."}, {"--shard", "2/2", "."}} {
		code, _, stderr := lintFiles(t, files, args...)
		if code != exitFailure || strings.Count(stderr, budget.RunTime.Exceeded()) != 1 {
			t.Errorf("%q: exit %d, want %d and once %q:\n%.2000s", args, code, exitFailure, budget.RunTime.Exceeded(), stderr)
		}
	}
}

// TestTheWorkOfATraceEnds: building the network takes less.
func TestTheWorkOfATraceEnds(t *testing.T) {
	before := budget.NetworkWork
	defer func() { budget.NetworkWork = before }()
	budget.NetworkWork.Max = 80
	var out, failures bytes.Buffer
	args := []string{"trace", "OrdersFunction", "--to", "internet", "../../testdata/examples/cloudformation"}
	code := run(args, strings.NewReader(""), &out, &failures)
	if code != exitFailure || !strings.Contains(failures.String(), budget.NetworkWork.Exceeded()) {
		t.Errorf("exit %d, want %d and %q:\n%.2000s", code, exitFailure, budget.NetworkWork.Exceeded(), &failures)
	}
}

// TestTheBudgetsAreDocumented: docs/security.md has the table as it is here.
func TestTheBudgetsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("| at most | |\n|-:|-|\n")
	for _, b := range budget.All() {
		fmt.Fprintf(&table, "| %s | %s |\n", b.Size(), b.Name)
	}
	if !strings.Contains(string(text), table.String()) {
		t.Errorf("docs/security.md has not this table:\n%s", table.String())
	}
}

// TestTheThreatsAreTested: docs/security.md names tests that there are.
func TestTheThreatsAreTested(t *testing.T) {
	text, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	err = filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		code.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllStringSubmatch(string(text), -1)
	if len(named) < 15 {
		t.Errorf("only %d tests are named", len(named))
	}
	for _, m := range named {
		if !strings.Contains(code.String(), "func "+m[1]+"(") {
			t.Errorf("there is no %s", m[1])
		}
	}
}
