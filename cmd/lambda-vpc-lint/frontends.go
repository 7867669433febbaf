package main

import (
	"errors"
	"path"
	"path/filepath"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/tree"
)

// frontends are the languages that the program reads, the most specific first.
func frontends() []parsers.Frontend {
	return []parsers.Frontend{terraformFrontend(), planFrontend(), {
		Kind: "CloudFormation template",
		Flag: "parameter",
		// The content alone decides: discovery has looked at the name, and a named file may be called anything.
		Recognises: func(_ string, text []byte) bool { return cloudformation.IsTemplate(text, ".template") },
		Parse: func(s parsers.Sources) (parsers.Unit, []source.Diagnostic) {
			t, ds := cloudformation.Parse(s.Files[0])
			if t == nil || len(ds) > 0 {
				return nil, ds
			}
			return template{t}, nil
		},
	}}
}

// template is a CloudFormation template as a unit that can be deployed.
type template struct{ *cloudformation.Template }

// Calls is empty: what nested stacks it names is not looked into.
func (t template) Calls() []string { return nil }

// Network is the template alone, with the files it includes.
func (t template) Network(d parsers.Deployment) (*graph.Network, []source.Diagnostic) {
	b := graph.NewBuilder(d.Root, "cloudformation")
	stack := t.Lower(b, cloudformation.Bindings{
		Bindings: eval.Bindings{Given: d.Parameters, Region: d.Region},
		Include:  func(name string) (*tree.Node, error) { return include(d, b.Network(), name) },
	})
	return b.Link(), stack.Diagnostics
}

// include reads the local file that an AWS::Include names from the template's directory, for the network.
// https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
func include(d parsers.Deployment, n *graph.Network, name string) (*tree.Node, error) {
	f, err := d.File(path.Join(path.Dir(d.Root), filepath.ToSlash(name)))
	if err != nil {
		return nil, err
	}
	node, ds := tree.Read(f)
	if node == nil || len(ds) > 0 {
		return nil, errors.New(message(ds))
	}
	n.Directives = append(n.Directives, cloudformation.IncludedDirectives(f, node)...)
	return node, nil
}

func message(ds []source.Diagnostic) string {
	if len(ds) == 0 {
		return "it is empty"
	}
	return ds[0].Message
}
