package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/fixture"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/testdata"
)

// monorepo writes the examples of all rules below one directory, and programs that share modules and exports, which
// different shards have a part in.
func monorepo(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	archives, err := fs.Glob(testdata.Rules, "rules/*/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal(err)
	}
	for _, name := range archives {
		text, err := testdata.Rules.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := fixture.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			write(strings.TrimSuffix(name, ".txtar")+"/"+f.Name, string(fixture.Clean(f.Data)))
		}
	}
	const vpc = `
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "s" {
  vpc_id = aws_vpc.v.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_route_table" "t" { vpc_id = aws_vpc.v.id }
resource "aws_route" "r" {
  route_table_id = aws_route_table.t.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id = aws_internet_gateway.g.id
}
resource "aws_route_table_association" "a" {
  subnet_id = aws_subnet.s.id
  route_table_id = aws_route_table.t.id
}
resource "aws_security_group" "g" { vpc_id = aws_vpc.v.id }
`
	const function = `
variable "subnets" { type = list(string) }
variable "groups" { type = list(string) }
variable "name" { default = "f" }
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_lambda_function" "f" {
  function_name = var.name
  role = aws_iam_role.r.arn
  vpc_config {
    subnet_ids = var.subnets
    security_group_ids = var.groups
  }
}
`
	for _, m := range []string{"idle", "used", "mixed"} {
		write("modules/"+m+"/main.tf", function)
	}
	for i := range 12 {
		policy := ""
		if i%2 == 0 {
			policy = fmt.Sprintf("\nresource \"aws_iam_role_policy_attachment\" \"p\" {\n  role = \"r%d\"\n  policy_arn = \"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole\"\n}\n", i)
		}
		module := []string{"used", "mixed"}[i%2]
		write(fmt.Sprintf("live/%02d/main.tf", i), "provider \"aws\" {}\n"+vpc+policy+fmt.Sprintf(`
module "m" {
  source  = "../../modules/%s"
  subnets = [aws_subnet.s.id]
  groups  = [aws_security_group.g.id]
}
`, module))
	}
	for i := range 4 { // networks that others have functions in, which only the whole knows
		network, err := fixture.Read("endpoints", "gateway_endpoint_route_table")
		if err != nil {
			t.Fatal(err)
		}
		text := string(fixture.Clean(network.File("bad-network/template.yaml").Data))
		write(fmt.Sprintf("tenants/%d/network.yaml", i), text+fmt.Sprintf(`
Outputs:
  Subnet: {Value: !Ref AppSubnet, Export: {Name: subnet%d}}
`, i))
		write(fmt.Sprintf("tenants/%d/function.yaml", i), fmt.Sprintf(`AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/function
      Code: {ImageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/function:1"}
      PackageType: Image
      VpcConfig: {SubnetIds: [!ImportValue subnet%d], SecurityGroupIds: [sg-0123456789abcdef0]}
`, i))
	}
	write("broken/a.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  F: [\n")
	write("broken/b.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  F: {Type: 3}\n")
	write("net/network.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  V: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"+
		"  G: {Type: 'AWS::EC2::InternetGateway'}\n  A: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref V, InternetGatewayId: !Ref G}}\n"+
		"  S: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}\n"+
		"  N: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref S, ConnectivityType: private}}\n"+
		"  T: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref V}}\n"+
		"  R: {Type: 'AWS::EC2::Route', Properties: {RouteTableId: !Ref T, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref N}}\n"+
		"  B: {Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: {SubnetId: !Ref S, RouteTableId: !Ref T}}\n"+
		"Outputs:\n  Subnet: {Value: !Ref S, Export: {Name: the-subnet}}\n  Vpc: {Value: !Ref V, Export: {Name: the-vpc}}\n")
	for i := range 6 {
		write(fmt.Sprintf("net/app%d.yaml", i), "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"+
			"  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: g, VpcId: !ImportValue the-vpc}}\n"+
			"  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Role: arn:aws:iam::111122223333:role/r\n      Code: {S3Bucket: b, S3Key: k}\n      Runtime: python3.13\n      Handler: a.b\n"+
			"      VpcConfig: {SubnetIds: [!ImportValue the-subnet], SecurityGroupIds: [!Ref Group]}\n")
	}
	return root
}

// everything is what a command writes: all formats, the code, and standard error.
func everything(t *testing.T, args ...string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	out := map[string]string{}
	for _, f := range formats {
		if f.name != "text" {
			args = append(args, "-f", f.name+"="+filepath.Join(dir, f.name))
		}
	}
	var text, errs bytes.Buffer
	out["code"] = fmt.Sprint(run(append(args, "-f", "text"), strings.NewReader(""), &text, &errs))
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	out["summary"], out["errors"] = strings.Join(lines[max(0, len(lines)-2):], "\n"), errs.String()
	for _, f := range formats {
		if f.name != "text" {
			written, err := os.ReadFile(filepath.Join(dir, f.name))
			if err != nil {
				t.Fatal(err)
			}
			out[f.name] = string(written)
		}
	}
	return out
}

