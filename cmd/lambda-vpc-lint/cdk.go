package main

import (
	"bytes"
	"path"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// cdkModules are the Go modules of AWS CDK code that discovery has met. They are no inputs, but their owners shall hear
// which tool reads them.
type cdkModules struct{ notices []source.Diagnostic }

// aside is sniff that notes those modules down.
func (m *cdkModules) aside(sniff func(string, []byte) bool) func(string, []byte) bool {
	return func(name string, text []byte) bool {
		if path.Base(name) == "go.mod" {
			if bytes.Contains(text, []byte("github.com/aws/aws-cdk-go/awscdk")) {
				m.notices = append(m.notices, source.Diagnostic{
					File:    name,
					Message: "AWS CDK code in Go is read by lambda-vpc-vet: go vet -vettool=$(which lambda-vpc-vet) ./...; or lint what cdk synth writes",
				})
			}
			return false
		}
		return sniff(name, text)
	}
}
