# A module called for each key, whose outputs others use.
provider "aws" {
  region = "eu-west-1"
}

variable "zones" {
  default = 2
}

data "aws_availability_zones" "available" {
  state = "available"
}

module "net" {
  for_each = toset(["a", "b"])
  source   = "./net"
  zones    = slice(data.aws_availability_zones.available.names, 0, var.zones)
  cidr     = "10.${each.key == "a" ? 0 : 1}.0.0/16"
}

data "aws_iam_policy_document" "send" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
  }
}

resource "aws_security_group" "function" {
  vpc_id = module.net["a"].vpc_id
}

resource "aws_lambda_function" "orders" {
  function_name = "orders-${terraform.workspace}"
  vpc_config {
    subnet_ids         = [for s in module.net["a"].subnets : s.id]
    security_group_ids = aws_security_group.function.*.id
  }
  environment {
    variables = { GROUP = jsonencode({ arn = aws_security_group.function.arn }) }
  }
}

resource "aws_iam_role_policy" "send" {
  role   = "orders"
  policy = data.aws_iam_policy_document.send.json
}

resource "aws_sns_topic_policy" "heredoc" {
  policy = <<-EOT
    {"Resource": "${aws_lambda_function.orders.arn}"}
  EOT
}
