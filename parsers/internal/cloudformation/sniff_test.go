package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
)

func TestIsTemplate(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want bool
	}{
		"a template with its version":             {"AWSTemplateFormatVersion: 2010-09-09\n", true},
		"a fragment with one resource":            {"Resources:\n  V:\n    Type: AWS::EC2::VPC\n", true},
		"a custom resource, quoted":               {"Resources:\n  V:\n    Type: 'Custom::X'\n", true},
		"JSON":                                    {`{"Resources": {"V": {"Type": "AWS::EC2::VPC"}}}`, true},
		"JSON without spaces":                     {`{"Resources":{"V":{"Type":"AWS::EC2::VPC"}}}`, true},
		"resources of Kubernetes":                 {"kind: Pod\nResources:\n  Type: cpu\n", false},
		"another key that ends in Type":           {"Resources:\n  ResourceType: AWS::EC2::VPC\n", false},
		"a type without resources":                {"Type: AWS::EC2::VPC\n", false},
		"a configuration of another tool":         {"resources:\n  Resources:\n    V:\n      Type: AWS::EC2::VPC\n", false},
		"a fragment after a byte order mark":      {"\ufeffResources:\r\n  V:\r\n    Type: AWS::EC2::VPC\r\n", true},
		"an AppSpec":                              {`{"version": 0.0, "Resources": [{"S": {"Type": "AWS::ECS::Service"}}]}`, false},
		"an AppSpec in YAML":                      {"version: 0.0\nResources:\n  - F:\n      Type: AWS::Lambda::Function\n", false},
		"an AppSpec before a template":            {"Resources:\n- a\n---\nResources:\n  V:\n    Type: AWS::EC2::VPC\n", true},
		"a workflow that only names the property": {"run: echo Resources Type\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := cloudformation.IsTemplate([]byte(tc.text)); got != tc.want {
				t.Errorf("IsTemplate is %v", got)
			}
		})
	}
}

func BenchmarkIsTemplateOnAnUnrelatedFile(b *testing.B) {
	text := []byte(strings.Repeat(`{"Resources": 1, "Type": "module", "ResourceType": "x"}`+"\n", 20000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		cloudformation.IsTemplate(text)
	}
}
