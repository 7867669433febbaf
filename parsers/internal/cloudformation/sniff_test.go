package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

func TestIsTemplate(t *testing.T) {
	for name, tc := range map[string]struct {
		file, text string
		want       bool
	}{
		"a template with its version":             {"a.yaml", "AWSTemplateFormatVersion: 2010-09-09\n", true},
		"a fragment with one resource":            {"a.yml", "Resources:\n  V:\n    Type: AWS::EC2::VPC\n", true},
		"a custom resource, quoted":               {"a.yaml", "Resources:\n  V:\n    Type: 'Custom::X'\n", true},
		"JSON":                                    {"a.json", `{"Resources": {"V": {"Type": "AWS::EC2::VPC"}}}`, true},
		"JSON without spaces":                     {"a.template", `{"Resources":{"V":{"Type":"AWS::EC2::VPC"}}}`, true},
		"resources of Kubernetes":                 {"a.yaml", "kind: Pod\nResources:\n  Type: cpu\n", false},
		"another key that ends in Type":           {"a.yaml", "Resources:\n  ResourceType: AWS::EC2::VPC\n", false},
		"a type without resources":                {"a.yaml", "Type: AWS::EC2::VPC\n", false},
		"a configuration of another tool":         {"serverless.yml", "resources:\n  Resources:\n    V:\n      Type: AWS::EC2::VPC\n", false},
		"a fragment after a byte order mark":      {"a.yaml", "\ufeffResources:\r\n  V:\r\n    Type: AWS::EC2::VPC\r\n", true},
		"an AppSpec":                              {"a.json", `{"version": 0.0, "Resources": [{"S": {"Type": "AWS::ECS::Service"}}]}`, false},
		"an AppSpec in YAML":                      {"appspec.yml", "version: 0.0\nResources:\n  - F:\n      Type: AWS::Lambda::Function\n", false},
		"an AppSpec before a template":            {"a.yaml", "Resources:\n- a\n---\nResources:\n  V:\n    Type: AWS::EC2::VPC\n", true},
		"prose about templates":                   {"README.md", "AWSTemplateFormatVersion", false},
		"a workflow that only names the property": {"a.yml", "run: echo Resources Type\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := cloudformation.IsTemplate([]byte(tc.text), tc.file); got != tc.want {
				t.Errorf("IsTemplate is %v", got)
			}
		})
	}
}

func BenchmarkIsTemplateOnAnUnrelatedFile(b *testing.B) {
	text := []byte(strings.Repeat(`{"Resources": 1, "Type": "module", "ResourceType": "x"}`+"\n", 20000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		cloudformation.IsTemplate(text, "big.json")
	}
}
