package eval

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/fact"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/tree"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/symbol"
)

// header is the template that the expressions of these tests stand in.
const header = `
Transform: AWS::LanguageExtensions
Parameters:
  Name: {Type: String}
  Env: {Type: String, AllowedValues: [dev, prod]}
  Size: {Type: Number, Default: 010}
  Flag: {Type: String, Default: true}
  Empty: {Type: String, Default: ''}
  Vpc0: {Type: 'AWS::EC2::VPC::Id'}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Zones: {Type: CommaDelimitedList, Default: 'a, b,c'}
  NoZones: {Type: CommaDelimitedList, Default: ''}
  Image: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /ami}
  Secret: {Type: String, NoEcho: true, Default: hunter2}
Mappings:
  ByEnv: {dev: {cidr: 10.1.0.0/16, nat: 'false'}, prod: {cidr: 10.2.0.0/16, nat: 'true'}}
  ByRegion: {us-east-1: {ami: ami-1}, us-east-2: {ami: ami-2}, us-west-1: {ami: ami-3}, us-west-2: {ami: ami-4}, eu-west-1: {ami: ami-5}, eu-west-2: {ami: ami-6}, eu-west-3: {ami: ami-7}, eu-north-1: {ami: ami-8}, sa-east-1: {ami: ami-9}}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  Dev: !Equals [!Ref Env, dev]
  Flagged: !Equals [!Ref Flag, true]
  HasEmpty: !Not [!Equals [!Ref Empty, '']]
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [0, !GetAZs '']}}
  Role: {Type: 'AWS::IAM::Role'}
  Nested: {Type: 'AWS::CloudFormation::Stack'}
`

// evaluator is one for header with an output X of the given expression.
func evaluator(t testing.TB, b Bindings, expression string) (*Evaluator, *tree.Node) {
	t.Helper()
	return evaluatorOf(t, b, header+"Outputs:\n  X:\n    Value: "+expression+"\n")
}

func evaluatorOf(t testing.TB, b Bindings, text string) (*Evaluator, *tree.Node) {
	t.Helper()
	root, diagnostics := tree.Read(source.NewFileSet().Add("t.yaml", []byte(text)))
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	template, diagnostics := Parse(root)
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	include := func(path string) (*tree.Node, error) {
		text, ok := map[string]string{
			"part.yaml": "CidrBlock: 10.9.0.0/16\nName: !Ref Size\n",
			"self.yaml": "Fn::Transform: {Name: AWS::Include, Parameters: {Location: self.yaml}}\n",
		}[path]
		if !ok {
			return nil, errors.New("no such file")
		}
		n, _ := tree.Read(source.NewFileSet().Add(path, []byte(text)))
		return n, nil
	}
	return New(template, b, symbol.NewTable(), include), root.Get("Outputs").Get("X").Get("Value")
}

