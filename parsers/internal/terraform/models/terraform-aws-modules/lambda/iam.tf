data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  create_role = local.function && var.create_role
  role_name   = local.create_role ? coalesce(var.role_name, var.function_name, "*") : null
  policy_name = coalesce(var.policy_name, local.role_name, "*")
  logs = local.create_role && var.lambda_at_edge ? join(":", [
    "arn", data.aws_arn.log_group_arn[0].partition, data.aws_arn.log_group_arn[0].service,
    var.lambda_at_edge_logs_all_regions ? "*" : "us-east-1", data.aws_arn.log_group_arn[0].account, data.aws_arn.log_group_arn[0].resource,
  ]) : local.regional_logs
  regional_logs = try(data.aws_cloudwatch_log_group.lambda[0].arn, aws_cloudwatch_log_group.lambda[0].arn, "")
}

# The logs of Lambda@Edge are in the Regions of those who call.
data "aws_arn" "log_group_arn" {
  count = local.create_role && var.lambda_at_edge ? 1 : 0
  arn   = local.regional_logs
}

data "aws_iam_policy_document" "assume_role" {
  count = local.create_role ? 1 : 0
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type = "Service"
      identifiers = distinct(compact(concat(
        ["lambda.amazonaws.com"], var.lambda_at_edge ? ["edgelambda.amazonaws.com"] : [],
        [for one in var.trusted_entities : try(tostring(one), "")],
      )))
    }
    dynamic "principals" {
      for_each = [for one in var.trusted_entities : one if !can(tostring(one))]
      iterator = one
      content {
        type        = one.value.type
        identifiers = one.value.identifiers
      }
    }
  }
  dynamic "statement" {
    for_each = var.assume_role_policy_statements
    content {
      effect      = try(statement.value.effect, null)
      actions     = try(statement.value.actions, null)
      not_actions = try(statement.value.not_actions, null)
      dynamic "principals" {
        for_each = try(statement.value.principals, [])
        iterator = one
        content {
          type        = one.value.type
          identifiers = one.value.identifiers
        }
      }
      dynamic "not_principals" {
        for_each = try(statement.value.not_principals, [])
        iterator = one
        content {
          type        = one.value.type
          identifiers = one.value.identifiers
        }
      }
      dynamic "condition" {
        for_each = try(statement.value.condition, [])
        iterator = one
        content {
          test     = one.value.test
          variable = one.value.variable
          values   = one.value.values
        }
      }

    }
  }
}

resource "aws_iam_role" "lambda" {
  count                = local.create_role ? 1 : 0
  name                 = local.role_name
  path                 = var.role_path
  permissions_boundary = var.role_permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.assume_role[0].json
  tags                 = merge(var.tags, var.role_tags)
}

