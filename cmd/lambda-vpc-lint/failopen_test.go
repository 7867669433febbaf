package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unread is an input that holds a broken function, and that something keeps the program from reading. Found in a
// directory or named, a run never ends as if all were well. Where says is empty, the function is found.
type unread struct {
	name, file string
	files      map[string]string
	says       string
}

// unreadable are such inputs, which are big: see beyond.
func unreadable() []unread {
	return []unread{
		{"a plan with a byte order mark", "plan.json", map[string]string{"plan.json": "\ufeff" + brokenPlan("{}")}, ""},
		{"a plan that is cut off", "plan.json", map[string]string{"plan.json": brokenPlan("{}")[:700]}, "unexpected end of JSON input"},
		{"a plan that is cut off early", "plan.json", map[string]string{"plan.json": brokenPlan("{}")[:80]}, "unexpected end of JSON input"},
		{
			"a plan that is too large", "plan.json",
			map[string]string{"plan.json": brokenPlan("{}") + strings.Repeat(" ", 5<<20)}, "larger than 4 MiB",
		},
		{
			"a module that is too large", "main.tf",
			map[string]string{"main.tf": brokenModule + "#" + strings.Repeat("x", 5<<20)}, "larger than 4 MiB",
		},
		{".tf.json", "main.tf.json", map[string]string{"main.tf.json": brokenJSON}, ""},
		{".tf.json with open braces", "main.tf.json", map[string]string{"main.tf.json": brokenJSON[:len(brokenJSON)-2]}, "the text ends too early"},
		{".tf.json with text behind the end", "main.tf.json", map[string]string{"main.tf.json": brokenJSON + " x"}, "invalid JSON"},
		{".tf.json with a value behind the end", "main.tf.json", map[string]string{"main.tf.json": brokenJSON + "{}"}, "text after the end"},
		{
			"values with open braces", "main.tf",
			map[string]string{"main.tf": brokenModule, "terraform.tfvars.json": `{"a": [`}, "the text ends too early",
		},
		{"a minified template with a comma too many", "t.json", map[string]string{"t.json": minified[:len(minified)-1] + ",}"}, ""},
		{"a minified template with an error", "t.json", map[string]string{"t.json": minified[:len(minified)-1] + ",]"}, "not valid"},
		{"a minified template that is cut off", "t.json", map[string]string{"t.json": minified[:len(minified)-3]}, "not valid"},
		{"a minified template that is nested deeply", "t.json", map[string]string{
			"t.json": minified[:len(minified)-1] + `,"Metadata":{"a":` + strings.Repeat("[", 101) + strings.Repeat("]", 101) + "}}",
		}, "more than 100 levels"},
		{"a template in flow style with an error", "t.yaml", map[string]string{
			"t.yaml": "{Resources: {F: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [s-1], SecurityGroupIds: []}}}}",
		}, "not valid YAML"},
		{"a template with an error and a marker in a comment", "t.yaml", map[string]string{
			"t.yaml": brokenTemplate + "# {{ x }}\nMetadata: [\n",
		}, "not valid YAML"},
		{"a template with an error and a marker in a text", "t.yaml", map[string]string{
			"t.yaml": brokenTemplate + "Description: '{{ x }}'\nMetadata: {a: [}\n",
		}, "not valid YAML"},
		{"a module with an error and a marker in a comment", "main.tf", map[string]string{
			"main.tf": brokenModule + "locals {\n  a = [ # {{ x }}\n}\n",
		}, "main.tf:"},
		{"a broken unit of Terragrunt", "terragrunt.hcl", map[string]string{
			"terragrunt.hcl": "terraform {\n  source = \"./m\"\n", "m/main.tf": brokenModule,
		}, "terragrunt.hcl:"},
		{"a unit of Terragrunt in one line", "terragrunt.hcl", map[string]string{
			"terragrunt.hcl": "terraform { source = \"./m\" }\n", "m/main.tf": brokenModule,
		}, ""},
		{"a unit of Terragrunt that includes a broken file", "app/terragrunt.hcl", map[string]string{
			"app/terragrunt.hcl": "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\nterraform {\n  source = \"../m\"\n}\n",
			"root.hcl":           "inputs = {\n", "m/main.tf": brokenModule, ".git/HEAD": "x",
		}, "root.hcl: error: line"},
		{"a nested template with an error", "a.yaml", map[string]string{
			"a.yaml": nesting, "b.yaml": "Resources: {F: {Type: AWS::Lambda::Function, Properties: [}}",
		}, "b.yaml:"},
		{"a nested template that is too large", "a.yaml", map[string]string{
			"a.yaml": nesting, "b.yaml": brokenTemplate + "#" + strings.Repeat("x", 5<<20),
		}, "b.yaml: error: larger"},
		{"an included file with an error", "a.yaml", map[string]string{
			"a.yaml": "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./b.yaml}}\n",
			"b.yaml": brokenFunction + "  a: [\n",
		}, "b.yaml:"},
		{"a directory whose name is not UTF-8", "img-\xff/t.yaml", map[string]string{"img-\xff/t.yaml": brokenTemplate}, ""},
	}
}

