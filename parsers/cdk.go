package parsers

import (
	"bytes"
	"fmt"
	"path"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// cdkModules are the Go modules of AWS CDK code that discovery has met. They are no inputs, but their owners shall hear
// which tool reads them.
type cdkModules struct{ files []string }

// aside is sniff that notes those modules down.
func (m *cdkModules) aside(sniff func(string, []byte) bool) func(string, []byte) bool {
	return func(name string, text []byte) bool {
		if path.Base(name) != "go.mod" {
			return sniff(name, text)
		}
		if bytes.Contains(text, []byte("github.com/aws/aws-cdk-go/awscdk")) {
			m.files = append(m.files, name)
		}
		return false
	}
}

// notices is one for all modules, at the first.
func (m *cdkModules) notices() []source.Diagnostic {
	if len(m.files) == 0 {
		return nil
	}
	what := "AWS CDK code in Go"
	if others := len(m.files) - 1; others > 0 {
		what = fmt.Sprintf("%s, here and in %d more,", what, others)
	}
	what += " is read by lambda-vpc-vet: go vet -vettool=$(which lambda-vpc-vet) ./...; or lint what cdk synth writes"
	return []source.Diagnostic{{File: m.files[0], Message: what}}
}
