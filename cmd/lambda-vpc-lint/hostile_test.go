package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// hostileNames would like to be more than names.
var hostileNames = []string{
	`a"b'c\d`, "]]><error/>", "x\": \"y\"}],\n\"suppressed\": {\"q", "a\nb\r\n::error::c", "::error::x", "\x1b[31mred\x1b]0;t\x07",
	"##vso[task.setvariable]x", "##[command]x", "::stop-commands::x", "\u009b31mred\u2067x\u061c", "a\u202eb\u2066c\u200f", "a\u2028b\u2029c\u0085d\u009b", "\xff\xfe\u007f", "&lt;&#x202E; %0A %25", "[a](b) `c` <img>",
}

// hostileInputs are the kinds of inputs that hold a name that somebody chose. Each makes the files of one run, with
// findings that do not depend on the name.
var hostileInputs = []struct {
	kind  string
	files func(name string) map[string]string
}{
	{"template", func(name string) map[string]string {
		n := jsonString(name)
		return map[string]string{"t.json": `{"AWSTemplateFormatVersion": "2010-09-09", "Parameters": {` + n + `: {"Type": "String"}},
"Conditions": {"InVpc": {"Fn::Equals": [{"Ref": ` + n + `}, "a"]}, "On": {"Fn::Equals": [{"Fn::Join": [` + n + `, [{"Ref": ` + n + `}, "b"]]}, "c"]}},
"Resources": {` + jsonString(name+"Role") + `: {"Type": "AWS::IAM::Role", "Condition": "On", "Properties": {"AssumeRolePolicyDocument": {}}},
` + jsonString(name+"Fn") + `: {"Type": "AWS::Lambda::Function", "Properties": {"Role": {"Fn::GetAtt": [` + jsonString(name+"Role") + `, "Arn"]}, "VpcConfig":
{"Fn::If": ["InVpc", {"SubnetIds": ["subnet-1"], "SecurityGroupIds": []}, {"Ref": "AWS::NoValue"}]}}}}}`}
	}},
	{"SAM", func(name string) map[string]string {
		return map[string]string{"t.yaml": "Transform: AWS::Serverless-2016-10-31\nParameters:\n  " + jsonString(name) + ": {Type: String}\nResources:\n  " +
			jsonString(name+"Fn") + ":\n    Type: AWS::Serverless::Function\n    Properties:\n      Role: !If [On, arn:aws:iam::123456789012:role/a, !GetAtt " +
			"Role.Arn]\n      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: []}\n  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}\n" +
			"Conditions:\n  On: !Equals [!Ref " + jsonString(name) + ", " + jsonString(name) + "]\n"}
	}},
	{"Terraform", func(name string) map[string]string {
		return map[string]string{"main.tf": "variable \"p\" {}\nlocals {\n  n = " + hclString(name) + "\n}\n" +
			strings.ReplaceAll(hostileModule, "NAME", hclString(name))}
	}},
	{"Terraform in JSON", func(name string) map[string]string {
		n := jsonString(strings.NewReplacer("${", "$${", "%{", "%%{").Replace(name))
		return map[string]string{"main.tf.json": `{"variable": {"p": {}}, "resource": {"aws_iam_role": {"r": {"for_each": [` + n + `], "assume_role_policy": "{}"}},
"aws_lambda_function": {"f": {"for_each": [` + n + `], "function_name": "${each.key}", "role": "${aws_iam_role.r[each.key].arn}",
"vpc_config": {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]}}}}}`}
	}},
	{"plan", func(name string) map[string]string {
		n := jsonString(name)
		fn := func(kind, address, values string) string {
			return `{"address": ` + jsonString(kind+"."+address+"["+n+"]") + `, "mode": "managed", "type": "` + kind + `", "name": "` + address + `", "index": ` + n + `,
"provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0, "values": ` + values + `}`
		}
		config := func(kind, address, expressions string) string {
			return `{"address": "` + kind + "." + address + `", "mode": "managed", "type": "` + kind + `", "name": "` + address + `", "provider_config_key": "aws",
"expressions": ` + expressions + `, "schema_version": 0, "for_each_expression": {}}`
		}
		return map[string]string{"plan.json": `{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": [` +
			fn("aws_iam_role", "r", `{"assume_role_policy": "{}"}`) + ", " +
			fn("aws_lambda_function", "f", `{"function_name": `+n+`, "vpc_config": [{"subnet_ids": ["subnet-1"], "security_group_ids": []}]}`) + `]}},
"configuration": {"root_module": {"resources": [` + config("aws_iam_role", "r", `{"assume_role_policy": {"constant_value": "{}"}}`) + ", " +
			config("aws_lambda_function", "f", `{"role": {"references": ["aws_iam_role.r"]}, "vpc_config": [{"subnet_ids": {"constant_value": ["subnet-1"]}}]}`) + `]}}}`}
	}},
	{"Terragrunt", func(name string) map[string]string {
		return map[string]string{
			"app/terragrunt.hcl": "terraform {\n  source = \"../mod\"\n}\ninputs = {\n  p = get_env(" + hclString(name) + ")\n}\n",
			"mod/main.tf":        "variable \"p\" {}\n" + strings.ReplaceAll(hostileModule, "NAME", `"n"`),
		}
	}},
	{"configuration", func(name string) map[string]string {
		return map[string]string{
			".lambda-vpc-lint.yaml": "exceptions:\n  - rules: [role_trust]\n    resources: [nothing]\n    reason: " + jsonString(name) + "\n",
			"main.tf":               "variable \"p\" {}\n" + strings.ReplaceAll(hostileModule, "NAME", `"n"`),
		}
	}},
	{"file and directory", func(name string) map[string]string {
		name = strings.ReplaceAll(name, "/", "_")
		return map[string]string{
			name + "/" + name + ".yaml": "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}\n" +
				"  Fn: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}}}\n",
			name + "/main.tf": "variable \"p\" {}\n" + strings.ReplaceAll(hostileModule, "NAME", `"n"`),
		}
	}},
	{"comment", func(name string) map[string]string {
		name = strings.NewReplacer("\n", " ", "\r", " ", "\u2028", "", "\u2029", "", "\u0085", "", "\x1b", "", "\x07", "", "\x7f", "", "\u009b", "").Replace(name)
		return map[string]string{
			"main.tf": "variable \"p\" {}\n" + strings.ReplaceAll(strings.ReplaceAll(hostileModule, "NAME", `"n"`), "{ # fn", "{ # "+name),
		}
	}},
}