// show writes v on one line: ${symbol}, open lists with what they wait for, choices as (condition ? then : else).
func show(e *Evaluator, v Value) string {
	switch v.Kind {
	case Text:
		return e.table.Text(v.Text).String()
	case List:
		parts := []string{}
		for _, it := range v.Items {
			parts = append(parts, show(e, it))
		}
		for _, g := range v.Open {
			parts = append(parts, "…"+names(g.Missing))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case Map:
		parts := []string{}
		for _, f := range v.Fields {
			parts = append(parts, f.Name+": "+show(e, f.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case Choice:
		return "(" + v.When.String() + " ? " + show(e, *v.Then) + " : " + show(e, *v.Else) + ")"
	case Unknown:
		return "unknown " + names(v.Missing)
	}
	return "absent"
}

func names(ms []fact.Missing) string {
	var out []string
	for _, m := range ms {
		out = append(out, string(m.Kind)+" "+m.Name)
	}
	return strings.Join(out, ", ")
}

func TestIntrinsicFunctions(t *testing.T) {
	for _, test := range []struct{ expression, want string }{
		// Ref and parameters
		{"!Ref Vpc", "${Vpc}"},
		{"!Ref Name", "${Name}"},
		{"!Ref Size", "010"},
		{"!Ref Flag", "true"},
		{"!Ref Empty", "${Empty}"},
		{"!Ref Subnets", "[…parameter Subnets]"},
		{"!Ref Zones", "[a, b, c]"},
		{"!Ref NoZones", "[…parameter NoZones]"},
		{"!Ref Image", "${resolve:ssm:/ami}"},
		{"!Ref Secret", "${Secret}"},
		{"!Ref Elsewhere", "${Elsewhere}"},
		{"!Ref AWS::Region", "${AWS::Region}"},
		{"!Ref AWS::Partition", "${AWS::Partition}"},
		{"!Ref AWS::NoValue", "absent"},
		{"!Ref AWS::NotificationARNs", "[…pseudo AWS::NotificationARNs]"},
		{"{Ref: !Sub 'V${Empty}'}", "unknown intrinsic Ref"},
		{"{Ref: !Join ['', [V, pc]]}", "${Vpc}"},
		{"{Ref: {'Fn::Sub': ['V${T}', {T: pc}]}}", "${Vpc}"},
		// Fn::GetAtt
		{"!GetAtt Role.Arn", "${Role.Arn}"},
		{"!GetAtt [Role, Arn]", "${Role.Arn}"},
		{"!GetAtt Elsewhere.Arn", "${Elsewhere.Arn}"},
		{"!GetAtt Nested.Outputs.VpcId", "${Nested.Outputs.VpcId}"},
		{"!GetAtt Vpc.CidrBlock", "10.0.0.0/16"},
		{"!GetAtt Subnet.VpcId", "${Vpc}"},
		{"!GetAtt Subnet.AvailabilityZone", "${AZ[0]}"},
		{"!GetAtt Role", "unknown intrinsic Fn::GetAtt"},
		// Fn::Sub and Fn::Join
		{"!Sub 'arn:${AWS::Partition}:s3:::${Name}/${!literal}/${Role.Arn}'",
			"arn:${AWS::Partition}:s3:::${Name}/${literal}/${Role.Arn}"},
		{"!Sub ['${A}-${Size}', {A: !Join ['', [x, y]]}]", "xy-010"},
		{"!Sub '$ { ${} ${Open'", "$ { ${} ${Open"},
		{"!Sub 'x-${Zones}'", "x-a,b,c"},
		{"!Join ['.', [com.amazonaws, !Ref 'AWS::Region', s3]]", "com.amazonaws.${AWS::Region}.s3"},
		{"!Join [',', !Ref Subnets]", "${Join(\",\",[…Subnets])}"},
		{"!Join ['-', [a, !If [Prod, b, !Ref 'AWS::NoValue'], c]]", "(Env=prod ? a-b-c : a-c)"},
		{"!Join ['-', [!If [Prod, a, b], !If [Prod, c, d]]]", "(Env=prod ? a-c : b-d)"},
		{"!Sub ['${A}', {A: {B: c}}]", "${Sub({\"B\":\"c\"})}"},
		// Fn::Split and Fn::Select
		{"!Split [',', 'a,b,']", "[a, b, ]"},
		{"!Split [',', !Sub '${Vpc0},${Subnet}']", "[${Vpc0}, ${Subnet}]"},
		{"!Split ['.', !Sub 'a.${AWS::Region}.b']", "[a, ${AWS::Region}, b]"},
		{"!Split [',', !Sub 'a,${Name}']", "[a, …parameter Name]"},
		{"!Select [1, !Ref Zones]", "b"},
		{"!Select [1, !Ref Subnets]", "${Subnets[1]}"},
		{"!Select [3, !Ref Zones]", "unknown intrinsic Fn::Select"},
		{"!Select [!Ref Name, !Ref Zones]", "${Select(\"${Name}\",[\"a\",\"b\",\"c\"])}"},
		{"!Select [0, !Split ['/', !Ref 'AWS::StackId']]", "${Split(\"/\",\"${AWS::StackId}\")[0]}"},
		{"!Select [2, !GetAZs '']", "${AZ[2]}"},
		{"!Select [2, !GetAZs {Ref: 'AWS::Region'}]", "${AZ[2]}"},
		{"!Select [2, !GetAZs eu-west-1]", "${AZ(eu-west-1)[2]}"},
		{"!Select [0, [!If [Prod, a, !Ref 'AWS::NoValue'], b]]", "(Env=prod ? a : b)"},
		// Fn::If
		{"!If [Flagged, yes, no]", "yes"},
		{"!If [Prod, 2, 1]", "(Env=prod ? 2 : 1)"},
		{"!If [Prod, same, same]", "same"},
		{"[a, !If [Prod, b, !Ref 'AWS::NoValue'], !Ref 'AWS::NoValue']", "[a, (Env=prod ? b : absent)]"},
		{"{A: !Ref 'AWS::NoValue', B: c, D: null}", "{B: c}"},
		{"!If [Nowhere, a, b]", "(Condition Nowhere=true ? a : b)"},
		// Fn::FindInMap
		{"!FindInMap [ByEnv, prod, cidr]", "10.2.0.0/16"},
		{"!FindInMap [ByEnv, !Ref Env, cidr]", "(Env=dev ? 10.1.0.0/16 : 10.2.0.0/16)"},
		{"!FindInMap [ByRegion, !Ref 'AWS::Region', ami]",
			"${FindInMap(\"\",\"ByRegion\",\"${AWS::Region}\",\"ami\")}"},
		{"!FindInMap [ByEnv, test, cidr]", "unknown intrinsic Fn::FindInMap"},
		{"!FindInMap [ByEnv, test, cidr, {DefaultValue: 10.3.0.0/16}]", "10.3.0.0/16"},
		{"!FindInMap [Elsewhere, test, cidr]", "unknown intrinsic Fn::FindInMap"},
		// Fn::Cidr, Fn::Base64, Fn::Length, Fn::ToJsonString
		{"!Cidr [!GetAtt Vpc.CidrBlock, 3, 8]", "[10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24]"},
		{"!Cidr ['2001:db8::/56', 2, 64]", "[2001:db8::/64, 2001:db8:0:1::/64]"},
		{"!Select [1, !Cidr [!Ref Name, 2, 8]]", "${Cidr(\"${Name}\",\"8\")[1]}"},
		{"!Cidr [10.0.0.0/16, 300, 8]", "unknown intrinsic Fn::Cidr"},
		{"!Base64 abc", "YWJj"},
		{"!Base64 {Ref: Name}", "${Base64(\"${Name}\")}"},
		{"{'Fn::Length': !Ref Zones}", "3"},
		{"{'Fn::Length': !Ref Subnets}", "${Length([…Subnets])}"},
		{"{'Fn::ToJsonString': {A: [1, x]}}", `{"A":["1","x"]}`},
		// what comes from elsewhere
		{"!ImportValue Network-Vpc", "${import:Network-Vpc}"},
		{"!ImportValue {'Fn::Sub': '${Name}-Vpc'}", "${import:${Name}-Vpc}"},
		{"'x-{{resolve:ssm:/vpc/id:1}}-y'", "x-${resolve:ssm:/vpc/id:1}-y"},
		{"!Sub '{{resolve:ssm:/${Env}/vpc}}'", "${resolve:ssm:/${Env}/vpc}"},
		{"{'Fn::Transform': {Name: Mine, Parameters: {A: b}}}", "unknown macro Mine"},
		{"{A: b, 'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: 's3://bucket/x'}}}",
			"unknown macro AWS::Include"},
		{"{'Fn::Invented': [a]}", "unknown intrinsic Fn::Invented"},
		{"{Condition: {Bool: x}}", "{Condition: {Bool: x}}"},
		// loops
		{"{'Fn::ForEach::L': [Z, !Ref Zones, {'Zone${Z}': [!Ref Z, '&{Z}', !Sub 'x-${Z}-${Size}']}]}",
			"{Zonea: [a, a, x-a-010], Zoneb: [b, b, x-b-010], Zonec: [c, c, x-c-010]}"},
		{"{'Fn::ForEach::L': [Z, [a-1, b/2], {'&{Z}': '${Z}'}]}", "{a1: a-1, b2: b/2}"},
		{"{'Fn::ForEach::L': [Z, [a, b], {'Fn::ForEach::M': [Y, [1, 2], {'${Z}${Y}': x}]}]}",
			"{a1: x, a2: x, b1: x, b2: x}"},
		{"{'Fn::ForEach::L': [Z, !Ref Subnets, {'${Z}': x}]}", "unknown parameter Subnets"},
		{"\"a\\uE000b\\uE001\"", "a\ufffdb\ue001"},
	} {
		t.Run(test.expression, func(t *testing.T) {
			e, n := evaluator(t, Bindings{}, test.expression)
			if got := show(e, e.Eval(n)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestNestedStacksHaveTheirOwnNames(t *testing.T) {
	parent, _ := evaluator(t, Bindings{}, "x")
	zones := parent.Eval(&tree.Node{Kind: tree.Mapping,
		Fields: []tree.Field{{Key: "Ref", Value: &tree.Node{Kind: tree.Scalar, Text: "Subnets"}}}})
	b := Bindings{
		Scope: "Child",
		Parameters: map[string]Value{"Env": {Kind: Text, Text: "dev"}, "Subnets": zones,
			"Vpc0": parent.ref("Vpc", source.Span{})},
		Outputs: func(address, output string) (Value, bool) {
			return Value{Kind: Text, Text: address + "/" + output}, output == "VpcId"
		},
		Imports: func(name string) (Value, bool) { return Value{Kind: Text, Text: "vpc-1"}, name == "Here" },
	}
	for expression, want := range map[string]string{
		"!Ref Vpc": "${Child.Vpc}", "!Ref Name": "${Child.Name}", "!Ref Env": "dev",
		"!Ref Subnets": "[…parameter Subnets]", "!Ref Empty": "",
		"!Ref Vpc0": "${Vpc}", "!GetAtt Role.Arn": "${Child.Role.Arn}", "!Ref AWS::Region": "${AWS::Region}",
		"!Ref AWS::StackName":          "${Child.AWS::StackName}",
		"!GetAtt Nested.Outputs.VpcId": "Child.Nested/VpcId",
		"!GetAtt Nested.Outputs.Other": "${Child.Nested.Outputs.Other}",
		"!ImportValue Here":            "vpc-1", "!ImportValue There": "${import:There}",
	} {
		e, n := evaluator(t, b, expression)
		e.table = parent.table
		if got := show(e, e.Eval(n)); got != want {
			t.Errorf("%s is %s, want %s", expression, got, want)
		}
	}
}

func TestLoopsMakeResourcesConditionsAndOutputs(t *testing.T) {
	text := `
Transform: AWS::LanguageExtensions
Parameters: {Subnets: {Type: CommaDelimitedList}}
Conditions: {'Fn::ForEach::C': [I, [1, 2], {'C${I}': !Equals ['${I}', 1]}]}
Resources:
  Vpc: {Type: 'AWS::EC2::VPC'}
  'Fn::ForEach::S': [I, [1, 2], {'Subnet${I}': {Type: 'AWS::EC2::Subnet', Condition: 'C${I}', Properties: {VpcId: !Ref Vpc}}}]
  'Fn::ForEach::U': [I, !Ref Subnets, {'Other${I}': {Type: 'AWS::EC2::Subnet'}}]
Outputs:
  X: {Value: !Ref Subnet2}
  'Fn::ForEach::O': [I, [1, 2], {'Out${I}': {Value: !GetAtt ['Subnet${I}', SubnetId]}}]
`
	e, _ := evaluatorOf(t, Bindings{}, text)
	var got []string
	for _, r := range e.Template().Resources {
		got = append(got, fmt.Sprintf("%s %s %s", r.ID, e.Condition(r.Condition), strings.Join(e.Depends(r), " ")))
	}
	for _, o := range e.Template().Outputs {
		got = append(got, o.Name+" "+show(e, e.Eval(o.Value)))
	}
	got = append(got, names(e.Open()))
	want := []string{"Vpc always ", "Subnet1 always Vpc", "Subnet2 never Vpc", "X ${Subnet2}",
		"Out1 ${Subnet1.SubnetId}", "Out2 ${Subnet2.SubnetId}", "parameter Subnets"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(e.t.Resources) == len(New(mustParse(t, text), Bindings{Given: map[string]string{"Subnets": "a,b"}}, symbol.NewTable(), nil).t.Resources) {
		t.Error("a given collection makes no resources")
	}
}

func mustParse(t *testing.T, text string) *Template {
	root, _ := tree.Read(source.NewFileSet().Add("t.yaml", []byte(text)))
	template, _ := Parse(root)
	return template
}

func TestIncludesOfLocalFilesAreRead(t *testing.T) {
	for _, test := range []struct{ file, want, said string }{
		{"part.yaml", "{A: b, CidrBlock: 10.9.0.0/16, Name: 010}", ""},
		{"other.yaml", "unknown macro AWS::Include", `cannot include "other.yaml": no such file`},
		{"self.yaml", "unknown macro AWS::Include", `"self.yaml" includes itself`},
	} {
		e,
			n := evaluator(t, Bindings{},
			"{A: b, 'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: "+test.file+"}}}")
		got, said := show(e, e.Eval(n)), ""
		for _, d := range e.Diagnostics() {
			said += d.Message
		}
		if got != test.want || said != test.said {
			t.Errorf("%s gives %s and says %q", test.file, got, said)
		}
	}
}

func TestAnIncludeOfTheWholeTemplateAddsToItsSections(t *testing.T) {
	e,
		_ := evaluatorOf(t, Bindings{},
		"Transform: [{Name: 'AWS::Include', Parameters: {Location: s3://b/x}}]\nResources:\n  A: {Type: T}\n  'Fn::Transform': {Name: Mine}\n")
	if got := names(e.Open()); got != "macro AWS::Include, macro Mine" {
		t.Errorf("the network is open for %q", got)
	}
}

func TestDependenciesAreDirect(t *testing.T) {
	e, _ := evaluatorOf(t, Bindings{Scope: "S"}, `
Parameters: {P: {Type: String}}
Resources:
  A: {Type: T, DependsOn: [B, Nowhere], Properties: {X: !If [C, !Ref C, !Sub ['${D.Arn} ${V} ${P} ${A}', {V: !GetAtt [E, Arn]}]],
    Y: [{Ref: !Sub G}, !GetAtt [!Sub H, Arn]]}}
  B: {Type: T, DependsOn: F}
  C: {Type: T}
  D: {Type: T}
  E: {Type: T}
  F: {Type: T}
  G: {Type: T}
  H: {Type: T}
`)
	want := []string{"S.B", "S.C", "S.D", "S.E", "S.G", "S.H"}
	if diff := cmp.Diff(want, e.Depends(e.t.Resources[0])); diff != "" {
		t.Error(diff)
	}
}
