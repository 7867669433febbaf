package lint_test

import (
	"strings"
	"testing"
)

// TestParametersOfOtherRootModulesAreRead: a parameter of Systems Manager has the value that exactly one root module
// writes. What is written there leaves its root module, so that others may add to it.
func TestParametersOfOtherRootModulesAreRead(t *testing.T) {
	write := func(name, value string) string {
		return "resource \"aws_ssm_parameter\" \"" + name + "\" {\n  name = \"/shop/" + name + "\"\n  type = \"String\"\n  value = " + value + "\n}\n"
	}
	const (
		find = "data \"aws_ssm_parameter\" \"subnets\" {\n  name = \"/shop/subnets\"\n}\n"
		ids  = "split(\",\", data.aws_ssm_parameter.subnets.value)"
		id   = "\"sg-0123456789abcdef0\""
	)
	list := write("subnets", "join(\",\", [aws_subnet.public.id])")
	check(t, []sample{
		{"a list of subnets", map[string]string{
			"network/main.tf": network + list, "app/main.tf": function(ids, id, find),
		}, []string{public}},
		{"one subnet", map[string]string{
			"network/main.tf": network + write("subnets", "aws_subnet.public.id"),
			"app/main.tf":     function("[data.aws_ssm_parameter.subnets.value]", id, find),
		}, []string{public}},
		{"another name", map[string]string{
			"network/main.tf": network + write("nets", "aws_subnet.public.id"), "app/main.tf": function(ids, id, find),
		}, []string{"? data.aws_ssm_parameter.subnets"}},
		{"two that write it", map[string]string{
			"network/main.tf": network + list, "old/main.tf": network + list, "app/main.tf": function(ids, id, find),
		}, []string{"? data.aws_ssm_parameter.subnets"}},
		{"a name with a stage that both do not know", map[string]string{
			"network/main.tf": network + "variable \"stage\" {}\n" + strings.Replace(list, "/shop/", "/${var.stage}/shop/", 1),
			"app/main.tf":     function(ids, id, "variable \"stage\" {}\n"+strings.Replace(find, "/shop/", "/${var.stage}/shop/", 1)),
		}, []string{public}},
		{"a value that somebody writes by hand later on", map[string]string{
			"network/main.tf": network + strings.Replace(list, "  type",
				"  lifecycle {\n    ignore_changes = all\n  }\n  type", 1),
			"app/main.tf": function(ids, id, find),
		}, []string{"? data.aws_ssm_parameter.subnets"}},
		{"a parameter of AWS", map[string]string{
			"network/main.tf": network + list, "app/main.tf": function(ids, id, strings.Replace(find, "/shop/", "/aws/service/", 1)),
		}, []string{"? data.aws_ssm_parameter.subnets"}},
	})
}

// stack is a template with a VPC, a subnet that leads to its internet gateway, and resources more.
const stack = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String, Default: dev }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Route:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref Table } }
`

// TestParametersThatOtherTemplatesWriteAreRead: a parameter of Systems Manager hands a value on as an export does.
func TestParametersThatOtherTemplatesWriteAreRead(t *testing.T) {
	write := func(name, value string) string {
		return stack + "  Stored: { Type: AWS::SSM::Parameter, Properties: { Type: String, Name: " + name + ", Value: " + value + " } }\n"
	}
	app := func(subnets, parameters string) string {
		return application(parameters, subnets, "[sg-0123456789abcdef0]")
	}
	typed := func(typ, name string) string {
		return "  Subnets: { Type: \"AWS::SSM::Parameter::Value<" + typ + ">\", Default: " + name + " }\n"
	}
	const found = "public_subnet_only app.yaml Api"
	check(t, []sample{
		{"a dynamic reference", map[string]string{
			"net.yaml": write("/net/public", "!Ref Public"),
			"app.yaml": app("[\"{{resolve:ssm:/net/public}}\"]", ""),
		}, []string{found}},
		{"a dynamic reference in a text", map[string]string{
			"net.yaml": write("!Sub \"/${Stage}/net/public\"", "!Ref Public"),
			"app.yaml": app("[!Sub \"{{resolve:ssm:/${Stage}/net/public}}\"]", ""),
		}, []string{found}},
		{"the type of a parameter", map[string]string{
			"net.yaml": write("/net/public", "!Ref Public"),
			"app.yaml": app("[!Ref Subnets]", typed("AWS::EC2::Subnet::Id", "/net/public")),
		}, []string{found}},
		{"a list", map[string]string{
			"net.yaml": write("/net/public", "!Join [\",\", [!Ref Public]]"),
			"app.yaml": app("!Ref Subnets", typed("List<AWS::EC2::Subnet::Id>", "/net/public")),
		}, []string{found}},
		{"another name", map[string]string{
			"net.yaml": write("/net/private", "!Ref Public"),
			"app.yaml": app("[\"{{resolve:ssm:/net/public}}\"]", ""),
		}, []string{"? ssm:/net/public"}},
		{"a version that is not the newest", map[string]string{
			"net.yaml": write("/net/public", "!Ref Public"),
			"app.yaml": app("[\"{{resolve:ssm:/net/public:1}}\"]", ""),
		}, []string{"? ssm:/net/public:1"}},
		{"a secret", map[string]string{
			"net.yaml": write("/net/public", "!Ref Public"),
			"app.yaml": app("[\"{{resolve:ssm-secure:/net/public}}\"]", ""),
		}, []string{"? ssm-secure:/net/public"}},
		{"two that write it", map[string]string{
			"net.yaml": write("/net/public", "!Ref Public"), "old.yaml": write("/net/public", "!Ref Public"),
			"app.yaml": app("[\"{{resolve:ssm:/net/public}}\"]", ""),
		}, []string{"? ssm:/net/public"}},
		{"a name that could be any", map[string]string{
			"net.yaml": write("!Ref Stage", "!Ref Public"),
			"app.yaml": app("[\"{{resolve:ssm:/net/public}}\"]", ""),
		}, []string{"? ssm:/net/public"}},
	})
}
