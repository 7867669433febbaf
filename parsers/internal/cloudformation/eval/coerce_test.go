package eval

import (
	"fmt"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/read"
)

func showList(e *Evaluator, l fact.List[Value]) string {
	var parts []string
	for _, it := range l.Items {
		parts = append(parts, it.When.String()+": "+show(e, it.Value))
	}
	for _, g := range l.Open {
		parts = append(parts, g.When.String()+": …"+names(g.Missing))
	}
	return strings.Join(parts, "; ")
}

func TestListsAreReadAsCloudFormationReadsThem(t *testing.T) {
	for _, test := range []struct{ expression, want string }{
		{"[!Ref Subnet, subnet-1]", "always: ${Subnet}; always: subnet-1"},
		{"!Ref Subnet", "always: ${Subnet}"},
		{"!Ref Name", "always: ${Name}"},
		{"subnet-1", "always: subnet-1"},
		{"{A: b}", "always: {A: b}"},
		{"!Ref Subnets", "always: …parameter Subnets"},
		{"[!Ref Subnets, x]", "always: x; always: …parameter Subnets"},
		{"[!Ref Zones, x]", "always: a; always: b; always: c; always: x"},
		{"!Split [',', !ImportValue Ids]", "always: …import Ids"},
		{"!ImportValue Ids", "always: …import Ids"},
		{"[!ImportValue Id]", "always: ${import:Id}"},
		{"!GetAtt Role.SubnetIds", "always: …attribute Role.SubnetIds"},
		{"!GetAtt Role.GroupId", "always: ${Role.GroupId}"},
		{"[a, !If [Prod, b, !Ref 'AWS::NoValue'], !If [Prod, [c, d], [e]]]",
			"always: a; Env=prod: b; Env=prod: c; Env=prod: d; not(Env=prod): e"},
		{"!If [Prod, [a], !Ref Subnets]", "Env=prod: a; not(Env=prod): …parameter Subnets"},
		{"!If [Prod, [!If [Flagged, a, b], c], []]", "Env=prod: a; Env=prod: c"},
		{"{'Fn::Invented': x}", "always: …intrinsic Fn::Invented"},
		{"[]", ""},
		{"null", ""},
	} {
		t.Run(test.expression, func(t *testing.T) {
			e, n := evaluator(t, Bindings{}, test.expression)
			l := read.Flatten(e.table, e.Eval(n))
			if got := showList(e, l); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if l.IsSet != (test.expression != "null") {
				t.Errorf("IsSet is %v", l.IsSet)
			}
		})
	}
}

const misplaced = "unknown intrinsic a list or map in place of one value"

func TestScalarsAreReadAsCloudFormationReadsThem(t *testing.T) {
	for _, test := range []struct{ expression, text, boolean, integer string }{
		{"'true'", "true", "true", "unknown intrinsic \"true\""},
		{"False", "False", "false", "unknown intrinsic \"False\""},
		{"30", "30", "unknown intrinsic \"30\"", "30"},
		{"30.0", "30.0", "unknown intrinsic \"30.0\"", "30"},
		{"!Ref Name", "${Name}", "unknown parameter Name", "unknown parameter Name"},
		{"null", "unset", "unset", "unset"},
		{"[7]", misplaced, misplaced, misplaced},
		{"[a, b]", misplaced, misplaced, misplaced},
		{"!FindInMap [Elsewhere, a, b]", "unknown intrinsic Fn::FindInMap", "unknown intrinsic Fn::FindInMap",
			"unknown intrinsic Fn::FindInMap"},
	} {
		t.Run(test.expression, func(t *testing.T) {
			e, n := evaluator(t, Bindings{}, test.expression)
			v := e.Eval(n)
			for _, got := range [][2]string{
				{state(read.Text(e.table, v)), test.text}, {state(read.Bool(e.table, v)), test.boolean},
				{state(read.Int(e.table, v)), test.integer},
			} {
				if got[0] != got[1] {
					t.Errorf("got %s, want %s", got[0], got[1])
				}
			}
		})
	}
}

func state[T any](v fact.Value[T]) string {
	content, ok := v.Get(nil)
	switch {
	case ok.IsTrue():
		return fmt.Sprint(content)
	case ok.IsFalse():
		return "unset"
	}
	return "unknown " + names(ok.Missing)
}

func TestAChoiceOfTextsIsOneInEachWorld(t *testing.T) {
	e, n := evaluator(t, Bindings{}, "!If [Prod, 'true', !Ref 'AWS::NoValue']")
	v := read.Bool(e.table, e.Eval(n))
	got := map[string]bool{}
	for _, outcome := range fact.Leaves(nil, 9, func(w *fact.World) fact.Value[bool] { return v.In(w) }, func(v fact.Value[bool]) []fact.Missing {
		_, ok := v.Get(nil)
		return ok.Missing
	}) {
		got[state(outcome)] = true
	}
	if len(got) != 2 || !got["true"] || !got["unset"] {
		t.Errorf("outcomes are %v", got)
	}
}

func TestMacrosAreToldFromTransformsThatAreKnown(t *testing.T) {
	template := mustParse(t,
		"Transform: [AWS::Serverless-2016-10-31, {Name: Mine}, AWS::SecretsManager-2020-07-23, AWS::LanguageExtensions]\n")
	var macros []string
	for _, x := range template.Transforms {
		if x.IsMacro() {
			macros = append(macros, x.Name)
		}
	}
	if len(macros) != 1 || macros[0] != "Mine" {
		t.Errorf("macros are %v", macros)
	}
}