// The shards of a run, merged, are the run: in all formats, in the code and on standard error.
func TestShardsMakeTheWhole(t *testing.T) {
	t.Chdir(monorepo(t))
	whole := everything(t, ".")
	if !strings.Contains(whole["json"], `"file": "modules/mixed/main.tf"`) || whole["code"] != "2" {
		t.Error("the modules or the broken files do not show")
	}
	const shards = 3
	dir := t.TempDir()
	args := []string{"merge"}
	for i := shards; i > 0; i-- {
		name := filepath.Join(dir, fmt.Sprint(i, ".json"))
		shard := []string{"--shard", fmt.Sprintf("%d/%d", i, shards), "-f", "json=" + name, "."}
		if code := run(shard, nil, io.Discard, io.Discard); code == exitClean {
			t.Errorf("shard %d of %d is clean", i, shards)
		}
		args = append(args, name)
	}
	if d := cmp.Diff(whole, everything(t, args...)); d != "" {
		t.Errorf("(-whole +merged)\n%s", d)
	}
}

// A report that is merged alone is what it was; under a name, its paths have that name and its fingerprints stay.
func TestReportsOfRepositories(t *testing.T) {
	t.Chdir(monorepo(t))
	dir := t.TempDir()
	one := filepath.Join(dir, "one.json")
	whole := everything(t, "net", "live/00")
	run([]string{"-f", "json=" + one, "net", "live/00"}, nil, io.Discard, io.Discard)
	if d := cmp.Diff(whole, everything(t, "merge", one)); d != "" {
		t.Errorf("(-run +merged)\n%s", d)
	}
	two := everything(t, "merge", "api="+one, "web="+one)
	for _, want := range []string{`"file": "api/net/network.yaml"`, `"file": "web/net/network.yaml"`} {
		if !strings.Contains(two["json"], want) {
			t.Errorf("there is no %s", want)
		}
	}
	for line := range strings.SplitSeq(whole["json"], "\n") {
		if strings.Contains(line, `"fingerprint"`) && strings.Count(two["json"], line) != 2*strings.Count(whole["json"], line) {
			t.Errorf("%s is there %d times", line, strings.Count(two["json"], line))
		}
	}
}

func TestWhatCannotBeMerged(t *testing.T) {
	t.Chdir(monorepo(t))
	dir := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	shard := func(of string) string {
		name := filepath.Join(dir, strings.ReplaceAll(of, "/", "-"))
		run([]string{"--shard", of, "-f", "json=" + name, "net"}, nil, io.Discard, io.Discard)
		return name
	}
	whole := filepath.Join(dir, "whole.json")
	run([]string{"-f", "json=" + whole, "net"}, nil, io.Discard, io.Discard)
	text, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	partly := regexp.MustCompile(`"startLine": \d+`).ReplaceAllString(string(text), `"startLine": null`)
	renamed := strings.Replace(string(text), `"lambda-vpc-lint"`, `"other"`, 1)
	for want, args := range map[string][]string{
		"shard 2/3 is missing":                            {shard("1/3"), shard("3/3")},
		"shard 1/3 is there twice":                        {shard("1/3"), shard("2/3"), shard("1/3")},
		"are no parts of one run":                         {shard("1/3"), shard("1/2")},
		"two reports speak of":                            {whole, whole},
		"it has no schemaVersion":                         {file("a", "{}")},
		"has version 99":                                  {file("b", `{"schemaVersion": 99}`)},
		"unknown object member name \"more\"":             {file("c", strings.Replace(string(text), `"schemaVersion"`, `"more": 1, "schemaVersion"`, 1))},
		"this program has no rule that is called \"odd\"": {file("d", strings.ReplaceAll(string(text), `"nat_route_loop"`, `"odd"`))},
		"has only a part of its lines and columns":        {file("f", partly)},
		"its tool is called \"other\"":                    {file("e", renamed)},
		"no such file":                                    {filepath.Join(dir, "none.json")},
	} {
		var errs bytes.Buffer
		if code := run(append([]string{"merge"}, args...), nil, io.Discard, &errs); code != exitFailure || !strings.Contains(errs.String(), want) {
			t.Errorf("code %d and %q, want %q", code, errs.String(), want)
		}
	}
	for _, of := range []string{"0/2", "3/2", "2", "x/2", "1/x", "-1/2"} {
		if code := run([]string{"--shard", of, "net"}, nil, io.Discard, io.Discard); code != exitFailure {
			t.Errorf("--shard %s has code %d", of, code)
		}
	}
	if code := run([]string{"--shard", "1/2", "--write-baseline", "b", "net"}, nil, io.Discard, io.Discard); code != exitFailure {
		t.Errorf("--write-baseline has code %d", code)
	}
}
