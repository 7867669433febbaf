package eval_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/config"
	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

// TestAsTerraform compares constant expressions with what Terraform itself makes of them.
func TestAsTerraform(t *testing.T) {
	text, err := os.ReadFile("testdata/terraform_1_11_4.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
	for i := 0; i+1 < len(lines); i += 2 {
		expression, want := lines[i], strings.TrimSpace(lines[i+1])
		t.Run(expression, func(t *testing.T) {
			e := run(t, "resource \"x\" \"y\" {\n  v = jsonencode("+expression+")\n}\n", eval.Inputs{})
			failed := len(e.Errors)+len(e.Notices) > 0
			if want == "error" || failed {
				if failed != (want == "error") {
					t.Errorf("it fails: %v, want %s", failed, want)
				}
				return
			}
			var x, y any
			if err := json.Unmarshal([]byte(e.value("x.y", "v")), &x); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(want), &y); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(x, y) {
				t.Errorf("got %v, want %v", x, y)
			}
		})
	}
}

// functions are those of Terraform 1.11.
var functions = strings.Fields(`abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename
bcrypt can ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains csvdecode
dirname distinct element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset filesha1
filesha256 filesha512 flatten floor format formatdate formatlist indent index issensitive join jsondecode jsonencode keys length list log
lookup lower map matchkeys max md5 merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace
reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split startswith
strcontains strrev substr sum templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist
tomap tonumber toset tostring transpose trim trimprefix trimspace trimsuffix try type upper urlencode uuid uuidv5 values yamldecode
yamlencode zipmap`)

func TestEveryFunctionIsKnown(t *testing.T) {
	for _, name := range functions {
		t.Run(name, func(t *testing.T) {
			if got := expression(t, name+"(\"a\")", ""); strings.Contains(got, "is not known") {
				t.Error(got)
			}
		})
	}
}

// BenchmarkRun evaluates a root of 1,202 instances in modules that are called with for_each. The module is parsed once.
func BenchmarkRun(b *testing.B) {
	for _, vpcs := range []int{40, 80} {
		b.Run(fmt.Sprint(vpcs*30+2, "instances"), func(b *testing.B) {
			l := config.NewLoader(tree(fmt.Sprintf(benchmark, vpcs)))
			for b.Loop() {
				if p := eval.Run(".", l, eval.Inputs{Region: "eu-west-1"}); len(p.Instances) != vpcs*30+2 || len(p.Notices) > 0 {
					b.Fatal(len(p.Instances), p.Notices)
				}
			}
		})
	}
}

const benchmark = `
locals {
  vpcs = { for i in range(%d) : "v${i}" => { cidr = cidrsubnet("10.0.0.0/8", 12, i), index = i } }
  functions = merge([for name, v in local.vpcs : { for i in range(10) : "${name}-${i}" => name }]...)
}
data "aws_availability_zones" "here" {}
resource "aws_iam_role" "r" { assume_role_policy = jsonencode({ Statement = [] }) }
module "vpc" {
  source   = "./vpc"
  for_each = local.vpcs
  name     = each.key
  cidr     = each.value.cidr
  azs      = slice(data.aws_availability_zones.here.names, 0, 3)
}
resource "aws_lambda_function" "f" {
  for_each      = local.functions
  function_name = each.key
  role          = aws_iam_role.r.arn
  vpc_config {
    subnet_ids         = module.vpc[each.value].subnets
    security_group_ids = [module.vpc[each.value].group]
  }
}
-- vpc/main.tf --
variable "name" { type = string }
variable "cidr" { type = string }
variable "azs" { type = list(string) }
resource "aws_vpc" "this" {
  count      = 1
  cidr_block = var.cidr
}
resource "aws_subnet" "this" {
  count             = 2 * length(var.azs)
  vpc_id            = try(aws_vpc.this[0].id, "")
  cidr_block        = cidrsubnet(var.cidr, 4, count.index)
  availability_zone = element(var.azs, count.index)
  tags              = merge({ Name = format("%%s-%%d", var.name, count.index) }, {})
}
resource "aws_route_table" "this" {
  count  = length(var.azs)
  vpc_id = aws_vpc.this[0].id
}
resource "aws_route_table_association" "this" {
  count          = length(aws_subnet.this)
  subnet_id      = element(aws_subnet.this[*].id, count.index)
  route_table_id = element(aws_route_table.this[*].id, count.index)
}
resource "aws_security_group" "this" {
  vpc_id = aws_vpc.this[0].id
  dynamic "egress" {
    for_each = [443, 5432]
    content {
      from_port = egress.value
      to_port   = egress.value
    }
  }
}
resource "aws_route" "this" {
  count          = length(var.azs)
  route_table_id = aws_route_table.this[count.index].id
}
output "subnets" { value = aws_subnet.this[*].id }
output "group" { value = aws_security_group.this.id }
`