// hostileModule has a role that cannot be assumed, and a function that only some values of p put into a VPC.
const hostileModule = `resource "aws_iam_role" "r" {
  for_each           = replace(var.p, "a", NAME) == NAME ? toset([NAME]) : toset(["other"])
  assume_role_policy = "{}"
}
resource "aws_lambda_function" "f" { # fn
  for_each      = replace(var.p, "a", NAME) == NAME ? toset([NAME]) : toset(["other"])
  function_name = each.key
  role          = aws_iam_role.r[each.key].arn
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
}
`

// jsonString is s as JSON and YAML write it, and hclString as HCL does.
func jsonString(s string) string {
	var out strings.Builder
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			out.WriteString(`\` + string(c))
		case c < ' ' || c > '~':
			fmt.Fprintf(&out, `\u%04x`, c)
		default:
			out.WriteRune(c)
		}
	}
	return `"` + out.String() + `"`
}

func hclString(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(jsonString(s))
}

func TestNoNameBreaksOrForgesAReport(t *testing.T) {
	for _, in := range hostileInputs {
		t.Run(in.kind, func(t *testing.T) {
			plain := tell(t, in.files("Plain"))
			if len(plain["json"]) == 0 {
				t.Fatal("nothing is found")
			}
			for _, name := range hostileNames {
				t.Run(fmt.Sprintf("%+q", name), func(t *testing.T) {
					got := tell(t, in.files(name))
					if d := cmp.Diff(rulesOf(plain["json"]), rulesOf(got["json"])); d != "" {
						t.Error("the name changes what is found:", d)
					}
					tellTheSame(t, got)
				})
			}
		})
	}
}

// tellTheSame: all formats tell what JSON tells.
func tellTheSame(t *testing.T, told map[string][]told) {
	t.Helper()
	for format, all := range told {
		want := slices.Clone(told["json"])
		if format == "text" {
			want = shortened(want, all)
		}
		if format == "junit" { // it has no severities
			for i := range want {
				want[i].Severity = ""
			}
		}
		if d := cmp.Diff(sorted(want), sorted(all)); d != "" {
			t.Errorf("%s tells something else than json:\n%s", format, d)
		}
	}
}

// TestNoNameInABadConfigurationSteers: of a configuration with errors nothing but them is told.
func TestNoNameInABadConfigurationSteers(t *testing.T) {
	for _, name := range hostileNames {
		t.Chdir(t.TempDir())
		if err := os.WriteFile(".lambda-vpc-lint.yaml", []byte(jsonString(name)+": ["+jsonString(name)+"]\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"."}, {name}, {"--rules", name, "."}, {"--parameter", name + "=x", "."}, {"-f", name, "."}} {
			var stdout, stderr bytes.Buffer
			if code := run(args, strings.NewReader(""), &stdout, &stderr); code != exitFailure || stderr.Len() == 0 {
				t.Errorf("%q exits with %d: %s", args, code, stderr.String())
			}
			harmless(t, "stderr", stderr.String())
		}
	}
}

func rulesOf(all []told) (out []string) {
	for _, f := range all {
		out = append(out, f.Severity+" "+f.Rule)
	}
	slices.Sort(out)
	return out
}

// tell runs the program once, in all formats, and reads what they say.
func tell(t *testing.T, files map[string]string) map[string][]told {
	t.Helper()
	dir, reports := t.TempDir(), t.TempDir()
	put(t, dir, files)
	t.Chdir(dir)
	args := []string{"--root", ".", "--fail-on", "note"}
	for format := range readers {
		args = append(args, "-f", format+"="+filepath.Join(reports, format))
	}
	var stdout, stderr bytes.Buffer
	run(append(args, "."), strings.NewReader(""), &stdout, &stderr)
	harmless(t, "stderr", stderr.String())
	out := map[string][]told{}
	for format, read := range readers {
		text, err := os.ReadFile(filepath.Join(reports, format))
		if err != nil {
			t.Fatalf("%v: %s", err, stderr.String())
		}
		harmless(t, format, string(text))
		out[format] = read(t, string(text))
	}
	return out
}

// harmless: nothing in the text steers a terminal or an agent.
func harmless(t *testing.T, what, text string) {
	t.Helper()
	steers := func(c rune) bool {
		if c >= ' ' && c <= '~' {
			return false // most are, and the tables are slow
		}
		return c != '\n' && c != '\t' && c != '\u200c' && c != '\u200d' && unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	}
	if at := strings.IndexFunc(text, steers); at >= 0 {
		t.Errorf("%s holds %+.40q", what, text[at:])
	}
	if strings.Contains(text, "##vso[") || strings.Contains(text, "##[") {
		t.Errorf("%s holds a command of Azure Pipelines or GitHub", what)
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") && what != "github" {
			t.Errorf("a line of %s is a command: %q", what, line)
		}
	}
}
