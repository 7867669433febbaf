package parsers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/toy"
)

func TestFragmentsOfADirectoryAreOneDeployment(t *testing.T) {
	const (
		base     = "base.yaml: Resources: {Role: {Type: AWS::IAM::Role}}"
		function = "function.yaml: Resources: {F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}}"
		other    = "other.yaml: Resources: {Vpc: {Type: AWS::EC2::VPC}}"
		parent   = "parent.yaml: Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: base.yaml}}}"
		notice   = `function.yaml: this is a fragment of a template, as it does not define "Role": it cannot be told which ` +
			`others complete it, and nothing is concluded from what it does not hold; paths.fragments of the configuration can tell`
	)
	for name, c := range map[string]struct {
		files          []string
		paths          []string
		roots, notices []string
	}{
		"found":        {[]string{base, function, other}, []string{"."}, []string{"base.yaml", "other.yaml"}, nil},
		"named":        {[]string{base, function}, []string{"base.yaml", "function.yaml"}, []string{"base.yaml"}, nil},
		"not at hand":  {[]string{function, other}, []string{"."}, []string{"function.yaml", "other.yaml"}, []string{notice}},
		"not named":    {[]string{base, function}, []string{"function.yaml"}, []string{"function.yaml"}, []string{notice}},
		"nested alone": {[]string{base, function, parent}, []string{"."}, []string{"function.yaml", "parent.yaml"}, []string{notice}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := toy.Tree(t, c.files...)
			got := runNamed(t, dir, parsers.Options{Frontends: parsers.Languages()}, c.paths...)
			if d := cmp.Diff(outcome{c.roots, []string{}, append([]string{}, c.notices...)}, got); d != "" {
				t.Error(d)
			}
		})
	}
}
