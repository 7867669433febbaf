package eval_test

import (
	"testing"

	"github.com/lambda-vpc-lint/lambda-vpc-lint/parsers/internal/terraform/eval"
)

func TestPolicyDocuments(t *testing.T) {
	e := run(t, `
variable "on" { type = bool }
variable "extra" {}
resource "aws_sqs_queue" "q" {}
data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Keep"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "full" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage"]
    resources = [aws_sqs_queue.q.arn]
    effect    = "Deny"
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
}
data "aws_iam_policy_document" "conditional" {
  dynamic "statement" {
    for_each = var.on ? [1] : []
    content {
      actions   = ["a:b"]
      resources = ["*"]
    }
  }
}
data "aws_iam_policy_document" "open" {
  source_policy_documents = [var.extra]
}
data "aws_iam_policy" "vpc" { name = "AWSLambdaVPCAccessExecutionRole" }
data "aws_iam_policy" "own" { name = "mine" }
resource "x" "y" {
  full        = data.aws_iam_policy_document.full.json
  conditional = data.aws_iam_policy_document.conditional.json
  open        = data.aws_iam_policy_document.open.json
  vpc         = data.aws_iam_policy.vpc.arn
  own         = data.aws_iam_policy.own.arn
}
`, eval.Inputs{Region: "eu-west-1"}).clean()
	for name, want := range map[string]string{
		"full": `{"Statement":[{"Action":"s3:GetObject","Effect":"Allow","Resource":"*","Sid":"Keep"},` +
			`{"Action":["sqs:SendMessage","sqs:ReceiveMessage"],"Condition":{"StringEquals":{"aws:SourceAccount":"${AWS::AccountId}"}},` +
			`"Effect":"Deny","Principal":{"Service":"lambda.amazonaws.com"},"Resource":"${aws_sqs_queue.q.arn}"}],"Version":"2012-10-17"}`,
		"conditional": `(var.on=true ? {"Statement":[{"Action":"a:b","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"} : {"Statement":[],"Version":"2012-10-17"})`,
		"open":        `${policy(null, null, null, null, [${var.extra} ], null)}`,
		"vpc":         "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
		"own":         "${data.aws_iam_policy.own.arn}",
	} {
		if got := e.value("x.y", name); got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
}

func TestFiles(t *testing.T) {
	const text = `
module "m" { source = "./m" }
resource "x" "y" {
  json     = jsondecode(file("policy.json")).Version
  template = templatefile("${path.module}/greet.tftpl", { names = ["a", x.z.id] })
  exists   = fileexists("policy.json")
  built    = filebase64sha256("build.zip")
  outside  = file("/etc/passwd")
  above    = file("../secret")
}
resource "x" "z" {}
-- policy.json --
{"Version": "2012-10-17"}
-- greet.tftpl --
%{ for n in names }hello ${n}
%{ endfor ~}
-- m/main.tf --
resource "x" "in" { v = file("${path.module}/here.txt") }
-- m/here.txt --
inside
`
	e := run(t, text, eval.Inputs{}).clean()
	for name, want := range map[string]string{
		"json": "2012-10-17", "template": "hello a\nhello ${x.z.id}\n", "exists": "true", "built": `${filebase64sha256("build.zip")}`,
		"outside": `${file("/etc/passwd")}`, "above": `${file("../secret")}`,
	} {
		if got := e.value("x.y", name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if got := e.value("module.m.x.in", "v"); got != "inside\n" {
		t.Errorf("a file of a module is %q", got)
	}
}

func TestServicesOfEndpoints(t *testing.T) {
	e := run(t, `
data "aws_vpc_endpoint_service" "secrets" { service = "secretsmanager" }
data "aws_vpc_endpoint_service" "each" {
  for_each     = { s3 = { service = "s3" } }
  service      = lookup(each.value, "service", null)
  service_name = lookup(each.value, "service_name", null)
}
data "aws_vpc_endpoint_service" "own" { service_name = "com.example.own" }
data "aws_vpc_endpoint_service" "found" {
  filter {
    name   = "tag:Name"
    values = ["x"]
  }
}
resource "x" "y" {
  secrets = data.aws_vpc_endpoint_service.secrets.service_name
  each    = data.aws_vpc_endpoint_service.each["s3"].service_name
  own     = data.aws_vpc_endpoint_service.own.service_name
  found   = data.aws_vpc_endpoint_service.found.service_name
}
`, eval.Inputs{Region: "eu-west-1"}).clean()
	for name, want := range map[string]string{
		"secrets": "com.amazonaws.eu-west-1.secretsmanager", "own": "com.example.own",
		"each":  "com.amazonaws.eu-west-1.s3",
		"found": "${data.aws_vpc_endpoint_service.found.service_name}",
	} {
		if got := e.value("x.y", name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
