package eval

import (
	"fmt"
	"strings"
	"testing"
)

func TestHostileTemplatesEndWithADiagnostic(t *testing.T) {
	double := "Conditions:\n  C0: !Equals [!Ref P, x]\n"
	for i := 1; i < 60; i++ {
		double += fmt.Sprintf("  C%d: !Or [!Condition C%d, !Not [!Condition C%d]]\n", i, i-1, i-1)
	}
	texts := "Resources:\n  V0: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: xxxxxxxxxxxxxxxx}}\n"
	for i := 1; i < 60; i++ {
		texts += fmt.Sprintf("  V%d: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Sub '${V%d.CidrBlock}${V%d.CidrBlock}'}}\n",
			i, i-1, i-1)
	}
	for _, test := range []struct{ name, text, want string }{
		{"a condition of itself", "Conditions:\n  C59: !Not [!Condition B]\n  B: !Not [!Condition C59]\n",
			`condition "C59" refers to itself`},
		{"conditions that double", double, "is too large"},
		{"loops in loops",
			"Resources:\n  'Fn::ForEach::A':\n  - A\n  - " + tens + "\n  - 'Fn::ForEach::B':\n    - B\n    - " + tens + "\n    - 'Fn::ForEach::C': [C, " + tens + ", {'Fn::ForEach::D': [D, " + tens + ", {'Fn::ForEach::E': [E, " + tens + ", {'R${A}${B}${C}${D}${E}': {Type: T}}]}]}]\n",
			"more than 100,000 values made by loops"},
		{"texts that double", texts, "more than 256 KiB of text in one value"},
		{"an attribute of itself",
			"Resources:\n  V59: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !GetAtt V59.CidrBlock}}\n", ""},
		{"a default of itself", "Parameters: {V59: {Type: String, Default: [!Ref V59]}}\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			e, _ := evaluatorOf(t, Bindings{}, test.text)
			e.Condition("C59")
			e.Eval(mustParse(t, "Outputs: {X: {Value: [!GetAtt V59.CidrBlock, !Ref V59]}}").Outputs[0].Value)
			said := ""
			for _, d := range e.Diagnostics() {
				said += d.Message + "\n"
			}
			if !strings.Contains(said, test.want) || (test.want == "") != (said == "") {
				t.Errorf("diagnostics %q, want %q", said, test.want)
			}
		})
	}
}

const tens = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, a, b, c, d, e, f]"