data "aws_iam_policy_document" "logs" {
  count = local.create_role && var.attach_cloudwatch_logs_policy ? 1 : 0
  statement {
    actions = concat(
      var.use_existing_cloudwatch_log_group || !var.attach_create_log_group_permission ? [] : ["logs:CreateLogGroup"],
      ["logs:CreateLogStream", "logs:PutLogEvents"],
    )
    resources = ["${local.logs}:*", "${local.logs}:*:*"]
  }
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "logs" {
  count  = local.create_role && var.attach_cloudwatch_logs_policy && !var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-logs"
  policy = data.aws_iam_policy_document.logs[0].json
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "logs" {
  count      = local.create_role && var.attach_cloudwatch_logs_policy && !var.since_7_20 ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.logs[0].arn
}

resource "aws_iam_role_policy" "logs" {
  count  = local.create_role && var.attach_cloudwatch_logs_policy && var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-logs"
  role   = aws_iam_role.lambda[0].name
  policy = data.aws_iam_policy_document.logs[0].json
}

data "aws_iam_policy_document" "dead_letter" {
  count = local.create_role && var.attach_dead_letter_policy ? 1 : 0
  statement {
    actions   = ["sns:Publish", "sqs:SendMessage"]
    resources = [var.dead_letter_target_arn]
  }
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "dead_letter" {
  count  = local.create_role && var.attach_dead_letter_policy && !var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-dl"
  policy = data.aws_iam_policy_document.dead_letter[0].json
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "dead_letter" {
  count      = local.create_role && var.attach_dead_letter_policy && !var.since_7_20 ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.dead_letter[0].arn
}

resource "aws_iam_role_policy" "dead_letter" {
  count  = local.create_role && var.attach_dead_letter_policy && var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-dl"
  role   = aws_iam_role.lambda[0].name
  policy = data.aws_iam_policy_document.dead_letter[0].json
}

data "aws_iam_policy" "vpc" {
  count = local.create_role && var.attach_network_policy ? 1 : 0
  arn   = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "vpc" {
  count  = local.create_role && var.attach_network_policy && !var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-vpc"
  policy = data.aws_iam_policy.vpc[0].policy
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "vpc" {
  count      = local.create_role && var.attach_network_policy && !var.since_7_20 ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.vpc[0].arn
}

resource "aws_iam_role_policy" "vpc" {
  count  = local.create_role && var.attach_network_policy && var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-vpc"
  role   = aws_iam_role.lambda[0].name
  policy = data.aws_iam_policy.vpc[0].policy
}

data "aws_iam_policy" "tracing" {
  count = local.create_role && var.attach_tracing_policy ? 1 : 0
  arn   = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "tracing" {
  count  = local.create_role && var.attach_tracing_policy && !var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-tracing"
  policy = data.aws_iam_policy.tracing[0].policy
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "tracing" {
  count      = local.create_role && var.attach_tracing_policy && !var.since_7_20 ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.tracing[0].arn
}

resource "aws_iam_role_policy" "tracing" {
  count  = local.create_role && var.attach_tracing_policy && var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-tracing"
  role   = aws_iam_role.lambda[0].name
  policy = data.aws_iam_policy.tracing[0].policy
}

data "aws_iam_policy_document" "async" {
  count = local.create_role && var.attach_async_event_policy ? 1 : 0
  statement {
    actions   = ["sns:Publish", "sqs:SendMessage", "events:PutEvents", "lambda:InvokeFunction"]
    resources = compact(distinct([var.destination_on_failure, var.destination_on_success]))
  }
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "async" {
  count  = local.create_role && var.attach_async_event_policy && !var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-async"
  policy = data.aws_iam_policy_document.async[0].json
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "async" {
  count      = local.create_role && var.attach_async_event_policy && !var.since_7_20 ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.async[0].arn
}

resource "aws_iam_role_policy" "async" {
  count  = local.create_role && var.attach_async_event_policy && var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-async"
  role   = aws_iam_role.lambda[0].name
  policy = data.aws_iam_policy_document.async[0].json
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "additional_json" {
  count  = local.create_role && var.attach_policy_json && !var.since_7_20 ? 1 : 0
  name   = local.policy_name
  policy = var.policy_json
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "additional_json" {
  count      = local.create_role && var.attach_policy_json && !var.since_7_20 ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.additional_json[0].arn
}

resource "aws_iam_role_policy" "additional_json" {
  count  = local.create_role && var.attach_policy_json && var.since_7_20 ? 1 : 0
  name   = local.policy_name
  role   = aws_iam_role.lambda[0].name
  policy = var.policy_json
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "additional_jsons" {
  count  = local.create_role && var.attach_policy_jsons && !var.since_7_20 ? var.number_of_policy_jsons : 0
  name   = "${local.policy_name}-${count.index}"
  policy = var.policy_jsons[count.index]
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "additional_jsons" {
  count      = local.create_role && var.attach_policy_jsons && !var.since_7_20 ? var.number_of_policy_jsons : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.additional_jsons[count.index].arn
}

resource "aws_iam_role_policy" "additional_jsons" {
  count  = local.create_role && var.attach_policy_jsons && var.since_7_20 ? var.number_of_policy_jsons : 0
  name   = "${local.policy_name}-${count.index}"
  role   = aws_iam_role.lambda[0].name
  policy = var.policy_jsons[count.index]
}

data "aws_iam_policy_document" "additional_inline" {
  count = local.create_role && var.attach_policy_statements ? 1 : 0
  dynamic "statement" {
    for_each = var.policy_statements
    content {
      effect        = try(statement.value.effect, null)
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)
      dynamic "principals" {
        for_each = try(statement.value.principals, [])
        iterator = one
        content {
          type        = one.value.type
          identifiers = one.value.identifiers
        }
      }
      dynamic "not_principals" {
        for_each = try(statement.value.not_principals, [])
        iterator = one
        content {
          type        = one.value.type
          identifiers = one.value.identifiers
        }
      }
      dynamic "condition" {
        for_each = try(statement.value.condition, [])
        iterator = one
        content {
          test     = one.value.test
          variable = one.value.variable
          values   = one.value.values
        }
      }

    }
  }
}

# Since version 7.20 the policies are the role's own.
resource "aws_iam_policy" "additional_inline" {
  count  = local.create_role && var.attach_policy_statements && !var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-inline"
  policy = data.aws_iam_policy_document.additional_inline[0].json
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "additional_inline" {
  count      = local.create_role && var.attach_policy_statements && !var.since_7_20 ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = aws_iam_policy.additional_inline[0].arn
}

resource "aws_iam_role_policy" "additional_inline" {
  count  = local.create_role && var.attach_policy_statements && var.since_7_20 ? 1 : 0
  name   = "${local.policy_name}-inline"
  role   = aws_iam_role.lambda[0].name
  policy = data.aws_iam_policy_document.additional_inline[0].json
}

resource "aws_iam_role_policy_attachment" "additional_one" {
  count      = local.create_role && var.attach_policy ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = var.policy
}

resource "aws_iam_role_policy_attachment" "additional_many" {
  count      = local.create_role && var.attach_policies ? var.number_of_policies : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = var.policies[count.index]
}