const (
	nesting  = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./b.yaml}}\n"
	minified = `{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"VpcConfig":{"SubnetIds":["s-1"],"SecurityGroupIds":[]}}}}}`
	// brokenJSON is brokenModule in JSON.
	brokenJSON = `{"resource": {"aws_lambda_function": {"broken": {"function_name": "f", "role": "arn:aws:iam::123456789012:role/x",
"vpc_config": {"subnet_ids": ["subnet-1"], "security_group_ids": []}}}}}`
)

func TestNothingPassesUnreadInSilence(t *testing.T) {
	for _, c := range unreadable() {
		t.Run(c.name, func(t *testing.T) {
			for _, path := range []string{".", c.file} {
				code, stdout, stderr := lintFiles(t, c.files, path)
				switch {
				case c.says == "" && (code != exitFindings || !strings.Contains(stdout, "incomplete_vpc_config")):
					t.Errorf("%s: exit %d, want the finding:\n%.1000s%.1000s", path, code, stderr, stdout)
				case c.says != "" && (code != exitFailure || !strings.Contains(stderr, c.says)):
					t.Errorf("%s: exit %d, want %d and %q:\n%.2000s", path, code, exitFailure, c.says, stderr)
				}
			}
		})
	}
}

// TestWhatIsNoInputIsNoError: the same is not said of files that only look alike.
func TestWhatIsNoInputIsNoError(t *testing.T) {
	const version = "AWSTemplateFormatVersion: 2010-09-09\n"
	files := map[string]string{
		"values.json": `{"format_version": "1.0", "terraform_version": "1.11.4"}`, "data.json": "{" + strings.Repeat(" ", 5<<20),
		"img-\xff/a.png": "\x89PNG", "img-\xff/b/c.json": "{}",
		"k8s.yaml":     "kind: ConfigMap\ndata:\n  t: |\n    Resources:\n      F: {Type: AWS::SNS::Topic}\n---\nkind: [\n",
		"jinja.yaml":   version + "Resources:\n{% for t in topics %}\n  {{ t }}: {Type: AWS::SNS::Topic}\n{% endfor %}\n",
		"include.yaml": version + "Resources: !Include resources.yaml\n",
		"helm.yaml":    version + "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: {{ .Values.name }}-x\n",
		"exports.yml":  version + "Outputs:\n%{ for k, v in all ~}\n  ${k}:\n    Value: ${v}\n%{ endfor ~}",
		"percent.yaml": version + "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: %name%\n",
	}
	if code, _, stderr := lintFiles(t, files); code != exitClean || strings.Count(stderr, "Jinja, Helm") != 5 {
		t.Errorf("exit %d:\n%s", code, stderr)
	}
}

