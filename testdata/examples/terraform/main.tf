# A function that tells a queue about invoices. Its network comes from a module of the same repository, which puts the NAT
# gateway into the wrong subnet.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

provider "aws" {
  region = var.region
}

module "network" {
  source = "./network"
  cidr   = "10.20.0.0/16"
  zones  = ["${var.region}a", "${var.region}b"]
}

resource "aws_security_group" "invoices" {
  name   = "invoices"
  vpc_id = module.network.vpc_id

  egress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_sqs_queue" "sent" {
  name = "invoices-sent"
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "invoices" {
  name               = "invoices"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "vpc" {
  role       = aws_iam_role.invoices.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

resource "aws_lambda_function" "invoices" {
  function_name = "invoices"
  role          = aws_iam_role.invoices.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "app.zip"

  vpc_config {
    subnet_ids         = module.network.private_subnet_ids
    security_group_ids = [aws_security_group.invoices.id]
  }

  environment {
    variables = {
      QUEUE_URL = aws_sqs_queue.sent.url
    }
  }
}
