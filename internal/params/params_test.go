package params

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

func read(name, text, environment string) (got []string) {
	set := source.NewFileSet()
	given, diagnostics := Read(set.Add(name, []byte(text)), environment)
	for _, g := range given {
		got = append(got, g.Name+"="+g.Value)
	}
	for _, d := range diagnostics {
		loc, _ := set.Location(d.Span)
		got = append(got, fmt.Sprintf("%d:%d: %s", loc.StartLine, loc.StartColumn, d.Message))
	}
	return got
}

const samConfig = `
version = 0.1
[default.global.parameters]
stack_name = "s"
parameter_overrides = "Env=none"
[default.deploy.parameters]
parameter_overrides = "Env=dev Text=\"a b\" ParameterKey=Subnets,ParameterValue='s-1,s-2' Empty="
[prod.deploy.parameters]
parameter_overrides = ["Env=prod", "Text=x y"]
`

func TestParameterFiles(t *testing.T) {
	for _, test := range []struct {
		name, file, text, environment string
		want                          []string
	}{
		{"a list of the AWS CLI", "p.json", `[{"ParameterKey": "A", "ParameterValue": "x"}, {"ParameterKey": "B", "UsePreviousValue": true}]`, "", []string{"A=x"}},
		{"a list of overrides", "p.json", `["A=x", "B=y=z"]`, "", []string{"A=x", "B=y=z"}},
		{"broken JSON", "p.json", `{"Parameters": {"A": "x", "N": 012, "L": ["s-1", "s-2"]}, "Tags": {"T": "t"}}`, "", []string{"1:33: not valid JSON: invalid character '1' after object value (expecting ',' or '}')"}},
		{"a CodePipeline configuration", "p.json", `{"Tags": {"T": "t"}, "Parameters": {"A": "x", "N": 12, "L": ["s-1", "s-2"]}}`, "", []string{"A=x", "N=12", "L=s-1,s-2"}},
		{"a map in YAML", "p.yaml", "A: 012345678901\nB: true\nC:\nD: [a, b]\n", "", []string{"A=012345678901", "B=true", "C=", "D=a,b"}},
		{"samconfig.toml", "samconfig.toml", samConfig, "", []string{"Env=none", "Env=dev", "Text=a b", "Subnets=s-1,s-2", "Empty="}},
		{"another environment", "samconfig.toml", samConfig, "prod", []string{"Env=prod", "Text=x y"}},
		{"an unknown environment", "samconfig.toml", samConfig, "test", []string{`1:1: there is no environment "test"`}},
		{"a table of overrides", "samconfig.toml", "[default.deploy.parameters.parameter_overrides]\nA = 'x'\nB = 7\n", "", []string{"A=x", "B=7"}},
		{"samconfig.yaml", "samconfig.yaml", "version: 0.1\ndefault:\n  deploy:\n    parameters:\n      parameter_overrides: A=x B=y\n", "", []string{"A=x", "B=y"}},
		{"a word that sets nothing", "samconfig.toml", "[default.deploy.parameters]\nparameter_overrides = 'A=x y'\n", "", []string{"A=x", "2:24: a word here is no Name=Value"}},
		{"TOML that is too large", "samconfig.toml", strings.Repeat("#", maxTOML+1), "", []string{"1:1: the file is larger than 256 KB"}},
		{"broken TOML", "samconfig.toml", "[default]\nx = \n", "", []string{"2:5: not valid TOML: unexpected character U+000A at start of value"}},
		{"a mapping as a value", "p.json", "{\"A\":\n {\"B\": 1}}", "", []string{`2:2: parameter "A" must be text or a list of texts`}},
		{"a pair without its value", "p.json", `[{"ParameterKey": "A"}, {"Name": "B"}]`, "", []string{`1:2: parameter "A" has no ParameterValue`, "1:25: a parameter is a mapping with ParameterKey and ParameterValue"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, read(test.file, test.text, test.environment)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
