// Command lambda-vpc-vet finds Lambda functions whose VPC configuration will fail in AWS CDK code written in Go.
//
// It runs by itself or under the go command:
//
//	lambda-vpc-vet ./...
//	go vet -vettool=$(which lambda-vpc-vet) ./...
//
// It loads Go packages, which runs the go command. Nothing of the code under analysis is run.
package main

import (
	"flag"

	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/cmd/lambda-vpc-vet/suite"
)

func main() {
	notes := flag.Bool("notes", false, "report notes too, which are advice")
	multichecker.Main(suite.Analyzers(notes)...)
}
