// Package cdkgo builds the network that AWS CDK code written in Go describes. It is an analyzer of go/analysis, so the
// same rules run in an editor and under go vet, before anything is synthesized.
package cdkgo

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
)

// Network gives the network of one Go package, which counts as one deployment. The result is never nil; it has no nodes
// where the package makes no constructs.
var Network = &analysis.Analyzer{
	Name:       "cdknetwork",
	Doc:        "build the network that AWS CDK code written in Go describes",
	URL:        "https://github.com/lambda-vpc-lint/lambda-vpc-lint/blob/main/docs/cdk-go.md",
	ResultType: reflect.TypeFor[*graph.Network](),
	Run:        run,
}

func run(pass *analysis.Pass) (any, error) {
	b := graph.NewBuilder(pass.Pkg.Path(), "cdkgo")
	return b.Link(), nil
}
