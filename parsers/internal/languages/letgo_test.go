package languages

import (
	"context"
	"slices"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/frontend"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/deploy"
	units "github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/unit"
)

// A unit is let go with its network if no other unit and no library may ask for it.
func TestUnitsAreLetGo(t *testing.T) {
	const (
		topic    = "Resources: {T: {Type: AWS::SNS::Topic}}\n"
		switched = "Parameters: {P: {Type: String, Default: a}}\nConditions: {C: !Equals [!Ref P, a]}\n" +
			"Resources: {F: {Type: AWS::Lambda::Function, Properties: {VpcConfig: " +
			"!If [C, {SubnetIds: [s]}, !Ref AWS::NoValue]}}}\n"
		queue    = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\nresource \"aws_sqs_queue\" \"q\" {}\n"
		nests    = "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Ref U}}}\n"
		state    = "data \"terraform_remote_state\" \"s\" {\n  backend = \"local\"\n}\n"
		callable = "variable \"v\" {\n  default = 1\n}\nresource \"aws_sqs_queue\" \"q\" {}\n"
	)
	for name, c := range map[string]struct {
		files map[string]string
		gone  []string
	}{
		"units that are apart": {map[string]string{"a.yaml": topic, "b/main.tf": queue}, []string{"a.yaml", "b"}},
		"a library": {
			map[string]string{"a.yaml": switched, "b/main.tf": callable, "c/main.tf": queue}, []string{"c"},
		},
		"a template that takes": {map[string]string{
			"a.yaml": topic, "b/main.tf": queue, "c.yaml": topic + "Outputs: {O: {Value: !ImportValue x}}\n",
		}, nil},
		"a template that nests": {map[string]string{
			"a.yaml": topic, "c.yaml": nests,
		}, nil},
		"a module that takes": {map[string]string{
			"a.yaml": topic, "b/main.tf": queue, "c/main.tf": queue + state,
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var inputs []units.Input
			for name, text := range c.files {
				inputs = append(inputs, units.Input{Name: name, Text: []byte(text), Reason: units.Found})
			}
			set := source.NewFileSet()
			alone := func(string) string { return "" }
			read, _ := units.Read(context.Background(), set, inputs, All(), units.Options{Together: alone})
			before := map[*units.Unit]any{}
			for _, u := range read.All {
				before[u] = held(u.Parsed)
			}
			user := deploy.Known{Values: func(string) frontend.Values { return frontend.Values{} }}
			use := func(n *graph.Network, _ int) *graph.Network { return n }
			out := deploy.Units(context.Background(), set, read, user, deploy.Share{}, use, nil)
			if len(out.Errors) > 0 || len(out.Networks) != len(c.files) {
				t.Fatal(len(out.Networks), out.Errors)
			}
			for _, u := range read.All {
				if gone := held(u.Parsed) != before[u]; gone != slices.Contains(c.gone, u.Name) {
					t.Errorf("%s is let go: %v", u.Name, gone)
				}
			}
		})
	}
}

// held is what a unit holds of its files.
func held(p frontend.Parsed) any {
	if m, ok := p.(*module); ok {
		return m.Module
	}
	return p.(*template).Template
}