// TestALinkThatLeavesIsNoModule: what Terraform would read is not here.
func TestALinkThatLeavesIsNoModule(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "main.tf")
	if err := os.WriteFile(outside, []byte(brokenModule), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Symlink(outside, "main.tf"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{".", "main.tf"} {
		if code := run([]string{path}, nil, io.Discard, io.Discard); code != exitFailure {
			t.Errorf("%s: exit %d", path, code)
		}
	}
}

// TestFilesOfTheCommandLineStayInside: whoever sends a pull request may put a link in the place of such a file.
func TestFilesOfTheCommandLineStayInside(t *testing.T) {
	outside := t.TempDir()
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("hunter2OUT"), 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, map[string]string{"a.yaml": brokenTemplate, "main.tf": "variable \"pw\" {}\n" + brokenModule, ".git/HEAD": "x"})
	for _, c := range []struct {
		flag, link, to string
		more           []string
		reads          bool
	}{
		{flag: "--var-file", link: "prod.tfvars", to: secret},
		{flag: "--var-file", link: "prod.tfvars", to: secret, more: []string{"--root", "."}},
		{flag: "--var-file", link: "prod.tfvars", to: secret, more: []string{"--root", "/"}, reads: true},
		{flag: "--var-file", link: "in.tfvars", to: "main.tf", reads: true},
		{flag: "--parameters", link: "p.json", to: secret},
		{flag: "--baseline", link: "b.json", to: secret},
		{flag: "--var-file", link: "zero", to: "/dev/zero"},
		{flag: "--parameters", link: "zero", to: "/dev/zero", more: []string{"--root", "/"}},
		{flag: "--baseline", link: "zero", to: "/dev/zero", more: []string{"--root", "/"}},
		{flag: "--var-file", link: "dir/x.tfvars", to: secret},
	} {
		err := os.MkdirAll(filepath.Dir(c.link), 0o700)
		_ = os.Remove(c.link) // it may be there from before
		if err = errors.Join(err, os.Symlink(c.to, c.link)); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		code := run(slices.Concat(c.more, []string{c.flag, c.link, "."}), nil, &out, &out)
		refused := strings.Contains(out.String(), "escapes") || strings.Contains(out.String(), "not a regular file")
		if refused == c.reads || code == exitClean || strings.Contains(out.String(), "hunter2") {
			t.Errorf("%v: exit %d\n%s", c, code, out.String())
		}
	}
	// A file that lies outside may be named.
	if err := os.WriteFile(filepath.Join(outside, "v.tfvars"), []byte("pw = \"x\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"--var-file", filepath.Join(outside, "v.tfvars"), "."}, nil, io.Discard, io.Discard); code != exitFindings {
		t.Errorf("a file outside: exit %d", code)
	}
}

// TestSecretsAreNotRepeated: hunter2 is the value of something that nobody shall see.
func TestSecretsAreNotRepeated(t *testing.T) {
	sensitive := "variable \"pw\" {\n  type      = %\n  sensitive = true\n}\n" + strings.Replace(brokenModule, `["subnet-1"]`, "var.pw", 1)
	list := strings.Replace(sensitive, "%", "list(string)", 1)
	text := strings.Replace(strings.Replace(sensitive, "%", "string", 1), "var.pw", "[var.pw]", 1)
	for _, c := range []struct {
		name  string
		files map[string]string
		args  []string
		env   string
	}{
		{name: "an environment that does not parse", files: map[string]string{"main.tf": list}, env: "hunter2"},
		{name: "a call in the environment", files: map[string]string{"main.tf": list}, env: "hunter2()"},
		{name: "a flag that does not parse", files: map[string]string{"main.tf": list}, args: []string{"--var", "pw=[hunter2"}},
		{name: "a flag without a name", files: map[string]string{"main.tf": list}, args: []string{"--var", "hunter2"}},
		{name: "a parameter without a name", files: map[string]string{"main.tf": list}, args: []string{"--parameter", "hunter2"}},
		{name: "values that name something", files: map[string]string{"main.tf": list, "terraform.tfvars": "pw = hunter2\n"}},
		{name: "values that call something", files: map[string]string{"main.tf": list, "terraform.tfvars": "pw = hunter2(1)\n"}},
		{name: "values that do not parse", files: map[string]string{"main.tf": list, "terraform.tfvars": "pw = \"hunter2\n"}},
		{name: "a sensitive text as an id", files: map[string]string{"main.tf": text, "terraform.tfvars": "pw = \"hunter2\"\n"}},
		{name: "a sensitive list of ids", files: map[string]string{"main.tf": list, "terraform.tfvars": "pw = [\"hunter2\"]\n"}},
		{name: "a sensitive default", files: map[string]string{
			"main.tf": strings.Replace(text, "sensitive", "default   = \"hunter2\"\n  sensitive", 1),
		}},
		{name: "a sensitive variable of a module that is called", files: map[string]string{
			"main.tf": "module \"m\" {\n  source = \"./m\"\n  pw     = \"hunter2\"\n}\n", "m/main.tf": text,
		}},
		{name: "a sensitive list of a module that is called", files: map[string]string{
			"main.tf": "module \"m\" {\n  source = \"./m\"\n  pw     = [\"hunter2\"]\n}\n", "m/main.tf": list,
		}},
		{name: "a sensitive output", files: map[string]string{
			"main.tf": "module \"m\" {\n  source = \"./m\"\n}\n" +
				strings.Replace(brokenModule, `"subnet-1"`, "module.m.pw", 1),
			"m/main.tf": "output \"pw\" {\n  value     = \"hunter2\"\n  sensitive = true\n}\n",
		}},
		{name: "a sensitive input of a unit", files: map[string]string{
			"a/terragrunt.hcl": "terraform {\n  source = \"../m\"\n}\ninputs = {\n  pw = \"hunter2\"\n}\n",
			"m/main.tf":        text, ".git/HEAD": "x",
		}},
		{name: "an alias of no anchor", files: map[string]string{
			"a.yaml": brokenTemplate + "  D: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: *hunter2}}\n",
		}},
		{name: "a NoEcho parameter as an id", files: map[string]string{
			"a.yaml": "Parameters: {P: {Type: String, NoEcho: true, Default: hunter2}}\n" + strings.ReplaceAll(brokenTemplate, "subnet-1", "!Ref P"),
		}},
		{name: "a word that sets nothing", files: map[string]string{
			"a.yaml": brokenTemplate, "s.toml": "[default.deploy.parameters]\nparameter_overrides = 'A=x hunter2'\n",
		}, args: []string{"--parameters", "s.toml"}},
		{name: "an excerpt", files: map[string]string{"a.yaml": `Resources: {F: {Type: AWS::Lambda::Function, Properties:
 {Environment: {Variables: {A: hunter2}}, VpcConfig: {SubnetIds: [s-1], SecurityGroupIds: []}}}}
`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.env != "" {
				t.Setenv("TF_VAR_pw", c.env)
			}
			for _, f := range formats {
				code, stdout, stderr := lintFiles(t, c.files, append(slices.Clone(c.args), "--undecided", "-f", f.name, ".")...)
				if stdout+stderr == "" || strings.Contains(stdout+stderr, "hunter2") {
					t.Errorf("%s: exit %d\n%s%s", f.name, code, stderr, stdout)
				}
			}
		})
	}
}

func TestHelpNeedsRoomToo(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"trace", "--help"}, {"--version"}} {
		var stderr strings.Builder
		if code := run(args, nil, full{}, &stderr); code != exitFailure || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("%v: exit %d, %s", args, code, stderr.String())
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }
