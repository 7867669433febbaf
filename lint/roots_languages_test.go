package lint_test

import (
	"strings"
	"testing"
)

// stored is a resource of Terraform that writes a parameter of Systems Manager, storedBy one of a template.
func stored(name, value string) string {
	return "resource \"aws_ssm_parameter\" \"" + strings.ReplaceAll(name, "/", "_") + "\" {\n  name = \"" + name +
		"\"\n  type = \"StringList\"\n  value = " + value + "\n}\n"
}

func storedBy(id, name, value string) string {
	return "  " + id + ":\n    Type: AWS::SSM::Parameter\n    Properties: { Type: String, Name: " + name +
		", Value: " + value + " }\n"
}

// application is a template with a function that needs the internet, in those subnets and groups.
func application(parameters, subnets, groups string) string {
	return `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String, Default: dev }
` + parameters + `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code: { ImageUri: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:1 }
      Role: arn:aws:iam::123456789012:role/api
      Environment: { Variables: { TICKETS: "https://tickets.example.com/api" } }
      VpcConfig:
        SecurityGroupIds: ` + groups + `
        SubnetIds: ` + subnets + "\n"
}

// TestTemplatesReadParametersThatRootModulesWrite: what Terraform writes to Systems Manager is known to a template that
// reads it.
func TestTemplatesReadParametersThatRootModulesWrite(t *testing.T) {
	const (
		found    = "public_subnet_only app.yaml Api"
		resolve  = "[\"{{resolve:ssm:/net/subnet}}\"]"
		resolved = "[\"{{resolve:ssm:/net/group}}\"]"
		waits    = "? ssm:/net/subnet"
	)
	typed := func(name, typ, of string) string {
		return "  " + name + ": { Type: \"AWS::SSM::Parameter::Value<" + typ + ">\", Default: " + of + " }\n"
	}
	public := stored("/net/subnet", "aws_subnet.public.id")
	private := stored("/net/subnet", "aws_subnet.private.id")
	open := stored("/net/group", "aws_security_group.open.id")
	group := stored("/net/group", "aws_security_group.database.id")
	sam := func(text string) string {
		text = strings.Replace(text, "Parameters:", "Transform: AWS::Serverless-2016-10-31\nParameters:", 1)
		text = strings.Replace(text, "AWS::Lambda::Function", "AWS::Serverless::Function", 1)
		return strings.Replace(text, "Code: { ImageUri: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:1 }",
			"ImageUri: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:1", 1)
	}
	check(t, []sample{
		{"dynamic references", map[string]string{
			"network/main.tf": network + public + open, "app.yaml": application("", resolve, resolved),
		}, []string{found}},
		{"of a SAM application", map[string]string{
			"network/main.tf": network + public + open, "app.yaml": sam(application("", resolve, resolved)),
		}, []string{found}},
		{"a group that others may add rules to", map[string]string{
			"network/main.tf": network + private + group, "app.yaml": application("", resolve, resolved),
		}, []string{"? network:aws_ssm_parameter._net_group"}},
		{"the types of parameters", map[string]string{
			"network/main.tf": network + stored("/net/subnets", "join(\",\", [aws_subnet.public.id])") + open,
			"app.yaml": application(typed("Subnets", "List<AWS::EC2::Subnet::Id>", "/net/subnets")+
				typed("Group", "AWS::EC2::SecurityGroup::Id", "/net/group"), "!Ref Subnets", "[!Ref Group]"),
		}, []string{found}},
		{"a list of a text", map[string]string{
			"network/main.tf": network + open +
				stored("/net/subnets", "\"${aws_subnet.private.id},${aws_subnet.public.id}\""),
			"app.yaml": application(typed("Subnets", "String", "/net/subnets"),
				"!Split [\",\", !Ref Subnets]", resolved),
		}, []string{"mixed_subnet_egress app.yaml Api"}},
		{"through a module", map[string]string{
			"modules/network/main.tf": network + public + open,
			"network/main.tf":         "module \"network\" {\n  source = \"../modules/network\"\n}\n",
			"app.yaml":                application("", resolve, resolved),
		}, []string{found}},
		{"a name that a variable of the root module decides", map[string]string{
			"network/main.tf": network + "variable \"stage\" { default = \"dev\" }\n" +
				strings.Replace(public, "/net/", "/${var.stage}/net/", 1),
			"app.yaml": application("", "[\"{{resolve:ssm:/dev/net/subnet}}\"]", "[sg-0123456789abcdef0]"),
		}, []string{found}},
		{"a name that nobody knows", map[string]string{
			"network/main.tf": network + "variable \"stage\" {}\n" +
				strings.Replace(public, "/net/", "/${var.stage}/net/", 1),
			"app.yaml": application("", "[\"{{resolve:ssm:/dev/net/subnet}}\"]", "[sg-0123456789abcdef0]"),
		}, []string{"? ssm:/dev/net/subnet"}},
		{"two root modules that write it", map[string]string{
			"network/main.tf": network + public, "old/main.tf": network + public,
			"app.yaml": application("", resolve, "[sg-0123456789abcdef0]"),
		}, []string{waits}},
		{"a root module and a template that write it", map[string]string{
			"network/main.tf": network + public, "net.yaml": stack + storedBy("Stored", "/net/subnet", "!Ref Public"),
			"app.yaml": application("", resolve, "[sg-0123456789abcdef0]"),
		}, []string{waits}},
		{"a secret", map[string]string{
			"network/main.tf": network + strings.Replace(public, "StringList", "SecureString", 1),
			"app.yaml":        application("", resolve, "[sg-0123456789abcdef0]"),
		}, []string{waits}},
		{"a value that somebody writes by hand later on", map[string]string{
			"network/main.tf": network + strings.Replace(public, "  type",
				"  lifecycle {\n    ignore_changes = [value]\n  }\n  type", 1),
			"app.yaml": application("", resolve, "[sg-0123456789abcdef0]"),
		}, []string{waits}},
		{"an older version", map[string]string{
			"network/main.tf": network + public,
			"app.yaml":        application("", "[\"{{resolve:ssm:/net/subnet:1}}\"]", "[sg-0123456789abcdef0]"),
		}, []string{"? ssm:/net/subnet:1"}},
		{"a value that is not known", map[string]string{
			"network/main.tf": network + "variable \"subnet\" {}\n" + stored("/net/subnet", "var.subnet"),
			"app.yaml":        application("", resolve, "[sg-0123456789abcdef0]"),
		}, []string{waits}},
		{"a root module that looks it up in a third", map[string]string{
			"network/main.tf": network + outputs,
			"shared/main.tf": state("local", "    path = \"../network/terraform.tfstate\"") +
				stored("/net/subnet", remote+"public[0]"),
			"app.yaml": application("", resolve, "[sg-0123456789abcdef0]"),
		}, []string{found}},
	})
}

