package params

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
)

// FuzzRead: whatever the file, each value has a name and each place lies in the file, and reading again says the same.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		samConfig, "[default.deploy.parameters.parameter_overrides]\nA = 'x'\nB = [1, 2.5, 2026-01-01]\n", "a = 'é\n", "\ufeff[a.b]\r\nc = {d = \"\\u0000\"}",
	} {
		f.Add("samconfig.toml", text, "default")
	}
	for _, text := range []string{
		`[{"ParameterKey": "A", "ParameterValue": "x"}, {"ParameterKey": "B", "UsePreviousValue": true}]`, `["A=x", "B=\"y z", "ParameterKey=C,ParameterValue='d"]`,
		`{"Parameters": {"A": [1, null]}, "Tags": {}}`, "default: {deploy: {parameters: {parameter_overrides: A=x B=y}}}", "A: &a [x, *a]\nB: !Ref A\n", "- - a", "",
	} {
		f.Add("p.yaml", text, "")
		f.Add("p.json", text, "prod")
	}
	f.Fuzz(func(t *testing.T, name, text, environment string) {
		file := source.NewFileSet().Add(name, []byte(text))
		given, diagnostics := Read(file, environment)
		for _, d := range diagnostics {
			if !file.Holds(d.Span) || d.Message == "" {
				t.Errorf("%+v has no place or nothing to say", d)
			}
		}
		again, diagnosticsAgain := Read(file, environment)
		if !slices.Equal(given, again) {
			t.Error(cmp.Diff(given, again))
		}
		if diff := cmp.Diff(diagnostics, diagnosticsAgain); diff != "" {
			t.Error(diff)
		}
	})
}
