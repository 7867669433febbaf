package eval

import (
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
)

func TestConditionsAreDecidedOrWaitForTheirParameter(t *testing.T) {
	for _, test := range []struct{ condition, want string }{
		{"!Equals [a, a]", "always"},
		{"!Equals [a, b]", "never"},
		{"!Equals [1, '1']", "always"},
		{"!Equals [!Ref Flag, 'true']", "always"},
		{"!Equals [!Ref Name, '']", "Name="},
		{"!Equals ['', !Ref Empty]", "Empty="},
		{"!Equals [!Ref Env, test]", "never"},
		{"!Equals [!Ref Secret, hunter2]", "always"},
		{"!Equals [!Ref Vpc, '']", "never"},
		{"!Equals [!Ref Name, !Ref Name]", "always"},
		{"!Equals [!Ref Name, !Ref Env]", "\"${Env}\" equals \"${Name}\"=true"},
		{"!Equals [!Sub '${Name}-x', y-x]", "${Name}-x=y-x"},
		{"!Equals [!Sub '${Name}-x', y-z]", "never"},
		{"!Equals [!Select [0, !Ref Subnets], '']", "Subnets[0]="},
		{"!Equals [!Join ['', !Ref NoZones], '']", "Join(\"\",[…NoZones])="},
		{"!Equals [!If [Prod, a, b], a]", "Env=prod"},
		{"!Equals [!FindInMap [ByEnv, !Ref Env, nat], 'true']", "not(Env=dev)"},
		{"!Equals [!FindInMap [ByRegion, !Ref 'AWS::Region', ami], ami-0]", "never"},
		{"!And [!Condition Prod, !Condition Flagged]", "Env=prod"},
		{"!Or [!Condition Prod, !Equals [a, a]]", "always"},
		{"!Not [!Condition Prod]", "not(Env=prod)"},
		{"!Condition X", "Condition X=true"},
		{"!Foo X", "Condition(?@"},
		{"true", "always"},
	} {
		t.Run(test.condition, func(t *testing.T) {
			e,
				_ := evaluatorOf(t, Bindings{},
				strings.Replace(header, "Conditions:\n", "Conditions:\n  X: "+test.condition+"\n", 1))
			if got := e.Condition("X").String(); got != test.want && !strings.HasPrefix(test.want, "Condition(") {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestConditionsOnOneParameterExcludeEachOther(t *testing.T) {
	e, _ := evaluator(t, Bindings{}, "x")
	prod, dev := e.Condition("Prod"), e.Condition("Dev")
	outcomes := fact.Leaves(nil, 9, func(w *fact.World) fact.Verdict { return w.Holds(prod.And(dev)) },
		func(v fact.Verdict) []fact.Missing { return v.Missing })
	for _, v := range outcomes {
		if !v.IsFalse() {
			t.Errorf("prod and dev at once: %v", v)
		}
	}
	missing := (*fact.World)(nil).Holds(prod).Missing
	if len(missing) != 1 || missing[0].Kind != fact.Parameter || missing[0].Name != "Env" || !missing[0].Span.IsValid() {
		t.Errorf("Prod waits for %v", missing)
	}
}

func TestGivenValuesWinOverDefaults(t *testing.T) {
	given := Bindings{Given: map[string]string{"Env": "prod", "Empty": "", "Subnets": "subnet-1, subnet-2",
		"Flag": "false", "Secret": "topsecret"}, Region: "cn-north-1", AccountID: "012345678901"}
	for expression, want := range map[string]string{
		"!If [Prod, a, b]": "a", "!If [Flagged, a, b]": "b", "!If [HasEmpty, a, b]": "b",
		"!Ref Subnets": "[subnet-1, subnet-2]",
		"!Sub '${AWS::Region} ${AWS::Partition}'":    "cn-north-1 aws-cn",
		"!Sub '${AWS::AccountId} ${AWS::URLSuffix}'": "012345678901 amazonaws.com.cn",
		"!Ref Secret": "${Secret}", "!FindInMap [ByEnv, !Ref Env, nat]": "true",
		"!Select [0, !GetAZs cn-north-1]": "${AZ[0]}",
	} {
		e, n := evaluator(t, given, expression)
		if got := show(e, e.Eval(n)); got != want {
			t.Errorf("%s is %s, want %s", expression, got, want)
		}
	}
}
