package lsp_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/internal/lsp"
)

// repository writes about n files as a company has them: stacks of networks that export them, stacks of functions that
// import those, root modules of Terraform that call shared modules or look networks up, and files of other programs.
func repository(t *testing.T, dir string, n int) {
	t.Helper()
	write(t, dir, ".git/HEAD", "ref: refs/heads/main\n")
	write(t, dir, ".gitignore", "node_modules/\n*.log\n/dist/\n**/.cache/*\n")
	networks, modules := max(1, n/50), max(1, n/200)
	for i := range networks {
		write(t, dir, fmt.Sprintf("networks/n%d/template.yaml", i), networkStack(i))
	}
	for i := range modules {
		at := fmt.Sprintf("terraform/modules/m%d/", i)
		write(t, dir, at+"main.tf", functionModule)
		write(t, dir, at+"variables.tf", "variable \"name\" { type = string }\nvariable \"subnet_ids\" { type = list(string) }\n")
		write(t, dir, at+"outputs.tf", "output \"arn\" { value = aws_lambda_function.this.arn }\n")
	}
	for i := range n * 3 / 10 {
		write(t, dir, fmt.Sprintf("services/s%d/template.yaml", i), functionStack(i%networks))
	}
	for i := range n / 10 {
		at := fmt.Sprintf("terraform/live/r%d/", i)
		write(t, dir, at+"main.tf", rootModule(i, i%modules, i%10 == 0))
		write(t, dir, at+"variables.tf", "variable \"stage\" { default = \"dev\" }\n")
		write(t, dir, at+"outputs.tf", "output \"vpc_id\" { value = aws_vpc.this.id }\n")
	}
	for i := range n * 3 / 10 {
		write(t, dir, fmt.Sprintf("other/o%d/values.json", i), `{"name": "x", "values": [1, 2, 3]}`)
	}
}

func networkStack(i int) string {
	return fmt.Sprintf(`AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Route:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Table}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: g, VpcId: !Ref Vpc}
Outputs:
  Subnet: {Value: !Ref Public, Export: {Name: n%d-subnet}}
  Group: {Value: !Ref Group, Export: {Name: n%d-group}}
`, i, i)
}

func functionStack(network int) string {
	return fmt.Sprintf(`AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole]
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code: {ZipFile: "pass"}
      Role: !GetAtt Role.Arn
      VpcConfig:
        SubnetIds: [!ImportValue n%d-subnet]
        SecurityGroupIds: [!ImportValue n%d-group]
`, network, network)
}

const functionModule = `resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = "{}"
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = aws_iam_role.this.arn
  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = ["sg-0a1b2c3d"]
  }
}
`

// rootModule has a network and calls a module; one that looks takes the network of another root module.
func rootModule(i, module int, looks bool) string {
	subnet := "aws_subnet.this.id"
	found := ""
	if looks {
		subnet = "data.aws_subnet.found.id"
		found = fmt.Sprintf("data \"aws_subnet\" \"found\" {\n  tags = { Name = \"r%d\" }\n}\n", i+1)
	}
	return fmt.Sprintf(`provider "aws" { region = "eu-west-1" }
%sresource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "this" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.1.0/24"
  tags       = { Name = "r%d" }
}
module "function" {
  source     = "../../modules/m%d"
  name       = "f-${var.stage}"
  subnet_ids = [%s]
}
`, found, i, module, subnet)
}

// TestLatency types in documents of every kind and holds the server to what a person does not notice. The repository has
// LAMBDA_VPC_LINT_FILES files, 10,000 for the numbers in docs/performance.md.
func TestLatency(t *testing.T) {
	files, most := 500, 2*time.Second // on a machine that does other things as well
	if n, err := strconv.Atoi(os.Getenv("LAMBDA_VPC_LINT_FILES")); err == nil {
		files, most = n, 100*time.Millisecond
	}
	dir := t.TempDir()
	repository(t, dir, files)
	e := newEditor(t, dir, lsp.Options{}, nil)
	for _, name := range []string{
		"services/s7/template.yaml", "networks/n1/template.yaml", "terraform/live/r1/main.tf",
		"terraform/live/r10/main.tf", "terraform/modules/m1/main.tf",
	} {
		text, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		e.open(name, string(text))
		e.heard(name, 0)
		opened := time.Since(began)
		var took []time.Duration
		for version := 1; version <= 100; version++ {
			// Somebody types a comment, letter by letter.
			where := &span{at{0, 0}, at{0, 0}}
			letter := "#"
			if version > 1 {
				where = &span{at{0, version - 1}, at{0, version - 1}}
				letter = "x"
			}
			if version == 100 {
				where, letter = &span{at{0, version - 1}, at{0, version - 1}}, "\n"
			}
			began := time.Now()
			e.change(name, version, where, letter)
			e.heard(name, version)
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		t.Logf("%-30s %d files: open %v, median %v, 95th %v", strings.TrimSuffix(name, "/template.yaml"), files,
			opened.Round(time.Millisecond), took[50].Round(100*time.Microsecond), took[95].Round(100*time.Microsecond))
		if took[95] > most {
			t.Errorf("%s: the 95th of 100 edits took %v, and %v is the most", name, took[95], most)
		}
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	t.Logf("%d MB", m.HeapAlloc>>20)
	e.leave()
}
