package cloudformation_test

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/cloudformation/eval"
)

func parse(t testing.TB, name, text string) *cloudformation.Template {
	t.Helper()
	template, diagnostics := cloudformation.Parse(source.NewFileSet().Add(name, []byte(text)))
	if len(diagnostics) > 0 {
		t.Fatalf("%s: %v", name, diagnostics)
	}
	return template
}

func TestDirectivesOfNestedStacksHaveTheirAddresses(t *testing.T) {
	template := parse(t, "template.yaml", `
Metadata: {lambda-vpc-lint: {ignore: a}}
Resources:
  # lambda-vpc-lint:ignore b for Api
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml}}
`)
	for scope, want := range map[string]string{"": "a@, b@Child", "Net": "a@, b@Net.Child"} {
		b := graph.NewBuilder("template.yaml", "cloudformation")
		template.Lower(b, cloudformation.Bindings{Bindings: eval.Bindings{Scope: scope}})
		var got []string
		for _, d := range b.Network().Directives {
			got = append(got, d.Rules[0]+"@"+d.Address)
			equal(t, "what "+d.Rules[0]+" is read for", d.Within, scope)
		}
		equal(t, "directives", strings.Join(got, ", "), want)
	}
}

func TestNestedStacksNameEachOthersResources(t *testing.T) {
	parent := parse(t, "parent.yaml", `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Vpc: !Ref Vpc}}}
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !GetAtt Child.Outputs.Subnet, RouteTableId: rtb-1}
`)
	child := parse(t, "child.yaml", `
Parameters: {Vpc: {Type: AWS::EC2::VPC::Id}}
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
Outputs: {Subnet: {Value: !Ref Subnet}}
`)
	b := graph.NewBuilder("parent.yaml", "cloudformation")
	parent.Lower(b, cloudformation.Bindings{Files: cloudformation.Files{
		Open: func(s cloudformation.NestedStack) (*cloudformation.Template, cloudformation.Files) {
			equal(t, "path", s.Path(), "child.yaml")
			return child, cloudformation.Files{}
		},
	}})
	n := b.Network()
	equal(t, "VPC of the child's subnet", id(only(t, &n.Subnets).VPC), "Vpc")
	equal(t, "subnet of the parent's association", id(only(t, &n.RouteTableAssociations).Subnet), "Child.Subnet")
	if n.Head("Vpc").Exported != nil {
		t.Error("what is passed to a nested stack of the deployment does not leave it")
	}
}

func TestYAMLAndJSONGiveTheSameNetwork(t *testing.T) {
	build := func(name, text string) *graph.Network {
		b := graph.NewBuilder("template", "cloudformation")
		stack := parse(t, name, text).Lower(b, cloudformation.Bindings{})
		if len(stack.Diagnostics) > 0 {
			t.Fatalf("%s: %v", name, stack.Diagnostics)
		}
		return b.Network()
	}
	yaml := build("t.yaml", `
Parameters: {Stage: {Type: String}}
Conditions: {Production: !Equals [!Ref Stage, prod]}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSupport: true}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: g
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: !GetAtt Vpc.CidrBlock}]
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Sub "arn:${AWS::Partition}:iam::123456789012:role/r"
      VpcConfig: !If [Production, {SubnetIds: [subnet-1], SecurityGroupIds: [!Ref Group]}, !Ref AWS::NoValue]
`)
	json := build("t.json", `{
"Parameters": {"Stage": {"Type": "String"}},
"Conditions": {"Production": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
"Resources": {
  "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": "true"}},
  "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {
    "GroupDescription": "g", "VpcId": {"Ref": "Vpc"},
    "SecurityGroupEgress": [{"IpProtocol": "tcp", "FromPort": "443", "ToPort": 443, "CidrIp": {"Fn::GetAtt": ["Vpc", "CidrBlock"]}}]}},
  "Function": {"Type": "AWS::Lambda::Function", "Properties": {
    "Role": {"Fn::Sub": "arn:${AWS::Partition}:iam::123456789012:role/r"},
    "VpcConfig": {"Fn::If": ["Production", {"SubnetIds": ["subnet-1"], "SecurityGroupIds": [{"Ref": "Group"}]}, {"Ref": "AWS::NoValue"}]}}}
}}`)
	everything := cmp.Exporter(func(reflect.Type) bool { return true })
	places := cmp.Comparer(func(a, b source.Span) bool { return a.IsValid() == b.IsValid() })
	if diff := cmp.Diff(yaml, json, everything, places); diff != "" {
		t.Errorf("networks (-YAML +JSON)\n%s", diff)
	}
}

func TestTheNetworkDoesNotDependOnHowManyGoroutinesLower(t *testing.T) {
	var text strings.Builder
	text.WriteString("Parameters: {Subnets: {Type: CommaDelimitedList}}\nResources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n")
	for i := range 300 {
		fmt.Fprintf(&text, "  Function%[1]d: {Type: AWS::Lambda::Function, Properties: {Timeout: x, Role: !GetAtt Role%[1]d.Arn, VpcConfig: {SubnetIds: !Ref Subnets, SecurityGroupIds: [!Ref Group%[1]d, !Ref Elsewhere, word]}}}\n", i)
		fmt.Fprintf(&text, "  Group%[1]d: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}\n", i)
	}
	template := parse(t, "t.yaml", text.String())
	lower := func(processors int) (*graph.Network, []source.Diagnostic) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		b := graph.NewBuilder("template", "cloudformation")
		stack := template.Lower(b, cloudformation.Bindings{})
		return b.Network(), stack.Diagnostics
	}
	alone, said := lower(1)
	if len(said) != 301 {
		t.Errorf("%d diagnostics, want one for each function, and one for all that is not defined", len(said))
	}
	for range 5 {
		together, saidTogether := lower(4)
		if !reflect.DeepEqual(alone, together) || !reflect.DeepEqual(said, saidTogether) {
			t.Fatal("several goroutines make another network than one")
		}
	}
}

func TestAPropertyOfTheWrongTypeIsSaid(t *testing.T) {
	template := parse(t, "t.yaml", "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {EnableDnsSupport: maybe}}}")
	stack := template.Lower(graph.NewBuilder("t.yaml", "cloudformation"), cloudformation.Bindings{})
	if len(stack.Diagnostics) != 1 {
		t.Fatalf("diagnostics are %v", stack.Diagnostics)
	}
	equal(t, "message", stack.Diagnostics[0].Message, `resource "Vpc": EnableDnsSupport must be a boolean`)
}

func TestResourcesFromALoopAreNotImplicit(t *testing.T) {
	n := network(t, `
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Resources:
  Fn::ForEach::Zones:
    - Zone
    - [A, B]
    - Subnet${Zone}: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, Tags: [{Key: Name, Value: !Sub "z-${Zone}"}]}}
`)
	var got []string
	for s := range n.Subnets.All() {
		got = append(got, s.Address+" "+s.Tags["Name"])
		if s.Implicit {
			t.Errorf("%s is written in the template", s.Address)
		}
	}
	if diff := cmp.Diff([]string{"SubnetA z-A", "SubnetB z-B"}, got); diff != "" {
		t.Errorf("subnets (-want +got)\n%s", diff)
	}
}
