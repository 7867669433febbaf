# The function and the role that cloudposse/lambda-function/aws makes. Left out: how code is packed, log settings, who
# may call the function, and what labels call things, so that tags are not known.
model {
  name     = "cloudposse/lambda-function/aws"
  git      = ["github.com/cloudposse/terraform-aws-lambda-function"]
  versions = ">= 0.3.6, < 0.7"
  ignores = [
    "namespace", "tenant", "environment", "stage", "name", "delimiter", "attributes", "labels_as_tags", "tags",
    "additional_tag_map", "label_order", "regex_replace_chars", "id_length_limit", "label_key_case", "label_value_case",
    "descriptor_formats", "architectures", "cloudwatch_log*", "description", "ephemeral_storage_size", "filename",
    "ignore_external_function_updates", "image_config", "s3_*", "source_code_hash", "iam_policy_description",
    "invoke_function_permissions",
  ]
}

variable "context" {
  default = {}
}

variable "enabled" {
  type    = bool
  default = null
}

variable "function_name" {
  type = string
}

variable "role_name" {
  type    = string
  default = null
}

variable "permissions_boundary" {
  type    = string
  default = ""
}

variable "vpc_config" {
  default = null
}

variable "lambda_environment" {
  default = null
}

variable "dead_letter_config_target_arn" {
  type    = string
  default = null
}

variable "tracing_config_mode" {
  type    = string
  default = null
}

variable "handler" {
  type    = string
  default = null
}

variable "runtime" {
  type    = string
  default = null
}

variable "package_type" {
  type    = string
  default = "Zip"
}

variable "image_uri" {
  type    = string
  default = null
}

variable "layers" {
  type    = list(string)
  default = []
}

variable "kms_key_arn" {
  type    = string
  default = ""
}

variable "memory_size" {
  type    = number
  default = 128
}

variable "timeout" {
  type    = number
  default = 3
}

variable "publish" {
  type    = bool
  default = false
}

variable "reserved_concurrent_executions" {
  type    = number
  default = -1
}

# Before version 0.4 it had the short name.
variable "lambda_at_edge" {
  type    = bool
  default = false
}

variable "lambda_at_edge_enabled" {
  type    = bool
  default = false
}

variable "cloudwatch_lambda_insights_enabled" {
  type    = bool
  default = false
}

variable "ssm_parameter_names" {
  type    = list(string)
  default = null
}

variable "custom_iam_policy_arns" {
  type    = set(string)
  default = []
}

variable "inline_iam_policy" {
  type    = string
  default = null
}

locals {
  on       = var.enabled == null ? lookup(var.context, "enabled", true) : var.enabled
  edge     = var.lambda_at_edge || var.lambda_at_edge_enabled
  stored   = var.ssm_parameter_names == null ? [] : var.ssm_parameter_names
  prefix   = "arn:${data.aws_partition.here.partition}"
  managed  = "${local.prefix}:iam::aws:policy"
  here     = "${data.aws_region.here.name}:${data.aws_caller_identity.here.account_id}"
  assigned = one(aws_iam_role.this[*].name)

  # What a function needs has a policy of AWS.
  needed = {
    "service-role/AWSLambdaBasicExecutionRole"     = true
    "service-role/AWSLambdaVPCAccessExecutionRole" = var.vpc_config != null
    AWSXRayDaemonWriteAccess                       = var.tracing_config_mode != null
    CloudWatchLambdaInsightsExecutionRolePolicy    = var.cloudwatch_lambda_insights_enabled
  }
}

data "aws_partition" "here" {}
data "aws_region" "here" {}
data "aws_caller_identity" "here" {}

resource "aws_lambda_function" "this" {
  count         = local.on ? 1 : 0
  function_name = var.function_name
  role          = one(aws_iam_role.this[*].arn)
  package_type  = var.package_type
  image_uri     = var.image_uri
  handler       = var.handler
  runtime       = var.runtime
  layers        = var.layers
  memory_size   = var.memory_size
  timeout       = var.timeout
  publish       = var.publish
  kms_key_arn   = var.kms_key_arn
  tags          = jsondecode(uuid())

  reserved_concurrent_executions = var.reserved_concurrent_executions

  dynamic "vpc_config" {
    for_each = var.vpc_config == null ? [] : [var.vpc_config]
    content {
      subnet_ids         = vpc_config.value["subnet_ids"]
      security_group_ids = vpc_config.value["security_group_ids"]
    }
  }

  dynamic "environment" {
    for_each = var.lambda_environment == null ? [] : [var.lambda_environment]
    content {
      variables = environment.value["variables"]
    }
  }

  dynamic "dead_letter_config" {
    for_each = compact([var.dead_letter_config_target_arn])
    content {
      target_arn = dead_letter_config.value
    }
  }

  dynamic "tracing_config" {
    for_each = var.tracing_config_mode == null ? [] : [var.tracing_config_mode]
    content {
      mode = tracing_config.value
    }
  }
}

resource "aws_iam_role" "this" {
  count                = local.on ? 1 : 0
  name                 = var.role_name == null ? "${var.function_name}-${data.aws_region.here.name}" : var.role_name
  permissions_boundary = var.permissions_boundary
  tags                 = jsondecode(uuid())
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = concat(["lambda.amazonaws.com"], local.edge ? ["edgelambda.amazonaws.com"] : []) }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each   = { for name, is in local.needed : name => is if is && local.on }
  role       = local.assigned
  policy_arn = "${local.managed}/${each.key}"
}

resource "aws_iam_role_policy_attachment" "custom" {
  for_each   = { for i, arn in tolist(var.custom_iam_policy_arns) : i => arn if local.on }
  role       = local.assigned
  policy_arn = each.value
}

resource "aws_iam_role_policy" "inline" {
  count  = local.on && var.inline_iam_policy != null ? 1 : 0
  role   = local.assigned
  policy = var.inline_iam_policy
}

resource "aws_iam_role_policy" "ssm" {
  count = local.on && length(local.stored) > 0 ? 1 : 0
  role  = local.assigned
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"]
      Resource = formatlist("${local.prefix}:ssm:${local.here}:parameter%s", local.stored)
    }]
  })
}

output "arn" {
  value = one(aws_lambda_function.this[*].arn)
}

output "invoke_arn" {
  value = one(aws_lambda_function.this[*].invoke_arn)
}

output "qualified_arn" {
  value = one(aws_lambda_function.this[*].qualified_arn)
}

output "function_name" {
  value = one(aws_lambda_function.this[*].function_name)
}

output "role_name" {
  value = local.assigned
}

output "role_arn" {
  value = one(aws_iam_role.this[*].arn)
}
