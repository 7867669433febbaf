package terraform_test

import (
	"fmt"
	"io/fs"
	"path"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/graph/source"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// directories are Terraform files in memory, by the directory they lie in.
type directories map[string][]*source.File

func (d directories) Dir(dir string) ([]*source.File, error) {
	if files, ok := d[path.Clean(dir)]; ok {
		return files, nil
	}
	return nil, fs.ErrNotExist
}

func (d directories) ReadFile(string) ([]byte, error) { return nil, fs.ErrNotExist }

// BenchmarkNetwork evaluates, lowers and links a root of 1,200 and of 2,400 instances whose modules are parsed before.
// It shall take 0.3 ms an instance at most, and twice the instances 2.3 times as long at most.
func BenchmarkNetwork(b *testing.B) {
	for _, stacks := range []int{60, 120} {
		instances := stacks * 20
		b.Run(fmt.Sprint(instances, " instances"), func(b *testing.B) {
			set := source.NewFileSet()
			loader := config.NewLoader(directories{
				".":     {set.Add("main.tf", fmt.Appendf(nil, benchmarkRoot, stacks))},
				"stack": {set.Add("stack/main.tf", []byte(benchmarkStack))},
			})
			b.ReportAllocs()
			for b.Loop() {
				p := eval.Run(".", loader, eval.Inputs{Region: "eu-west-1"})
				if len(p.Instances) != instances || len(p.Errors)+len(p.Notices) > 0 {
					b.Fatal(len(p.Instances), p.Errors, p.Notices)
				}
				builder := graph.NewBuilder(".", "terraform")
				terraform.Lower(builder, p)
				if n := builder.Link(); n.Functions.Len() != stacks*3 {
					b.Fatal(n.Functions.Len(), "functions")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*instances), "µs/instance")
		})
	}
}

const benchmarkRoot = `
module "stack" {
  source   = "./stack"
  for_each = { for i in range(%d) : "s${i}" => cidrsubnet("10.0.0.0/8", 12, i) }
  name     = each.key
  cidr     = each.value
}
`

// benchmarkStack has 20 instances.
const benchmarkStack = `
variable "name" { type = string }
variable "cidr" { type = string }
locals {
  zones = ["eu-west-1a", "eu-west-1b"]
}
resource "aws_vpc" "this" {
  cidr_block = var.cidr
  tags       = { Name = var.name }
}
resource "aws_internet_gateway" "this" { vpc_id = aws_vpc.this.id }
resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(var.cidr, 4, 0)
  availability_zone = local.zones[0]
}
resource "aws_subnet" "private" {
  count             = length(local.zones)
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(var.cidr, 4, count.index + 1)
  availability_zone = element(local.zones, count.index)
}
resource "aws_eip" "nat" { domain = "vpc" }
resource "aws_nat_gateway" "this" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}
resource "aws_route_table" "private" { vpc_id = aws_vpc.this.id }
resource "aws_route" "nat" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table_association" "private" {
  count          = length(aws_subnet.private)
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}
resource "aws_security_group" "this" {
  vpc_id = aws_vpc.this.id
  dynamic "egress" {
    for_each = [443, 5432]
    content {
      from_port   = egress.value
      to_port     = egress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
resource "aws_iam_role" "this" {
  name               = "${var.name}-role"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ec2:*"], Resource = "*" }] })
}
data "aws_region" "here" {}
resource "aws_lambda_function" "this" {
  for_each      = toset(["orders", "users", "audit"])
  function_name = "${var.name}-${each.key}"
  role          = aws_iam_role.this.arn
  environment {
    variables = { REGION = data.aws_region.here.name, TABLE = "${var.name}-${each.key}" }
  }
  vpc_config {
    subnet_ids         = aws_subnet.private[*].id
    security_group_ids = [aws_security_group.this.id]
  }
}
`