// TestRootModulesReadParametersThatTemplatesWrite: and the other way round.
func TestRootModulesReadParametersThatTemplatesWrite(t *testing.T) {
	const (
		find  = "data \"aws_ssm_parameter\" \"subnet\" {\n  name = \"/net/subnet\"\n}\n"
		ids   = "[data.aws_ssm_parameter.subnet.value]"
		id    = "\"sg-0123456789abcdef0\""
		waits = "? data.aws_ssm_parameter.subnet"
		group = "  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: none\n" +
			"      VpcId: !Ref Vpc\n      SecurityGroupEgress:\n" +
			"        - { IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 0.0.0.0/0 }\n"
	)
	written := stack + storedBy("Stored", "/net/subnet", "!Ref Public")
	check(t, []sample{
		{"a subnet", map[string]string{"net.yaml": written, "app/main.tf": function(ids, id, find)}, []string{public}},
		{"a list", map[string]string{
			"net.yaml":    stack + storedBy("Stored", "/net/subnet", "!Join [\",\", [!Ref Public]]"),
			"app/main.tf": function("split(\",\", data.aws_ssm_parameter.subnet.value)", id, find),
		}, []string{public}},
		{"a group of a VPC that others may put subnets into", map[string]string{
			"net.yaml": stack + group + storedBy("Stored", "/net/group", "!GetAtt Group.GroupId"),
			"app/main.tf": function("[\"subnet-0123456789abcdef0\"]", "data.aws_ssm_parameter.subnet.value",
				strings.Replace(find, "/net/subnet", "/net/group", 1)),
		}, []string{"? subnet-0123456789abcdef0"}},
		{"a name that a parameter of the template decides", map[string]string{
			"net.yaml":    stack + storedBy("Stored", "!Sub \"/${Stage}/net/subnet\"", "!Ref Public"),
			"app/main.tf": function(ids, id, strings.Replace(find, "/net/", "/prod/net/", 1)),
		}, []string{public}},
		{"a name that both leave open", map[string]string{
			"net.yaml": stack + storedBy("Stored", "!Sub \"/${Stage}/net/subnet\"", "!Ref Public"),
			"app/main.tf": function(ids, id, "variable \"stage\" {}\n"+
				strings.Replace(find, "/net/", "/${var.stage}/net/", 1)),
		}, []string{public}},
		{"two templates that write it", map[string]string{
			"net.yaml": written, "old.yaml": written, "app/main.tf": function(ids, id, find),
		}, []string{waits}},
		{"a template and a root module that write it", map[string]string{
			"net.yaml": written, "network/main.tf": network + stored("/net/subnet", "aws_subnet.public.id"),
			"app/main.tf": function(ids, id, find),
		}, []string{waits}},
		{"another name", map[string]string{
			"net.yaml": written, "app/main.tf": function(ids, id, strings.Replace(find, "/net/", "/nets/", 1)),
		}, []string{waits}},
		{"a value under a condition", map[string]string{
			"net.yaml": "Conditions: { IsDev: !Equals [!Ref Stage, dev] }\n" +
				stack + storedBy("Stored", "/net/subnet", "!If [IsDev, !Ref Public, subnet-0123456789abcdef0]"),
			"app/main.tf": function(ids, id, find),
		}, []string{waits}},
		{"a module that reads it", map[string]string{
			"net.yaml":             written,
			"modules/find/main.tf": find + "output \"ids\" { value = " + ids + " }\n",
			"app/main.tf": function("module.find.ids", id,
				"module \"find\" {\n  source = \"../modules/find\"\n}\n"),
		}, []string{public}},
	})
}
