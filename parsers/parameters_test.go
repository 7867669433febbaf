package parsers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers"
)

func TestParameterFiles(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want map[string]string
	}{
		"of the AWS CLI":          {`[{"ParameterKey": "Subnets", "ParameterValue": "a,b"}, {"ParameterKey": "Old", "UsePreviousValue": true}]`, map[string]string{"Subnets": "a,b"}},
		"of the deploy command":   {`["Subnets=a,b", "Query=x=y"]`, map[string]string{"Subnets": "a,b", "Query": "x=y"}},
		"of CodePipeline":         {`{"Parameters": {"Nat": "true"}, "Tags": {"a": "b"}}`, map[string]string{"Nat": "true"}},
		"as a mapping":            {`{"Count": 12345678901234567890, "Nat": true, "Subnets": ["a", "b"], "Path": "a\/b"}`, map[string]string{"Count": "12345678901234567890", "Nat": "true", "Subnets": "a,b", "Path": "a/b"}},
		"as YAML":                 {"Account: 012345678901\nDate: 2010-09-09\nSubnets:\n  - a\n  - b\n", map[string]string{"Account": "012345678901", "Date": "2010-09-09", "Subnets": "a,b"}},
		"in YAML's flow form":     {"{Nat: yes}", map[string]string{"Nat": "yes"}},
		"as a YAML list of pairs": {"- ParameterKey: A\n  ParameterValue: 1\n", map[string]string{"A": "1"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parsers.ReadParameters([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestParameterFilesThatAreNone(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "a text": "hello", "a list of numbers": "[1]", "a list without names": `["x"]`, "nested values": `{"A": {"B": "c"}}`,
		"broken": `{"A": `, "an alias bomb": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "a deep list": "[[[[[[[[[[[[1]]]]]]]]]]]]",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := parsers.ReadParameters([]byte(text)); err == nil {
				t.Errorf("got %v, want an error", got)
			}
		})
	}
}
