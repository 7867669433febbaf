// Package params reads files that give values to the parameters of a template: those of the AWS CLI, of CodePipeline,
// plain maps, and the configuration of the SAM CLI.
package params

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
)

// Given is one value as the file gives it. A list is a text with commas, as CloudFormation takes it.
type Given struct {
	Name, Value string
}

// Read gives the parameters in the order of the file; of two of one name the later holds. environment chooses among the
// tables of a SAM configuration, "" is its "default". Every diagnostic is an error of the file.
//
// The forms, told apart by what is in the file:
//
//	[{"ParameterKey": "A", "ParameterValue": "x"}]   aws cloudformation create-stack --parameters
//	["A=x"]                                          aws cloudformation deploy --parameter-overrides
//	{"Parameters": {"A": "x"}, "Tags": {…}}          CodePipeline template configuration
//	{"A": "x"}                                       a plain map
//	default.deploy.parameters.parameter_overrides    samconfig.toml, samconfig.yaml
func Read(f *source.File, environment string) ([]Given, []source.Diagnostic) {
	r := &reader{file: f, environment: environment}
	if environment == "" {
		r.environment = "default"
	}
	if strings.HasSuffix(strings.ToLower(f.Name), ".toml") {
		if root := r.toml(); root != nil {
			r.samConfig(root)
		}
		return r.given, r.diagnostics
	}
	root, diagnostics := tree.Read(f)
	r.diagnostics = diagnostics
	switch inner := root.Get("Parameters"); {
	case root == nil:
	case inner != nil && inner.Kind != tree.Scalar:
		r.values(inner)
	case slices.ContainsFunc(root.Fields, isEnvironment):
		r.samConfig(root)
	default:
		r.values(root)
	}
	return r.given, r.diagnostics
}

type reader struct {
	file        *source.File
	environment string
	given       []Given
	diagnostics []source.Diagnostic
}

func (r *reader) fail(span source.Span, format string, args ...any) {
	d := source.Diagnostic{File: r.file.Name, Span: span, Message: fmt.Sprintf(format, args...)}
	r.diagnostics = append(r.diagnostics, d)
}

func (r *reader) add(name, value string) {
	r.given = append(r.given, Given{Name: name, Value: value})
}

// values reads a map, a list of key and value pairs, or a list of texts.
func (r *reader) values(n *tree.Node) {
	switch n.Kind {
	case tree.Mapping:
		for _, f := range n.Fields {
			r.value(f.Key, f.Value)
		}
	case tree.Sequence:
		for _, it := range n.Items {
			r.item(it)
		}
	case tree.Scalar:
		r.overrides(n.Text, n.Span)
	}
}

func (r *reader) item(n *tree.Node) {
	key := n.Get("ParameterKey").Literal()
	switch {
	case n.Kind == tree.Scalar && len(words(n.Text)) == 1:
		r.overrides(n.Text, n.Span)
	case n.Kind == tree.Scalar: // in a list, a value needs no quotes around its blanks
		r.override(n.Text, n.Span)
	case key == "":
		r.fail(n.Span, "a parameter is a mapping with ParameterKey and ParameterValue")
	case n.Get("ParameterValue") != nil:
		r.value(key, n.Get("ParameterValue"))
	case n.Get("UsePreviousValue") == nil:
		r.fail(n.Span, "parameter %q has no ParameterValue", key)
	}
}

func (r *reader) value(name string, n *tree.Node) {
	switch n.Kind {
	case tree.Null:
		r.add(name, "")
	case tree.Scalar:
		r.add(name, n.Text)
	case tree.Sequence:
		items := make([]string, len(n.Items))
		for i, it := range n.Items {
			if it.Kind != tree.Scalar {
				r.fail(it.Span, "parameter %q must be text or a list of texts", name)
			}
			items[i] = it.Text
		}
		r.add(name, strings.Join(items, ","))
	default:
		r.fail(n.Span, "parameter %q must be text or a list of texts", name)
	}
}
