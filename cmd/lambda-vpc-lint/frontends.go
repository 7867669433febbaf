package main

import (
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/cloudformation/eval"
)

// frontends are the languages that the program reads, the most specific first.
func frontends() []parsers.Frontend {
	return []parsers.Frontend{{
		Kind: "CloudFormation template",
		// The content alone decides: discovery has looked at the name, and a named file may be called anything.
		Recognises: func(_ string, text []byte) bool { return cloudformation.IsTemplate(text, ".template") },
		Parse: func(f *source.File) (parsers.Unit, []source.Diagnostic) {
			t, ds := cloudformation.Parse(f)
			if t == nil || len(ds) > 0 {
				return nil, ds
			}
			return template{t}, nil
		},
	}}
}

// template is a CloudFormation template as a unit that can be deployed.
type template struct{ *cloudformation.Template }

// Network is the template alone: what nested stacks it names is not looked into.
func (t template) Network(d parsers.Deployment) (*graph.Network, []source.Diagnostic) {
	b := graph.NewBuilder(d.Root, "cloudformation")
	stack := t.Lower(b, cloudformation.Bindings{Bindings: eval.Bindings{Given: d.Parameters, Region: d.Region}})
	return b.Link(), stack.Diagnostics
}
