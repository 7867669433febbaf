package report

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// TestExcerptsHideSecrets: hunter2 and what looks like a key is hidden, and what a reader needs stays.
func TestExcerptsHideSecrets(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"YAML in one line": {
			"Environment: {Variables: {PW: hunter2, URL: https://u:hunter2@h/x, R: !Ref A}}, VpcConfig: {SubnetIds: [s-1]}",
			"Environment: {Variables: {PW: *******, URL: *********************, R: **** *}}, VpcConfig: {SubnetIds: [s-1]}",
		},
		"JSON in one line": {
			`"Environment": {"Variables":{"PW":"hunter2","L":["hunter2"]}},"VpcConfig":{"SubnetIds":["s-1"]}`,
			`"Environment": {"Variables":{"PW":*********,"L":***********}},"VpcConfig":{"SubnetIds":["s-1"]}`,
		},
		"HCL in one line": {
			`environment { variables = { PW = "hunter2", B = "hunter2" } } # s-1`,
			`environment { variables = { PW = *********, B = ********* } } # s-1`,
		},
		"a line of an environment in YAML": {"Properties:\n  Environment:\n    Variables:\n      PW: hunter2", "      PW: *******"},
		"a line of an environment in HCL": {
			"  environment {\n    variables = {\n      PW = \"hunter2\"", "      PW = *********",
		},
		"a list of an environment":      {"Environment:\n  - Name: PW\n    Value: hunter2", "    Value: *******"},
		"a text of an environment":      {"Variables:\n  PW: |\n    hunter2", "    *******"},
		"the default of a parameter":    {"  Default: hunter2", "  Default: *******"},
		"the default of a JSON one":     {`"Pw": {"Type": "String", "Default": "hunter2", "NoEcho": true}`, `"Pw": {"Type": "String", "Default": *********, "NoEcho": true}`},
		"the default of a variable":     {`  default = { pw = "hunter2" }`, `  default = * ** * ********* *`},
		"a resource called Default":     {"Default: {Type: AWS::EC2::Route}", "Default: {Type: AWS::EC2::Route}"},
		"a password":                    {"MasterUserPassword: hunter2", "MasterUserPassword: *******"},
		"a password in a comment":       {"VpcConfig: # old password: hunter2", "VpcConfig: # old password: *******"},
		"where a password is":           {"Password: !Ref Password", "Password: !Ref Password"},
		"where another is":              {"secret_arn = aws_secretsmanager_secret.s.arn", "secret_arn = aws_secretsmanager_secret.s.arn"},
		"an access key":                 {"# AKIAIOSFODNN7EXAMPLE in here", "# ******************** in here"},
		"a secret access key":           {"x: [wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY]", "x: [****************************************]"},
		"a token of GitHub":             {"x: ghp_0123456789abcdefghij0123456789abcdef", "x: ****************************************"},
		"a name that a tool made":       {"VpcPrivateSubnet1RouteTableAssociation9D6A7C9A: {", "VpcPrivateSubnet1RouteTableAssociation9D6A7C9A: {"},
		"an ARN":                        {"Role: arn:aws:iam::123456789012:role/service-role/my-function-role", "Role: arn:aws:iam::123456789012:role/service-role/my-function-role"},
		"a line beside the environment": {"Environment:\n  Variables: {A: b}\nVpcConfig: {SubnetIds: [s-1]}", "VpcConfig: {SubnetIds: [s-1]}"},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFileSet().Add("f", []byte(c.text))
			last := strings.Count(c.text, "\n") + 1
			if got := masked(f, last, f.Line(last)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}
