package lint_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/lint"
)

const template = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: ""}
      VpcConfig: {SubnetIds: [subnet-0a1b2c3d]}
`

// A directory is linted as the command does it. Package report writes all that is in the result.
func ExampleRun() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.WriteFile(filepath.Join(dir, "app.yaml"), []byte(template), 0o600); err != nil {
		log.Fatal(err)
	}

	r, err := lint.Run(context.Background(), nil, lint.Options{Dir: dir, Region: "eu-west-1", Rules: []string{"attachment"}})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range r.Findings() {
		at, _ := r.Files.Location(f.Span)
		fmt.Printf("%s:%d %s of %s\n", at.File, at.StartLine, f.Rule.Name, f.Resource)
	}
	fmt.Println("fails:", r.Failed())
	// Output:
	// app.yaml:9 incomplete_vpc_config of Api
	// fails: true
}

// The networks alone, for a tool with questions of its own.
func ExampleRead() {
	in, err := lint.Read(context.Background(), []string{"../testdata/examples/cloudformation"}, lint.Options{Config: lint.NoConfig})
	if err != nil {
		log.Fatal(err)
	}
	for _, n := range in.Networks {
		fmt.Println(n.Root, "has", n.Functions.Len(), "function")
	}
	// Output:
	// ../testdata/examples/cloudformation/orders.yaml has 1 function
}
